package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsOpenCl
class FaultTest {
    private static final ExactTask PENDULUM = ExactTasks.find("pendulum-v1");
    private static final CemParameters SMALL = CemParameters.DEFAULT.withHorizon(10).withIterations(2).withCandidates(130, 13);
    private static final long MEBIBYTE = 1 << 20;
    /** Code that is still being compiled, and what the driver keeps for a while. */
    private static final long GROWTH = 48 * MEBIBYTE;

    private static Problem pendulum() {
        return Problem.of(PENDULUM.model(), PENDULUM.actionLow(), PENDULUM.actionHigh());
    }

    @Test
    void useAfterCloseIsRefusedAndClosingTwiceIsQuiet() {
        var executor = new OpenClRolloutExecutor(PENDULUM.model(), null);
        RolloutRequest request =
                Twins.request(PENDULUM.model(), 1, 3, 1, 2, PENDULUM.actionLow(), PENDULUM.actionHigh(), new float[2]);
        executor.rollout(request);
        executor.close();
        executor.close();

        assertThatThrownBy(() -> executor.rollout(request)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void aModelThatCannotBeStatedIsRefusedWithItsReason() {
        var model = LambdaModel.of(2, 1, (x, u, next) -> 0);
        var problem = Problem.of(model, new float[] {-1}, new float[] {1});

        assertThat(Backend.reasonsAgainstOpenCl(problem)).singleElement().asString().contains("LambdaModel").contains("does not say");
        assertThatThrownBy(() -> Backend.OPENCL.open(problem)).isInstanceOf(IllegalStateException.class).hasMessageContaining("Maybe");
        try (var automatic = Backend.AUTO.open(problem)) {
            assertThat(automatic.executedOn()).startsWith("cpu (auto: ").contains("LambdaModel");
        }
    }

    @Test
    void autoTakesTheFasterAndSaysWhy() {
        try (var planner = Cem.planner(pendulum(), SMALL, Execution.rows(1).on(Backend.AUTO))) {
            var request = new PlanRequest(PENDULUM.model(), 1).observe(PENDULUM.model(), new float[] {1, 0, 0});
            assertThat(planner.plan(request, Budget.UNLIMITED).diagnostics().executedOn()).contains("auto: cpu ").contains("device ");
        }
    }

    @Test
    void newWeightsAreSentWhenSomethingWasLearnedAndOnlyThen() {
        LearnedChain chain = LearnedChain.of(3, 1).ensemble(EnsembleParameters.small().withSize(1, 8)).reward(PENDULUM.reward()).build();
        RolloutRequest request =
                Twins.request(chain.model(), 1, 65, 1, 3, PENDULUM.actionLow(), PENDULUM.actionHigh(), new float[] {1, 0, 0});
        try (var executor = new OpenClRolloutExecutor(chain.model(), null)) {
            executor.rollout(request);
            long first = executor.bytesMoved();
            executor.rollout(request);
            long second = executor.bytesMoved() - first;
            assertThat(second).isLessThan(first);
            chain.predictor().visitTensors((name, shape, data, offset) -> {
                if (name.endsWith("bias")) data[offset] += 0.5f;
            });
            executor.rollout(request);
            float[] found = request.returns().clone();
            assertThat(executor.bytesMoved() - first - second).isEqualTo(first);
            new io.ponder.engine.plan.CpuRolloutExecutor(chain.model()).rollout(request);
            Twins.assertClose(request.returns(), found, 65, 1e-4);
        }
    }

    @Test
    void twoPlannersInTwoThreadsPlanAsOneAlone() throws Exception {
        List<float[]> alone = plans();
        var pool = Executors.newFixedThreadPool(2);
        try {
            Callable<List<float[]>> work = FaultTest::plans;
            for (Future<List<float[]>> found : pool.invokeAll(List.of(work, work))) {
                for (int i = 0; i < alone.size(); i++) assertThat(found.get().get(i)).isEqualTo(alone.get(i));
            }
        } finally {
            pool.shutdown();
        }
    }

    private static List<float[]> plans() {
        List<float[]> sequences = new ArrayList<>();
        try (var planner = Cem.planner(pendulum(), SMALL, Execution.rows(1).on(Backend.OPENCL))) {
            var request = new PlanRequest(PENDULUM.model(), 1).observe(PENDULUM.model(), new float[] {1, 0, 0});
            for (int i = 0; i < 50; i++) {
                Plan plan = planner.plan(request.keys(5, i), Budget.UNLIMITED);
                sequences.add(plan.sequence().clone());
            }
        }
        return sequences;
    }

    @Test
    void memoryDoesNotGrowOverPlans() throws Exception {
        assertMemoryStays(300);
    }

    @Test
    @Tag("evidence")
    void memoryDoesNotGrowOverTenThousandPlans() throws Exception {
        assertMemoryStays(10_000);
    }

    private static void assertMemoryStays(int plans) throws Exception {
        Path statistics = Path.of("/proc/self/statm");
        Assumptions.assumeTrue(Files.exists(statistics), "the system does not tell the memory of a process");
        try (var planner = Cem.planner(pendulum(), SMALL, Execution.rows(1).on(Backend.OPENCL))) {
            var request = new PlanRequest(PENDULUM.model(), 1).observe(PENDULUM.model(), new float[] {1, 0, 0});
            for (int i = 0; i < 200; i++) planner.plan(request.keys(5, i), Budget.UNLIMITED);
            System.gc();
            long before = resident(statistics);
            for (int i = 0; i < plans; i++) planner.plan(request.keys(6, i), Budget.UNLIMITED);
            System.gc();
            assertThat(resident(statistics) - before).as("growth of resident memory in bytes").isLessThan(GROWTH);
        }
    }

    private static long resident(Path statistics) throws Exception {
        return 4096 * Long.parseLong(Files.readString(statistics).split(" ")[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC"})
    void collectionsDuringLaunchesChangeNothing(String collector, @TempDir Path folder) throws Exception {
        assertCollectionsChangeNothing(collector, 100, folder);
    }

    @ParameterizedTest
    @Tag("evidence")
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseZGC"})
    void collectionsDuringManyLaunchesChangeNothing(String collector, @TempDir Path folder) throws Exception {
        assertCollectionsChangeNothing(collector, 3000, folder);
    }

    private static void assertCollectionsChangeNothing(String collector, int plans, Path folder) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", collector, "-Xmx128m",
                "--add-modules", "jdk.incubator.vector"));
        if (Runtime.version().feature() >= 22) command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath(), CollectionStress.class.getName(), Integer.toString(plans)));
        File output = folder.resolve("output").toFile();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).directory(folder.toFile()).start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the process ended").isTrue();
        assertThat(process.exitValue()).as("exit code; it printed %s", Files.readString(output.toPath())).isZero();
    }

    /** The class path of the tests; Surefire may have put it into the manifest of one jar, which Java reads as well. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(all.split(File.pathSeparator)).stream().distinct().collect(Collectors.joining(File.pathSeparator));
    }
}
