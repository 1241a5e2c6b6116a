package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.CpuRolloutExecutor;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.StopReason;
import io.ponder.engine.planlog.LoggedPlan;
import io.ponder.engine.planlog.LoggingPlanner;
import io.ponder.engine.planlog.PlanLog;
import io.ponder.testing.Allocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every planner of action sequences promises. The planner under test makes at least four iterations. */
abstract class PlannerContract {
    private static final float[] LOW = {-1};
    private static final float[] HIGH = {1};
    private static final float[] START = {1, 0};

    @TempDir
    private Path folder;

    /** Creates the planner under test. */
    abstract SamplingPlanner planner(Problem problem, Execution execution);

    /** Creates the planner with more iterations than any budget of these tests. */
    abstract SamplingPlanner tirelessPlanner(Problem problem, Execution execution);

    /** Returns the number of discrete actions of the tests, 0 for continuous ones; odd, so that no force is among them. */
    int actionCount() {
        return 0;
    }

    private float rest() {
        return actionCount() / 2;
    }

    private TestModels.DoubleIntegrator integrator() {
        return new TestModels.DoubleIntegrator(actionCount());
    }

    private TestModels.Diverging diverging(float threshold) {
        return new TestModels.Diverging(threshold, actionCount());
    }

    private TestModels.Hooked hooked() {
        return new TestModels.Hooked(actionCount());
    }

    private Problem problem(WorldModel model) {
        return problem(model, LOW, HIGH).withTerminalValue(new TestModels.IntegratorTerminal());
    }

    private Problem problem(WorldModel model, float[] low, float[] high) {
        return actionCount() == 0 ? Problem.of(model, low, high) : Problem.discrete(model).withRestAction(rest());
    }

    /** Returns the forces of a sequence. */
    private float[] forces(float[] sequence) {
        float[] out = sequence.clone();
        for (int i = 0; i < out.length; i++) out[i] = TestModels.DoubleIntegrator.force(out[i], actionCount());
        return out;
    }

    private void assertAllowed(float action, float low, float high) {
        if (actionCount() == 0) {
            assertThat(action).isBetween(low, high);
        } else {
            assertThat(action).isBetween(0f, actionCount() - 1f).isEqualTo((int) action);
        }
    }

    private static PlanRequest request(WorldModel model, long decision) {
        return new PlanRequest(model, 1).observe(model, START).keys(7, decision);
    }

    /** The first position and speed of row b of a batch. */
    private static float[] start(int b) {
        return new float[] {1 - 0.4f * b, 0.1f * b};
    }

    private static PlanRequest batch(WorldModel model, int rows, long decision) {
        float[] observations = new float[2 * rows];
        for (int b = 0; b < rows; b++) {
            observations[b] = start(b)[0];
            observations[rows + b] = start(b)[1];
        }
        return new PlanRequest(model, rows).observe(model, observations).keys(7, decision);
    }

    @Test
    void actionsStayInsideTheBounds() {
        var model = integrator();
        // The best action from here is far beyond the upper bound.
        var problem = problem(model, new float[] {-0.3f}, new float[] {0.7f});
        try (var planner = planner(problem, Execution.rows(1))) {
            for (int decision = 0; decision < 3; decision++) {
                var request = new PlanRequest(model, 1).observe(model, new float[] {-10, -10}).keys(7, decision);
                Plan plan = planner.plan(request, Budget.UNLIMITED);

                for (float action : plan.sequence()) assertAllowed(action, -0.3f, 0.7f);
                assertThat(plan.action(0, 0)).isEqualTo(plan.sequence()[0]);
            }
            for (float action : planner.population().sequences()) assertAllowed(action, -0.3f, 0.7f);
        }
    }

    @Test
    void promisesMoreThanRandomAndRestingPlans() {
        var model = integrator();
        try (var planner = planner(problem(model), Execution.rows(1));
                var random = RandomShooting.planner(
                        problem(model), new RandomShootingParameters(planner.plan(request(model, 0), Budget.UNLIMITED).horizon(), 200, 1),
                        Execution.rows(1))) {
            Plan plan = planner.plan(request(model, 1), Budget.UNLIMITED);
            Plan drawn = random.plan(request(model, 1), Budget.UNLIMITED);

            // Doing nothing costs 1 a step and 1 at the end.
            assertThat(plan.predictedReturn()[0]).isGreaterThan(-(plan.horizon() + 1) * 0.9f);
            assertThat(plan.predictedReturn()[0]).isGreaterThan(drawn.diagnostics().meanReturn()[0]);
        }
    }

    @Test
    void predictedReturnIsWhatTheModelSaysOfThePlan() {
        var model = integrator();
        try (var planner = planner(problem(model), Execution.rows(1))) {
            Plan plan = planner.plan(request(model, 0), Budget.UNLIMITED);

            assertThat(plan.predictedReturn()[0]).isCloseTo((float) Integrators.planReturn(START, forces(plan.sequence())), within(1e-4f));
        }
    }

    @Test
    void sameSeedSamePlanOnSixteenThreads() {
        Plan alone = decide(Execution.rows(3), integrator());
        var pool = new ForkJoinPool(15);
        try {
            for (int threads : new int[] {3, 16}) {
                var model = integrator();
                var executor = new CpuRolloutExecutor(model, pool, threads);

                Plan together = decide(Execution.rows(3).on(executor), model);

                assertThat(together.sequence()).containsExactly(alone.sequence());
                assertThat(together.predictedReturn()).containsExactly(alone.predictedReturn());
            }
        } finally {
            pool.shutdown();
        }
    }

    /** Returns the second of two decisions of three rows. */
    private Plan decide(Execution execution, WorldModel model) {
        try (var planner = planner(problem(model), execution)) {
            planner.plan(batch(model, 3, 0), Budget.UNLIMITED);
            return planner.plan(batch(model, 3, 1), Budget.UNLIMITED).copy();
        }
    }

    @Test
    void rowOfABatchPlansAsIfAlone() {
        var model = integrator();
        int rows = 3;
        Plan together = decide(Execution.rows(rows), model);
        for (int b = 0; b < rows; b++) {
            try (var planner = planner(problem(model), Execution.rows(1))) {
                Plan alone = null;
                for (int decision = 0; decision < 2; decision++) {
                    var request = new PlanRequest(model, 1).observe(model, start(b));
                    request.keys()[0] = batch(model, rows, decision).keys()[b];
                    alone = planner.plan(request, Budget.UNLIMITED);
                }

                for (int t = 0; t < alone.horizon(); t++) {
                    assertThat(together.sequence()[t * rows + b]).isEqualTo(alone.sequence()[t]);
                }
                assertThat(together.predictedReturn()[b]).isEqualTo(alone.predictedReturn()[0]);
            }
        }
    }

    @Test
    void anotherKeyGivesAnotherPlan() {
        var model = integrator();
        try (var planner = planner(problem(model), Execution.rows(1))) {
            float[] first = planner.plan(request(model, 0), Budget.UNLIMITED).copy().sequence();
            planner.resetAll();
            float[] second = planner.plan(request(model, 1), Budget.UNLIMITED).copy().sequence();

            assertThat(second).isNotEqualTo(first);
        }
    }

    @Test
    void resetForgetsTheRowsNamedAndNoOthers() {
        var model = integrator();
        int rows = 2;
        try (var planner = planner(problem(model), Execution.rows(rows));
                var untouched = planner(problem(model), Execution.rows(rows))) {
            Plan fresh = planner.plan(batch(model, rows, 0), Budget.UNLIMITED).copy();
            untouched.plan(batch(model, rows, 0), Budget.UNLIMITED);
            planner.reset(1);

            Plan again = planner.plan(batch(model, rows, 0), Budget.UNLIMITED);
            Plan warm = untouched.plan(batch(model, rows, 0), Budget.UNLIMITED);

            assertThat(row(again, 1)).containsExactly(row(fresh, 1));
            assertThat(row(again, 0)).containsExactly(row(warm, 0));
        }
    }

    static float[] row(Plan plan, int row) {
        float[] out = new float[plan.horizon() * plan.actionSize()];
        for (int i = 0; i < out.length; i++) out[i] = plan.sequence()[i * plan.rows() + row];
        return out;
    }

    @Test
    void elapsedStepsShiftTheOldPlan() {
        var model = diverging(Float.POSITIVE_INFINITY);
        try (var planner = planner(problem(model), Execution.rows(1))) {
            int horizon = planner.population().horizon();
            float[] old = new float[horizon];
            for (int t = 0; t < horizon; t++) old[t] = actionCount() == 0 ? -0.01f * t : t % actionCount();
            for (int elapsed : new int[] {0, 1, 3, horizon + 5}) {
                planner.warmStart(0, old);
                // Where everything diverges the answer is the old plan, shifted.
                model.threshold = Float.NEGATIVE_INFINITY;
                var request = request(model, elapsed);
                request.elapsedSteps()[0] = elapsed;
                Plan plan = planner.plan(request, Budget.UNLIMITED);

                for (int t = 0; t < horizon; t++) {
                    assertThat(plan.sequence()[t]).isEqualTo(t + elapsed < horizon ? old[t + elapsed] : rest());
                }
            }
        }
    }

    @Test
    void budgetOfIterationsIsKept() {
        var model = integrator();
        try (var planner = planner(problem(model), Execution.rows(1))) {
            var diagnostics = planner.plan(request(model, 0), Budget.iterations(2)).diagnostics();

            assertThat(diagnostics.iterations()).isEqualTo(2);
            assertThat(diagnostics.stopReason()).isEqualTo(StopReason.ITERATIONS);
            assertThat(planner.plan(request(model, 0), Budget.UNLIMITED).diagnostics().stopReason()).isEqualTo(StopReason.COMPLETED);
        }
    }

    @Test
    void budgetOfModelStepsIsKeptAndCounted() {
        var model = hooked();
        long[] steps = new long[1];
        model.hook = columns -> steps[0] += columns;
        try (var planner = tirelessPlanner(problem(model), Execution.rows(2))) {
            int horizon = planner.population().horizon();
            for (long limit : new long[] {40L * horizon, 777L * horizon + 5, 5000L * horizon}) {
                steps[0] = 0;
                var diagnostics = planner.plan(batch(model, 2, limit), Budget.modelSteps(limit)).diagnostics();

                assertThat(diagnostics.stopReason()).isEqualTo(StopReason.MODEL_STEPS);
                assertThat(diagnostics.modelSteps()).isEqualTo(steps[0]).isLessThanOrEqualTo(limit);
            }
        }
    }

    @Test
    void budgetOfModelStepsIsUsed() {
        var model = integrator();
        try (var planner = tirelessPlanner(problem(model), Execution.rows(1))) {
            long limit = 20_000L * planner.population().horizon();

            var diagnostics = planner.plan(request(model, 0), Budget.modelSteps(limit)).diagnostics();

            assertThat(diagnostics.modelSteps()).isGreaterThan(limit * 9 / 10);
        }
    }

    @Test
    void oneStepOfBudgetStillGivesAPlan() {
        var model = integrator();
        try (var planner = planner(problem(model), Execution.rows(1))) {
            Plan plan = planner.plan(request(model, 0), Budget.modelSteps(1));

            assertThat(plan.diagnostics().iterations()).isEqualTo(1);
            assertThat(plan.predictedReturn()[0]).isCloseTo((float) Integrators.planReturn(START, forces(plan.sequence())), within(1e-4f));
        }
    }

    @Test
    void deadlineIsKeptFromTheFirstCallOn() {
        var model = hooked();
        long[] now = new long[1];
        model.hook = columns -> now[0] += 1000L * columns;
        long limit = Duration.ofMillis(60).toNanos();
        try (var planner = tirelessPlanner(problem(model), Execution.rows(1).withClock(() -> now[0]))) {
            for (int decision = 0; decision < 5; decision++) {
                var diagnostics = planner.plan(request(model, decision), Budget.wallClock(Duration.ofNanos(limit))).diagnostics();

                assertThat(diagnostics.stopReason()).isEqualTo(StopReason.WALL_CLOCK);
                assertThat(diagnostics.nanos()).isBetween(limit * 3 / 4, limit);
            }
        }
    }

    @Test
    void deadlineIsKeptAfterTheModelBecameSlower() {
        var model = hooked();
        long[] now = new long[1];
        long[] nanosPerColumn = {100};
        model.hook = columns -> now[0] += nanosPerColumn[0] * columns;
        var budget = Budget.wallClock(Duration.ofMillis(60));
        try (var planner = tirelessPlanner(problem(model), Execution.rows(1).withClock(() -> now[0]))) {
            planner.plan(request(model, 0), budget);
            nanosPerColumn[0] = 1000;
            planner.plan(request(model, 1), budget);

            assertThat(planner.plan(request(model, 2), budget).diagnostics().nanos()).isLessThanOrEqualTo(budget.wallNanos());
        }
    }

    @Test
    void cancelEndsTheCallWithWhatIsThere() {
        var model = hooked();
        try (var planner = tirelessPlanner(problem(model), Execution.rows(1))) {
            model.hook = columns -> planner.cancel();
            Plan plan = planner.plan(request(model, 0), Budget.UNLIMITED);

            assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.CANCELLED);
            assertThat(plan.diagnostics().iterations()).isEqualTo(1);
            assertThat(plan.predictedReturn()[0]).isFinite();

            model.hook = columns -> {};
            assertThat(planner.plan(request(model, 1), Budget.iterations(3)).diagnostics().iterations()).isEqualTo(3);
        }
    }

    @Test
    void modelThatAlwaysDivergesGivesTheRestingPlanAndIsCounted() {
        var model = diverging(Float.NEGATIVE_INFINITY);
        try (var planner = planner(problem(model), Execution.rows(1))) {
            Plan plan = planner.plan(request(model, 0), Budget.UNLIMITED);

            assertThat(plan.sequence()).containsOnly(rest());
            assertThat(plan.diagnostics().nonFiniteRollouts()).isGreaterThanOrEqualTo(planner.population().size());
            assertThat(plan.predictedReturn()[0]).isEqualTo(Float.NEGATIVE_INFINITY);

            model.threshold = Float.POSITIVE_INFINITY;
            assertThat(planner.plan(request(model, 1), Budget.UNLIMITED).predictedReturn()[0]).isFinite();
        }
    }

    @Test
    void candidatesThatDivergeAreCountedAndNeverAnswer() {
        // The optimum brakes with +1 in the second half of the plan, which this model does not survive.
        var model = diverging(0.8f);
        try (var planner = planner(problem(model), Execution.rows(1))) {
            for (int decision = 0; decision < 3; decision++) {
                Plan plan = planner.plan(request(model, decision), Budget.UNLIMITED);

                assertThat(plan.predictedReturn()[0]).isFinite();
                for (float force : forces(plan.sequence())) assertThat(force).isLessThanOrEqualTo(0.8f);
                for (float cost : planner.population().costs()) assertThat(cost).isNotNaN();
            }
        }
    }

    /** What time or another thread did to the calls of a log is in it: the clock of the replay stands still. */
    @Test
    void callsThatAClockOrACancellationEndedAreReplayedFromTheirLog() throws Exception {
        var model = hooked();
        long[] now = new long[1];
        int[] call = new int[1];
        long[] steps = new long[1];
        int rows = 2;
        var budget = Budget.wallClock(Duration.ofMillis(20)).withIterations(40);
        var logged = new LoggingPlanner(tirelessPlanner(problem(model), Execution.rows(rows).withClock(() -> now[0])), rows);
        // Slower and slower, then faster: iterations are shrunk, broken off and taken for the last one.
        int[] nanosPerColumn = {300, 3000, 60, 800, 20_000, 100, 100, 100};
        model.hook = columns -> {
            now[0] += (long) nanosPerColumn[call[0]] * columns;
            steps[0] += columns;
            if (call[0] == 5 && steps[0] > 9000) logged.cancel();
        };
        for (call[0] = 0; call[0] < nanosPerColumn.length; call[0]++) {
            steps[0] = 0;
            if (call[0] == 6) logged.reset(1);
            logged.plan(batch(model, rows, call[0]), call[0] == 7 ? Budget.modelSteps(30_000) : budget);
        }
        model.hook = columns -> {};
        Path file = folder.resolve("plans");
        logged.log().save(file);
        var log = PlanLog.load(file);
        assertThat(log.calls()).extracting(LoggedPlan::stopReason).contains(StopReason.WALL_CLOCK, StopReason.CANCELLED);

        try (var fresh = tirelessPlanner(problem(model), Execution.rows(rows).withClock(() -> 0))) {
            assertThat(log.replay(fresh, model)).isNull();
        }
        // Control: with the iterations of another call the answer is another one.
        try (var fresh = tirelessPlanner(problem(model), Execution.rows(rows).withClock(() -> 0))) {
            LoggedPlan first = log.calls().get(0);
            Plan other = fresh.plan(first.request(model), log.calls().get(1).budget());
            assertThat(other.sequence()).isNotEqualTo(first.sequence());
        }
    }

    @Test
    void modelThatThrowsIsCountedAndSurvived() {
        var model = hooked();
        int[] call = new int[1];
        try (var planner = planner(problem(model), Execution.rows(2))) {
            Plan plan = planner.plan(batch(model, 2, 0), Budget.UNLIMITED);
            model.hook = columns -> {
                throw new IllegalStateException("broken");
            };
            planner.plan(batch(model, 2, 1), Budget.UNLIMITED);

            assertThat(plan.diagnostics().modelFailures()).isPositive();
            assertThat(plan.diagnostics().modelFailure()).hasMessage("broken");
            assertThat(plan.diagnostics().nonFiniteRollouts()).isGreaterThanOrEqualTo(planner.population().size());
            for (float action : plan.sequence()) assertAllowed(action, LOW[0], HIGH[0]);

            // Now one step in fifty throws an error.
            model.hook = columns -> {
                if (++call[0] % 50 == 0) throw new StackOverflowError();
            };
            planner.plan(batch(model, 2, 2), Budget.UNLIMITED);
            model.hook = columns -> {};
            planner.plan(batch(model, 2, 3), Budget.UNLIMITED);
            assertThat(plan.diagnostics().modelFailures()).isZero();
            assertThat(plan.diagnostics().modelFailure()).isNull();
            assertThat(plan.predictedReturn()[1]).isFinite();
        }
    }

    @Test
    void stalledIterationIsBrokenOffAndTheOverrunTold() {
        var model = hooked();
        long[] now = new long[1];
        long[] nanosPerColumn = {10};
        model.hook = columns -> now[0] += nanosPerColumn[0] * columns;
        var budget = Budget.wallClock(Duration.ofMillis(60));
        try (var planner = tirelessPlanner(problem(model), Execution.rows(1).withClock(() -> now[0]))) {
            planner.plan(request(model, 0), budget);
            nanosPerColumn[0] = 100_000;
            var diagnostics = planner.plan(request(model, 1), budget).diagnostics();

            // One block of 64 columns, through the whole horizon, and the answer.
            long block = 3L * planner.population().horizon() * 65 * nanosPerColumn[0];
            assertThat(diagnostics.nanos()).isLessThanOrEqualTo(budget.wallNanos() * 41 / 40 + block);
            assertThat(diagnostics.overrunNanos()).isEqualTo(Math.max(0, diagnostics.nanos() - budget.wallNanos()));
            assertThat(diagnostics.nonFiniteRollouts()).isZero();
        }
    }

    @Test
    void planIsAViewAndCopyStays() {
        var model = integrator();
        try (var planner = planner(problem(model), Execution.rows(1))) {
            Plan first = planner.plan(request(model, 0), Budget.UNLIMITED);
            Plan copy = first.copy();
            float[] before = first.sequence().clone();

            Plan second = planner.plan(request(model, 1), Budget.UNLIMITED);

            assertThat(second).isSameAs(first);
            assertThat(copy.sequence()).containsExactly(before).isNotEqualTo(second.sequence());
        }
    }

    @Test
    void planAllocatesNothingOnceWarm() {
        var model = integrator();
        try (var planner = planner(problem(model), Execution.rows(2))) {
            var request = batch(model, 2, 0);
            var budget = Budget.wallClock(Duration.ofSeconds(10)).withModelSteps(1_000_000);
            var work = new Runnable() {
                private long decision;

                @Override
                public void run() {
                    planner.plan(request.keys(3, decision++), budget);
                }
            };

            assertThat(Allocation.onceWarm(work)).isZero();
        }
    }

    @Test
    void requestOfAnotherSizeIsRefused() {
        var model = integrator();
        try (Planner planner = planner(problem(model), Execution.rows(2))) {
            assertThatThrownBy(() -> planner.plan(request(model, 0), Budget.UNLIMITED))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rows of the request is 1")
                    .hasMessageContaining("rows of the planner is 2");
        }
    }

    @Test
    void problemOfTheOtherKindOfActionIsRefused() {
        boolean both = planner(problem(integrator()), Execution.rows(1)).name().equals("random-shooting");
        var other = actionCount() > 0
                ? Problem.of(new TestModels.DoubleIntegrator(), LOW, HIGH)
                : Problem.discrete(new TestModels.DoubleIntegrator(3));
        if (both) {
            assertThat(planner(other, Execution.rows(1))).isNotNull();
        } else {
            assertThatThrownBy(() -> planner(other, Execution.rows(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(actionCount() > 0 ? "has continuous actions" : "has 3 discrete actions")
                    .hasMessageContaining("\nMaybe use ");
        }
    }

    private static org.assertj.core.data.Offset<Float> within(float tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }
}
