package io.ponder.planners.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.StopReason;
import io.ponder.planners.Execution;
import io.ponder.testing.Allocation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IterativeLqrTest {
    private static final float[] START = {1, 0};
    private static final double OPTIMAL_COST = 6.022540785821;
    private static final double OPTIMAL_COST_WITHIN_ONE = 9.0160038956;
    private static final IterativeLqrParameters PARAMETERS = IterativeLqrParameters.DEFAULT;

    private static IterativeLqr planner(Models.Mass model, double bound, IterativeLqrParameters parameters, Execution execution) {
        return new IterativeLqr(Problem.of(model, new float[] {(float) -bound}, new float[] {(float) bound})
                .withTerminalValue(new Models.Terminal(model.derivatives)), parameters, execution);
    }

    private static PlanRequest request(Models.Mass model, long decision) {
        return new PlanRequest(model, 1).observe(model, START).keys(7, decision);
    }

    private static PlanRequest batch(Models.Mass model, int rows) {
        float[] observations = new float[2 * rows];
        for (int b = 0; b < rows; b++) {
            observations[b] = 1 - 0.7f * b;
            observations[rows + b] = 0.3f * b;
        }
        return new PlanRequest(model, rows).observe(model, observations).keys(7, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneIterationSolvesALinearQuadraticProblem(boolean derivatives) {
        var model = new Models.Mass(0, derivatives);
        try (var planner = planner(model, 1000, PARAMETERS.withIterations(1), Execution.rows(1))) {
            Plan plan = planner.plan(request(model, 0), Budget.UNLIMITED);

            // A gain that is off by 1e-4 costs the square of it; differences of float rewards lose half the digits.
            assertThat(Models.cost(0, plan.sequence())).isCloseTo(OPTIMAL_COST, within(derivatives ? 1e-8 : 2e-3));
            assertThat((double) plan.action(0, 0)).isCloseTo(-7.612958, within(derivatives ? 1e-3 : 0.2));
            assertThat((double) -plan.predictedReturn()[0]).isCloseTo(OPTIMAL_COST, within(2e-3));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void boundsAreHeededAtTheOptimum(boolean derivatives) {
        var model = new Models.Mass(0, derivatives);
        try (var planner = planner(model, 1, PARAMETERS, Execution.rows(1))) {
            Plan plan = planner.plan(request(model, 0), Budget.UNLIMITED);

            assertThat(Models.cost(0, plan.sequence())).isCloseTo(OPTIMAL_COST_WITHIN_ONE, within(derivatives ? 1e-6 : 1e-4));
            assertThat(plan.action(0, 0)).isEqualTo(-1);
            assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.COMPLETED);
            assertThat(plan.diagnostics().iterations()).isLessThan(20);
        }
    }

    @Test
    void curvatureOfTheDynamicsLeadsToTheSameOptimum() {
        double pull = 4;
        var model = new Models.Mass(pull, true);
        var results = new Plan[2];
        for (boolean curvature : new boolean[] {false, true}) {
            try (var planner = planner(model, 20, PARAMETERS.withDynamicsCurvature(curvature), Execution.rows(1))) {
                results[curvature ? 1 : 0] = planner.plan(request(model, 0), Budget.UNLIMITED).copy();
            }
        }

        double cost = Models.cost(pull, results[1].sequence());
        assertThat(cost).isCloseTo(Models.cost(pull, results[0].sequence()), within(1e-5 * cost));
        // No small change of any action is better.
        for (int t = 0; t < 50; t++) {
            for (float change : new float[] {-0.02f, 0.02f}) {
                float[] other = results[1].sequence().clone();
                other[t] = Math.max(-20, Math.min(20, other[t] + change));
                assertThat(Models.cost(pull, other)).isGreaterThan(cost - 1e-6);
            }
        }
    }

    @Test
    void predictedReturnIsWhatTheModelSaysOfThePlan() {
        var model = new Models.Mass(3, true);
        try (var planner = planner(model, 4, PARAMETERS, Execution.rows(1))) {
            Plan plan = planner.plan(request(model, 0), Budget.UNLIMITED);

            assertThat((double) -plan.predictedReturn()[0]).isCloseTo(Models.cost(3, plan.sequence()), within(1e-4));
            for (float action : plan.sequence()) assertThat(action).isBetween(-4f, 4f);
        }
    }

    @Test
    void rowOfABatchPlansAsIfAlone() {
        var model = new Models.Mass(3, true);
        int rows = 3;
        Plan together;
        try (var planner = planner(model, 4, PARAMETERS, Execution.rows(rows))) {
            together = planner.plan(batch(model, rows), Budget.UNLIMITED).copy();
        }
        for (int b = 0; b < rows; b++) {
            try (var planner = planner(model, 4, PARAMETERS, Execution.rows(1))) {
                var request = new PlanRequest(model, 1).observe(model, new float[] {1 - 0.7f * b, 0.3f * b});
                Plan alone = planner.plan(request, Budget.UNLIMITED);

                for (int t = 0; t < 50; t++) assertThat(together.sequence()[t * rows + b]).isEqualTo(alone.sequence()[t]);
                assertThat(together.predictedReturn()[b]).isEqualTo(alone.predictedReturn()[0]);
            }
        }
    }

    @Test
    void warmStartIsShiftedByTheElapsedSteps() {
        var model = new Models.Mass(0, true);
        try (var planner = planner(model, 1, PARAMETERS, Execution.rows(1))) {
            float[] old = new float[50];
            for (int t = 0; t < 50; t++) old[t] = -0.01f * t;
            planner.warmStart(0, old);
            // Nothing survives, so that the answer is the old plan, shifted.
            model.threshold = Float.NEGATIVE_INFINITY;
            var request = request(model, 0);
            request.elapsedSteps()[0] = 3;

            Plan plan = planner.plan(request, Budget.UNLIMITED);

            for (int t = 0; t < 50; t++) assertThat(plan.sequence()[t]).isEqualTo(t + 3 < 50 ? old[t + 3] : 0);
            assertThat(plan.predictedReturn()[0]).isEqualTo(Float.NEGATIVE_INFINITY);
            assertThat(plan.diagnostics().nonFiniteRollouts()).isEqualTo(2);

            model.threshold = Float.POSITIVE_INFINITY;
            planner.resetAll();
            assertThat(planner.plan(request(model, 1), Budget.UNLIMITED).predictedReturn()[0]).isFinite();
        }
    }

    @Test
    void warmStartSavesIterations() {
        var model = new Models.Mass(3, true);
        try (var planner = planner(model, 2, PARAMETERS, Execution.rows(1))) {
            long cold = planner.plan(request(model, 0), Budget.UNLIMITED).diagnostics().iterations();
            var again = request(model, 1);
            again.elapsedSteps()[0] = 0;

            assertThat(planner.plan(again, Budget.UNLIMITED).diagnostics().iterations()).isLessThan(cold).isLessThanOrEqualTo(2);

            planner.reset(0);
            assertThat(planner.plan(again, Budget.UNLIMITED).diagnostics().iterations()).isEqualTo(cold);
        }
    }

    @Test
    void trialsThatDivergeAreCountedAndNeverTaken() {
        var model = new Models.Mass(0, true);
        model.threshold = 0.5f;
        try (var planner = planner(model, 20, PARAMETERS, Execution.rows(1))) {
            Plan plan = planner.plan(request(model, 0), Budget.UNLIMITED);

            assertThat(plan.diagnostics().nonFiniteRollouts()).isPositive();
            assertThat(plan.predictedReturn()[0]).isFinite();
            for (float action : plan.sequence()) assertThat(action).isLessThanOrEqualTo(0.5f);
        }
    }

    /** Beginning, expansion and line search: wherever the model throws, and if it throws everywhere. */
    @Test
    void modelThatThrowsIsCountedAndSurvived() {
        for (boolean derivatives : new boolean[] {true, false}) {
            var model = new Models.Mass(3, derivatives);
            int[] calls = new int[1];
            try (var planner = planner(model, 4, PARAMETERS.withHorizon(8), Execution.rows(2))) {
                Plan plan = planner.plan(batch(model, 2), Budget.UNLIMITED);
                float promised = plan.predictedReturn()[0];
                for (int last = 1; last < 60; last++) {
                    planner.resetAll();
                    int fatal = last;
                    calls[0] = 0;
                    model.hook = columns -> {
                        if (++calls[0] == fatal) throw new StackOverflowError();
                    };
                    planner.plan(batch(model, 2), Budget.UNLIMITED);

                    if (calls[0] < fatal) break;
                    assertThat(plan.diagnostics().modelFailures()).isEqualTo(1);
                    assertThat(plan.predictedReturn()[0]).isLessThanOrEqualTo(promised + 1e-3f);
                    for (float action : plan.sequence()) assertThat(action).isBetween(-4f, 4f);
                }
                model.hook = columns -> {
                    throw new IllegalStateException("broken");
                };
                planner.warmStart(1, new float[] {9, Float.NaN, 1, 1, 1, 1, 1, 1});
                planner.plan(batch(model, 2), Budget.UNLIMITED);
                assertThat(plan.diagnostics().modelFailure()).hasMessage("broken");
                assertThat(plan.diagnostics().nonFiniteRollouts()).isEqualTo(4);
                assertThat(plan.predictedReturn()).containsOnly(Float.NEGATIVE_INFINITY);
                for (float action : plan.sequence()) assertThat(action).isBetween(-4f, 4f);

                model.hook = columns -> {};
                planner.resetAll();
                planner.plan(batch(model, 2), Budget.UNLIMITED);
                assertThat(plan.diagnostics().modelFailures()).isZero();
                assertThat(plan.diagnostics().modelFailure()).isNull();
                assertThat(plan.predictedReturn()[0]).isEqualTo(promised);
            }
        }
    }

    /** A reward that does not mind where the state is leaves only the feedback to go wrong. */
    @Test
    void stateThatIsNoNumberNeverReachesAnAction() {
        var model = new Models.Mass(0, false) {
            @Override
            public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
                super.step(state, actions, keys, out);
                for (int k = 0; k < state.columns(); k++) {
                    out.reward()[k] = -(float) Math.pow(actions[k] - 0.5, 2);
                    if (Float.isNaN(state.values()[k]) || Math.abs(actions[k]) > 0.1) out.next().values()[k] = Float.NaN;
                }
            }
        };
        var problem = Problem.of(model, new float[] {-1}, new float[] {1});
        try (var planner = new IterativeLqr(problem, PARAMETERS.withHorizon(5), Execution.rows(1))) {
            Plan plan = planner.plan(request(model, 0), Budget.UNLIMITED);

            assertThat(plan.action(0, 0)).isCloseTo(0.5f, within(1e-2f));
            for (float action : plan.sequence()) assertThat(action).isBetween(-1f, 1f);
        }
    }

    @Test
    void budgetsAreKeptAndCounted() {
        for (boolean derivatives : new boolean[] {true, false}) {
            var model = new Models.Mass(3, derivatives);
            long[] steps = new long[1];
            model.hook = columns -> steps[0] += columns;
            try (var planner = planner(model, 4, PARAMETERS.withTolerance(0), Execution.rows(2))) {
                assertThat(planner.plan(batch(model, 2), Budget.iterations(2)).diagnostics().iterations()).isEqualTo(2);
                for (long limit : new long[] {250, 9_000, 33_333}) {
                    planner.resetAll();
                    steps[0] = 0;
                    var diagnostics = planner.plan(batch(model, 2), Budget.modelSteps(limit)).diagnostics();

                    assertThat(diagnostics.stopReason()).isEqualTo(StopReason.MODEL_STEPS);
                    assertThat(diagnostics.modelSteps()).isEqualTo(steps[0]).isLessThanOrEqualTo(limit);
                }
            }
        }
    }

    @Test
    void deadlineIsKeptFromTheFirstCallOn() {
        var model = new Models.Mass(3, true);
        long[] now = new long[1];
        model.hook = columns -> now[0] += 1000L * columns;
        try (var planner = planner(model, 4, PARAMETERS.withTolerance(0), Execution.rows(1).withClock(() -> now[0]))) {
            for (int decision = 0; decision < 5; decision++) {
                planner.resetAll();
                var diagnostics = planner.plan(request(model, decision), Budget.wallClock(Duration.ofMillis(8))).diagnostics();

                assertThat(diagnostics.stopReason()).isEqualTo(StopReason.WALL_CLOCK);
                assertThat(diagnostics.nanos()).isBetween(4_000_000L, 8_000_000L);
            }
        }
    }

    @Test
    void iterationsResumeAfterAStallAndAreSeldomTriedWhereTooSlow() {
        var model = new Models.Mass(3, true);
        long[] now = new long[1];
        long[] nanosPerColumn = {1000};
        model.hook = columns -> now[0] += nanosPerColumn[0] * columns;
        try (var planner = planner(model, 4, PARAMETERS.withTolerance(0), Execution.rows(1).withClock(() -> now[0]))) {
            var budget = Budget.wallClock(Duration.ofMillis(8));
            // The first iteration of a call takes a hundred times as long as later ones.
            model.hook = columns -> now[0] += columns == 2 ? 1000L * columns : 100_000L * columns;
            planner.plan(request(model, 0), budget);
            model.hook = columns -> now[0] += nanosPerColumn[0] * columns;
            int refused = 0;
            while (refused < 12 && iterations(planner, model, budget) == 0) refused++;
            assertThat(refused).isBetween(1, 8);
            assertThat(iterations(planner, model, budget)).isGreaterThan(1);

            // Rollouts stay cheap, iterations take longer than there is time.
            model.hook = columns -> now[0] += columns == 2 ? 1000L : 60_000L * columns;
            int late = 0;
            for (int call = 0; call < 64; call++) {
                planner.resetAll();
                if (planner.plan(request(model, call), budget).diagnostics().overrunNanos() > 0) late++;
            }
            assertThat(late).isBetween(2, 8);
        }
    }

    private static long iterations(IterativeLqr planner, Models.Mass model, Budget budget) {
        planner.resetAll();
        return planner.plan(request(model, 1), budget).diagnostics().iterations();
    }

    @Test
    void cancelEndsTheCallWithWhatIsThere() {
        var model = new Models.Mass(3, true);
        try (var planner = planner(model, 4, PARAMETERS.withTolerance(0), Execution.rows(1))) {
            model.hook = columns -> planner.cancel();
            Plan plan = planner.plan(request(model, 0), Budget.UNLIMITED);

            assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.CANCELLED);
            assertThat(plan.diagnostics().iterations()).isEqualTo(1);
            assertThat(plan.predictedReturn()[0]).isFinite();
        }
    }

    @Test
    void planAllocatesNothingOnceWarm() {
        var model = new Models.Mass(3, true);
        var differences = new Models.Mass(3, false);
        try (var planner = planner(model, 4, PARAMETERS, Execution.rows(2));
                var slower = planner(differences, 4, PARAMETERS, Execution.rows(2))) {
            var request = batch(model, 2);
            var budget = Budget.wallClock(Duration.ofSeconds(10));
            var work = new Runnable() {
                @Override
                public void run() {
                    planner.resetAll();
                    planner.plan(request, budget);
                    slower.resetAll();
                    slower.plan(request, budget);
                }
            };

            assertThat(Allocation.onceWarm(work)).isZero();
        }
    }

    @Test
    void whatItCannotPlanForIsRefusedWithAdvice() {
        var model = new Models.Mass(3, false);
        assertThatThrownBy(() -> planner(model, 1, PARAMETERS, Execution.rows(1).withParticles(2))).hasMessageContaining("particles is 2")
                .hasMessageContaining("Maybe");
        assertThatThrownBy(() -> planner(model, 1, PARAMETERS.withDynamicsCurvature(true), Execution.rows(1)))
                .hasMessageContaining("not Differentiable").hasMessageContaining("Maybe");
    }
}
