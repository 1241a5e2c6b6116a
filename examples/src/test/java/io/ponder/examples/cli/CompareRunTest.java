package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole command with everything real, but small. */
class CompareRunTest {
    @TempDir
    private Path folder;

    @Test
    void learnsSavesLoadsAndWritesEverything() throws IOException {
        Path out = folder.resolve("made/by/it");

        CommandLineRun run = CommandLineRun.of(
                "compare", "--env", "pendulum-v1", "--planners", "cem,gradient", "--seeds", "1", "--episodes", "2", "--quick",
                "--budget", "1k", "--save-models", "--out", out.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Comparing cem, gradient on Pendulum-v1.\n5 experiments, 10 episodes; a line follows after each");
        assertThat(run.out()).contains("learned model", "true model", "cem", "gradient", "random", "report.html");
        JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(out.resolve("results.json")));
        // Two planners with two models, and random actions, two episodes each.
        assertThat(root.get("runs")).hasSize(10);
        JsonNode planned = root.get("runs").get(1);
        assertThat(planned.get("model").asText()).isEqualTo("learned");
        assertThat(planned.get("return").asDouble()).isNegative();
        assertThat(planned.get("environmentSteps").asInt()).isEqualTo(400);
        assertThat(planned.get("modelSteps").asLong()).isBetween(200L, 200_000L);
        assertThat(planned.get("planMillisP99").asDouble()).isGreaterThanOrEqualTo(planned.get("planMillisP50").asDouble());
        assertThat(planned.get("backend").asText()).startsWith("cpu");
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("Learning curves", "Planning time", "Model error over the horizon", "Imagined against real");
        assertThat(Files.readAllLines(out.resolve("results.csv"))).hasSize(11);

        CommandLineRun loaded = CommandLineRun.of(
                "compare", "--load", out.resolve("models/Pendulum-v1/cem-seed1").toString(), "--planners", "icem", "--models", "learned",
                "--seeds", "1", "--episodes", "2", "--quick", "--budget", "1k", "--out", folder.resolve("second").toString());

        assertThat(loaded.err()).isEmpty();
        assertThat(loaded.code()).isZero();
        assertThat(Files.readAllLines(folder.resolve("second/results.csv"))).hasSize(5);

        CommandLineRun misfit = CommandLineRun.of(
                "compare", "--load", out.resolve("models/Pendulum-v1/cem-seed1").toString(), "--env", "cartpole-swingup");

        assertThat(misfit.code()).isEqualTo(2);
        assertThat(misfit.err()).contains("observations of 3", "Maybe plan in Pendulum-v1");
    }

    @Test
    void discreteActionsAreComparedFromEndToEnd() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "compare", "--env", "cartpole-v1", "--seeds", "1", "--episodes", "2", "--quick", "--budget", "300", "--save-models",
                "--out", folder.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("CartPole-v1", "categorical-cem", "uct", "puct", "random");
        // Three planners with two models, and random actions, two episodes each.
        assertThat(Files.readAllLines(folder.resolve("results.csv"))).hasSize(15);

        CommandLineRun loaded = CommandLineRun.of(
                "compare", "--load", folder.resolve("models/CartPole-v1/categorical-cem-seed1").toString(), "--models", "learned",
                "--planners", "uct", "--seeds", "1", "--episodes", "2", "--quick", "--budget", "300", "--out",
                folder.resolve("second").toString());

        assertThat(loaded.err()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("second/results.csv"))).hasSize(5);
    }

    @Test
    void aDamagedModelIsWrongUse() throws IOException {
        Files.writeString(folder.resolve("latest"), "nonsense");

        CommandLineRun run = CommandLineRun.of("compare", "--load", folder.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no model can be loaded").contains("\nMaybe ").doesNotContain("\tat ");
    }

    @Test
    void equalSeedsGiveEqualReturns() throws IOException {
        String[] first = runTwoEpisodes("a", "1");
        String[] second = runTwoEpisodes("b", "2");

        assertThat(second).isEqualTo(first);
    }

    private String[] runTwoEpisodes(String name, String threads) throws IOException {
        Path out = folder.resolve(name);
        CommandLineRun run = CommandLineRun.of(
                "compare", "--env", "Pendulum-v1", "--planners", "cem", "--models", "learned", "--seeds", "2", "--episodes", "2",
                "--quick", "--budget", "1k", "--threads", threads, "--out", out.toString());
        assertThat(run.code()).isZero();
        return Files.readAllLines(out.resolve("results.csv")).stream()
                .map(line -> line.split(",")[5]).toArray(String[]::new);
    }
}
