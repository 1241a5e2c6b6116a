package io.ponder.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConformanceTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    private static Path golden() {
        URL url = Objects.requireNonNull(ConformanceTest.class.getResource("/golden"));
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> goldenFiles() throws IOException {
        Path golden = golden();
        return Conformance.filesBelow(golden).stream().map(file -> golden.relativize(file).toString());
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void everyGoldenFileIsReplayed(String name) {
        assertThat(new Conformance().replay(name, golden().resolve(name))).isEqualTo(Verdict.pass());
    }

    @Test
    void aRunEndsWithTheCounts() throws IOException {
        Files.copy(golden().resolve("toytext/CliffWalking.json"), folder.resolve("a.json"));
        Files.writeString(folder.resolve("b.json"), "{\"something\": 1}");
        Files.writeString(folder.resolve("d.json"), "{\"algorithm\": \"alpha_beta\"}");
        Files.writeString(folder.resolve("c.json"), "{\"environment\": ");
        Files.writeString(folder.resolve("NOTICE"), "no golden file");

        int failed = new Conformance().run(List.of(folder), lines::add);

        assertThat(failed).isEqualTo(1);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("PASS a.json");
        assertThat(lines.get(1)).isEqualTo("SKIP b.json: no replay for this kind of file is built yet");
        assertThat(lines.get(2)).startsWith("FAIL c.json: the file is not JSON").contains("line 1");
        assertThat(lines.get(3)).isEqualTo("SKIP d.json: no replay of alpha_beta is built yet");
        assertThat(lines.get(4)).isEqualTo("1 passed, 1 failed, 2 skipped");
    }

    @Test
    void aRunOverOneFileCountsIt() throws IOException {
        new Conformance().run(List.of(golden().resolve("toytext/FrozenLake-4x4.json")), lines::add);

        assertThat(lines).containsExactly("PASS FrozenLake-4x4.json", "1 passed, 0 failed");
    }

    @Test
    void aPathThatDoesNotExistIsRefused() {
        Path missing = folder.resolve("missing");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conformance().run(List.of(missing), lines::add))
                .withMessage("path is '" + missing + "', but there is no such file.");
        assertThat(lines).isEmpty();
    }

    @Test
    void aFolderWithoutGoldenFilesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conformance().run(List.of(folder), lines::add))
                .withMessageContaining("no golden file lies there.\nMaybe");
    }

    @Test
    void anEnvironmentThatIsNotBuiltIsSkipped() throws IOException {
        assertThat(changed("gymnasium/CartPole-v1.json", json -> json.put("environment", "Ant-v5")))
                .isEqualTo(Verdict.skip("the environment Ant-v5 is not built"));
        assertThat(changed("toytext/Taxi.json", json -> json.putObject("arguments").put("is_rainy", true)))
                .isEqualTo(Verdict.skip("the argument is_rainy of Taxi-v4 is not built"));
    }

    @Test
    void aChangedTrajectoryFailsAndSaysWhere() throws IOException {
        assertFails("gymnasium/Pendulum-v1.json", "trajectory 'hanging', step 3, theta_dot: expected ",
                json -> add(trajectory(json).get("states").get(3), 1, 1e-10));
        assertFails("gymnasium/Acrobot-v1.json", "trajectory 'pumped', step 5, reward: expected -0.5, got -1.0",
                json -> ((ArrayNode) trajectory(json).get("rewards")).set(5, MAPPER.valueToTree(-0.5)));
        assertFails("gymnasium/CartPole-v1.json", "trajectory 'balanced', step 7, terminated: expected true, got false",
                json -> ((ArrayNode) trajectory(json).get("terminated")).set(7, MAPPER.valueToTree(true)));
        assertFails("gymnasium/MountainCar-v0.json", "trajectory 'energy', step 2, observation 'position': expected ",
                json -> add(trajectory(json).get("observations").get(2), 0, 1e-6));
        assertFails("gymnasium/MountainCarContinuous-v0.json", "trajectory 'energy', start, observation 'velocity': expected ",
                json -> add(trajectory(json).get("start_observation"), 1, 1e-6));
        assertFails("gymnasium/MountainCar-v0.json", "trajectory 'energy': the field 'rewards' has 1 entries, expected 167",
                json -> trajectory(json).putArray("rewards").add(0));
        assertFails("gymnasium/MountainCar-v0.json", "trajectory 'energy': the field 'actions' is missing",
                json -> trajectory(json).remove("actions"));
        assertFails("gymnasium/MountainCar-v0.json", "the replay broke down: java.lang.IllegalArgumentException: action is 9.0",
                json -> ((ArrayNode) trajectory(json).get("actions")).set(0, MAPPER.valueToTree(9)));
        assertFails("gymnasium/MountainCar-v0.json", "trajectories: the file holds none", json -> json.putArray("trajectories"));
    }

    @Test
    void aChangedTableFailsAndSaysWhere() throws IOException {
        assertFails("toytext/Taxi.json", "P[7][4][0], reward: expected -9.0, got -10.0",
                json -> ((ArrayNode) json.get("P").get(7).get(4).get(0)).set(2, MAPPER.valueToTree(-9.0)));
        assertFails("toytext/FrozenLake-4x4.json", "P[14][2][1], terminated: expected false, got true",
                json -> ((ArrayNode) json.get("P").get(14).get(2).get(1)).set(3, MAPPER.valueToTree(false)));
        assertFails("toytext/FrozenLake-8x8.json", "P[0][0], number of outcomes: expected 2, got 3",
                json -> ((ArrayNode) json.get("P").get(0).get(0)).remove(2));
        assertFails("toytext/CliffWalking.json", "optimal_values[5]: expected ", json -> add(json.get("optimal_values"), 5, 1e-6));
        assertFails("toytext/CliffWalking.json", "optimal_actions[0]: expected [1], got [1, 2]",
                json -> ((ArrayNode) json.get("optimal_actions").get(0)).remove(1));
        assertFails("toytext/CliffWalking.json", "start_distribution of state 0: expected 1.0, got 0.0",
                json -> ((ArrayNode) json.get("start_distribution").get(0)).set(0, MAPPER.valueToTree(0)));
    }

    @Test
    void aChangedNetworkLossOrOptimiserFailsAndSaysWhere() throws IOException {
        assertFails("nn/dense_1.json", "3 dense layers, relu, batch 3, output[7]: expected ",
                json -> add(run(json, 0, 1).get("output").get("values"), 7, 1e-3));
        assertFails("nn/dense_1.json", "3 dense layers, tanh, batch 1, gradient of 2.weights[5]: expected ",
                json -> add(run(json, 1, 0).get("gradients").get(2).get("weights").get("values"), 5, 1e-3));
        assertFails("nn/ensemble.json", "3 members, silu, batch 1, input_gradient[9]: expected ",
                json -> add(run(json, 0, 0).get("input_gradient").get("values"), 9, 1e-3));
        assertFails("nn/activation_table.json", "mish, dy at x = 0.5: expected ",
                json -> add(json.get("functions").get(5).get("dy").get("values"), 19, 1e-4));
        assertFails("nn/gaussian_nll.json", "three members, min_log_variance[1]: expected ",
                json -> add(json.get("cases").get(1).get("gradients").get("min_log_variance").get("values"), 1, 1e-3));
        assertFails("nn/cross_entropy.json", "two-hot targets, 5 classes, row_loss[2]: expected ",
                json -> add(json.get("cases").get(0).get("row_loss").get("values"), 2, 1e-3));
        assertFails("nn/scalar_codecs.json", "muzero, inverse of 1.0: expected ",
                json -> ((ObjectNode) json.get("codecs").get(0).get("inverse").get(3)).put("x", 2.98806));
        assertFails("optim/adamw.json", "adamw, defaults, step 4, parameters[3]: expected ",
                json -> add(json.get("cases").get(0).get("steps").get(4).get("parameters").get(0).get("values"), 3, 1e-3));
        assertFails("optim/sgd.json", "sgd, momentum, final momentum_buffer[0]: expected ",
                json -> add(json.get("cases").get(1).get("final_state").get("momentum_buffer").get(0).get("values"), 0, 1e-2));
    }

    @Test
    void aChangedSearchFailsAndSaysWhere() throws IOException {
        assertFails("mctx/tables/gumbel_half_scale.json", "expected[2] in a batch of", "root_transformed_qvalues[1]: expected ",
                json -> add(json.get("expected").get(2).get("root_transformed_qvalues"), 1, 1e-3));
        assertFails("mctx/tables/muzero_min_max.json", "expected[0] in a batch of", "root_transformed_qvalues[3]: expected ",
                json -> add(json.get("expected").get(0).get("root_transformed_qvalues"), 3, 1e-4));
        assertFails("mctx/tables/stochastic_chance.json", "expected[1] in a batch of", "root_qvalues[0]: expected ",
                json -> add(json.get("expected").get(1).get("root_qvalues"), 0, 1e-4));
        assertFails("mctx/tables/gumbel_noise.json", "expected[1] in a batch of", "action_weights[2]: expected ",
                json -> add(json.get("expected").get(1).get("action_weights"), 2, 1e-4));
    }

    @Test
    void aLayerThatIsNotBuiltIsSkipped() throws IOException {
        Verdict verdict = changed("nn/dense_1.json",
                json -> ((ObjectNode) json.get("cases").get(0).get("layers").get(1)).put("kind", "attention"));

        assertThat(verdict).isEqualTo(Verdict.skip("the layer attention is not built"));
    }

    private static JsonNode run(ObjectNode json, int golden, int run) {
        return json.get("cases").get(golden).get("runs").get(run);
    }

    private static ObjectNode trajectory(ObjectNode json) {
        return (ObjectNode) json.get("trajectories").get(0);
    }

    private void assertFails(String name, String begins, String contains, Consumer<ObjectNode> change) throws IOException {
        Verdict verdict = changed(name, change);
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAIL);
        assertThat(verdict.detail()).startsWith(begins).contains(contains);
    }

    private static void add(JsonNode numbers, int index, double change) {
        ((ArrayNode) numbers).set(index, MAPPER.valueToTree(numbers.get(index).doubleValue() + change));
    }

    private void assertFails(String name, String firstDifference, Consumer<ObjectNode> change) throws IOException {
        Verdict verdict = changed(name, change);
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAIL);
        assertThat(verdict.detail()).startsWith(firstDifference);
    }

    private Verdict changed(String name, Consumer<ObjectNode> change) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(golden().resolve(name).toFile());
        change.accept(json);
        Path copy = folder.resolve("changed.json");
        MAPPER.writeValue(copy.toFile(), json);
        return new Conformance().replay("changed.json", copy);
    }
}
