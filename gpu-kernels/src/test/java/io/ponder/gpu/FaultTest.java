package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.nn.BatchEvaluator;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        try (var planner = Cem.planner(pendulum(), SMALL, Execution.rows(1).on(Backend.OPENCL))) {
            var request = new PlanRequest(PENDULUM.model(), 1).observe(PENDULUM.model(), new float[] {1, 0, 0});
            assertMemoryStays(plans, i -> planner.plan(request.keys(5, i), Budget.UNLIMITED));
        }
    }

    private static void assertMemoryStays(int calls, IntConsumer call) throws Exception {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(status), "the system does not tell the memory of a process");
        for (int i = 0; i < 200; i++) call.accept(i);
        System.gc();
        long before = resident(status);
        for (int i = 0; i < calls; i++) call.accept(i);
        System.gc();
        assertThat(resident(status) - before).as("growth of resident memory in bytes").isLessThan(GROWTH);
    }

    /** Returns the bytes of this process in memory. */
    private static long resident(Path status) throws Exception {
        String line = Files.readAllLines(status).stream().filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
    }

    @Test
    void memoryDoesNotGrowOverBatchesOfLeaves() throws Exception {
        assertMemoryStaysOverBatches(300);
    }

    @Test
    @Tag("evidence")
    void memoryDoesNotGrowOverTenThousandBatchesOfLeaves() throws Exception {
        assertMemoryStaysOverBatches(10_000);
    }

    private static void assertMemoryStaysOverBatches(int batches) throws Exception {
        CollectionStress.Leaves leaves = CollectionStress.leaves();
        try (BatchEvaluator evaluator = leaves.open()) {
            assertMemoryStays(batches, i -> leaves.say(evaluator, i));
        }
    }

    /** Without a limit the driver would give the memory: PoCL reads this one. */
    private static void assertFaultIsAnError(String... arguments) throws Exception {
        Assumptions.assumeTrue(OpenClDevices.best().map(OpenClDevices::describe).orElse("").contains("PoCL"),
                "only PoCL can be told to have little memory");
        ChildJvm.Ended ended = ChildJvm.of(DeviceFaults.class).heap("1500m").environment("POCL_MEMORY_LIMIT", "1").run(arguments);
        assertThat(ended.code()).as("exit code; it printed %s", ended.output()).isZero();
        assertThat(ended.output()).contains("Maybe");
    }

    @ParameterizedTest
    @Tag("evidence")
    @ValueSource(strings = {"rollouts", "networks"})
    void moreMemoryThanThereIsIsRefused(String what) throws Exception {
        assertFaultIsAnError(what);
    }

    @Test
    void aLaunchThatTheDriverRefusesIsAnErrorAndNotANumber() throws Exception {
        assertFaultIsAnError("networks", "lie");
    }

    @Test
    @Tag("evidence")
    void rolloutsThatTheDriverRefusesAreAnErrorAndNotNumbers() throws Exception {
        assertFaultIsAnError("rollouts", "lie");
    }

    @Test
    void aResultThatDoesNotArriveIsAnError() {
        var kernel = new RandomKernel(new int[] {1, 2}, new int[2 * ActivationKernel.GROUP]);
        float[] never = new float[3];
        DeviceLaunch.expect(never, 3);
        assertThatThrownBy(() -> DeviceLaunch.fetch(kernel, never, 3, "a device"))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("failed on a device").hasMessageContaining("Maybe");
    }

    @Test
    void oneExecutorInTwoThreadsIsAnErrorOrTheAnswer() throws Exception {
        RolloutRequest first = roomyRequest();
        RolloutRequest second = roomyRequest();
        var executor = new OpenClRolloutExecutor(PENDULUM.model(), null);
        executor.rollout(first);
        float[] expected = first.returns().clone();
        var pool = Executors.newFixedThreadPool(2);
        try {
            Callable<Integer> one = () -> refusals(executor, first, expected);
            Callable<Integer> other = () -> refusals(executor, second, expected);
            List<Future<Integer>> found = pool.invokeAll(List.of(one, other));
            assertThat(found.get(0).get() + found.get(1).get()).isBetween(1, 39);
        } finally {
            pool.shutdown();
        }
        executor.close();
    }

    private static RolloutRequest roomyRequest() {
        return Twins.request(PENDULUM.model(), 1, 997, 1, 30, PENDULUM.actionLow(), PENDULUM.actionHigh(), new float[2]);
    }

    private static int refusals(OpenClRolloutExecutor executor, RolloutRequest request, float[] expected) {
        int refused = 0;
        for (int i = 0; i < 20; i++) {
            try {
                executor.rollout(request);
                assertThat(request.returns()).isEqualTo(expected);
            } catch (IllegalStateException busy) {
                assertThat(busy).hasMessageContaining("another thread");
                refused++;
            }
        }
        return refused;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC"})
    void collectionsDuringLaunchesChangeNothing(String collector) throws Exception {
        assertCollectionsChangeNothing(ChildJvm.of(CollectionStress.class), collector, 100);
    }

    @ParameterizedTest
    @Tag("evidence")
    @CsvSource({
        "17, -XX:+UseG1GC", "17, -XX:+UseSerialGC", "17, -XX:+UseParallelGC", "17, -XX:+UseZGC",
        "25, -XX:+UseG1GC", "25, -XX:+UseSerialGC", "25, -XX:+UseParallelGC", "25, -XX:+UseZGC"
    })
    void collectionsDuringManyLaunchesChangeNothing(int feature, String collector) throws Exception {
        Optional<Path> home = ChildJvm.installed(feature);
        Assumptions.assumeTrue(home.isPresent(), "JDK " + feature + " is not installed beside the one that runs");
        assertCollectionsChangeNothing(ChildJvm.of(CollectionStress.class).home(home.orElseThrow()), collector, 3000);
    }

    private static void assertCollectionsChangeNothing(ChildJvm child, String collector, int plans) throws Exception {
        ChildJvm.Ended ended = child.heap("128m").option(collector).run(Integer.toString(plans));
        assertThat(ended.code()).as("exit code; it printed %s", ended.output()).isZero();
    }
}
