package io.ponder.planners.constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Constraint;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.StopReason;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.planners.trajectory.IterativeLqr;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import io.ponder.testing.Allocation;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ConstrainedPlannerTest {
    private static final int HORIZON = 20;
    private static final float FASTEST = 0.3f;

    /** A mass that is pushed from (1, 0) to 0: cost x^2 + 0.01 u^2, with a derivative. */
    private static final class Mass implements WorldModel, Differentiable {
        @Override
        public ModelSpec spec() {
            return ModelSpec.continuous(2, 1);
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            System.arraycopy(observations, 0, out.resize(columns).values(), 0, 2 * columns);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            int n = state.columns();
            float[] x = state.values();
            float[] next = out.next().resize(n).values();
            for (int k = 0; k < n; k++) {
                out.reward()[k] = -(x[k] * x[k] + 0.01f * actions[k] * actions[k]);
                next[k] = x[k] + 0.1f * x[n + k];
                next[n + k] = x[n + k] + 0.1f * actions[k];
            }
            Arrays.fill(out.discount(), 0, n, 1);
        }

        @Override
        public void backward(ModelState state, float[] actions, ColumnKeys keys, float[] nextCotangent, float[] rewardCotangent,
                float[] stateCotangent, float[] actionCotangent) {
            int n = state.columns();
            for (int k = 0; k < n; k++) {
                stateCotangent[k] = nextCotangent[k] - 2 * rewardCotangent[k] * state.values()[k];
                stateCotangent[n + k] = 0.1f * nextCotangent[k] + nextCotangent[n + k];
                actionCotangent[k] = 0.1f * nextCotangent[n + k] - 0.02f * rewardCotangent[k] * actions[k];
            }
        }

        @Override
        public WorldModel fork() {
            return this;
        }
    }

    /** Says that the mass must not move faster to the left than {@link #FASTEST}. */
    private static final class SpeedLimit implements Constraint {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public void evaluate(ModelState reached, float[] actions, float[] out) {
            int n = reached.columns();
            for (int k = 0; k < n; k++) out[k] = -FASTEST - reached.values()[n + k];
        }

        @Override
        public boolean differentiable() {
            return true;
        }

        @Override
        public void backward(ModelState reached, float[] actions, float[] cotangent, float[] stateCotangent, float[] actionCotangent) {
            int n = reached.columns();
            for (int k = 0; k < n; k++) stateCotangent[n + k] -= cotangent[k];
        }
    }

    private static Problem problem() {
        return Problem.of(new Mass(), new float[] {-5}, new float[] {5});
    }

    private static Planner ilqr(Problem inner, int rows) {
        return new IterativeLqr(inner, IterativeLqrParameters.DEFAULT.withHorizon(HORIZON), Execution.rows(rows));
    }

    private static Planner cem(Problem inner) {
        var parameters = CemParameters.DEFAULT.withHorizon(HORIZON).withIterations(15).withCandidates(300, 30).withDeviation(0.5, 0.002);
        return Cem.planner(inner, parameters, Execution.rows(1));
    }

    private static ConstrainedPlanner planner(Problem problem, boolean clampRates, Function<Problem, Planner> inner) {
        var parameters = ConstraintParameters.DEFAULT.withHorizon(HORIZON).withTolerance(1e-3).withClampRates(clampRates);
        return new ConstrainedPlanner(problem, parameters, 1, Clock.SYSTEM, inner);
    }

    private static PlanRequest request(Problem problem) {
        return new PlanRequest(problem.model(), 1).observe(problem.model(), new float[] {1, 0});
    }

    /** Returns the greatest speed to the left. */
    private static double fastest(float[] plan) {
        double v = 0;
        double fastest = 0;
        for (float u : plan) {
            v += 0.1 * u;
            fastest = Math.max(fastest, -v);
        }
        return fastest;
    }

    @Test
    void stateConstraintHoldsForGradientAndSamplingPlanners() {
        Problem problem = problem().withConstraints(new SpeedLimit());
        Plan byGradient;
        try (var planner = planner(problem, false, p -> ilqr(p, 1)); var free = ilqr(problem(), 1)) {
            byGradient = planner.plan(request(problem), Budget.UNLIMITED).copy();
            assertThat(fastest(free.plan(request(problem), Budget.UNLIMITED).sequence())).isGreaterThan(2 * FASTEST);
        }
        assertThat(fastest(byGradient.sequence())).isCloseTo(FASTEST, within(2e-3));
        assertThat(byGradient.diagnostics().violation()[0]).isBetween(0f, 1e-3f);

        try (var planner = planner(problem, false, ConstrainedPlannerTest::cem)) {
            Plan bySampling = planner.plan(request(problem), Budget.UNLIMITED);

            assertThat(fastest(bySampling.sequence())).isLessThan(FASTEST + 0.02);
            assertThat(bySampling.predictedReturn()[0]).isBetween(1.1f * byGradient.predictedReturn()[0], byGradient.predictedReturn()[0] + 0.05f);
        }
    }

    @Test
    void rateLimitsHoldFromTheExecutedActionOn() {
        float limit = 0.5f;
        Problem problem = problem().withRateLimits(limit);
        double[] returns = new double[2];
        for (boolean gradient : new boolean[] {true, false}) {
            try (var planner = planner(problem, !gradient, p -> gradient ? ilqr(p, 1) : cem(p))) {
                planner.executed(0, 2);
                var request = request(problem);
                request.elapsedSteps()[0] = 0;
                Plan plan = planner.plan(request, Budget.UNLIMITED);

                float before = 2;
                for (float action : plan.sequence()) {
                    assertThat(Math.abs(action - before)).isLessThanOrEqualTo(limit + 1e-6f);
                    before = action;
                }
                assertThat(plan.action(0, 0)).isEqualTo(1.5f);
                returns[gradient ? 0 : 1] = plan.predictedReturn()[0];
            }
        }
        assertThat(returns[1]).isCloseTo(returns[0], within(0.05 * Math.abs(returns[0])));
    }

    @Test
    void actionOfTheLastPlanIsTheOneExecuted() {
        Problem problem = problem().withRateLimits(0.5f);
        try (var planner = planner(problem, true, ConstrainedPlannerTest::cem)) {
            Plan first = planner.plan(request(problem), Budget.UNLIMITED).copy();
            Plan second = planner.plan(request(problem), Budget.UNLIMITED);

            assertThat(Math.abs(second.action(0, 0) - first.action(0, 0))).isLessThanOrEqualTo(0.5f + 1e-6f);
        }
    }

    @Test
    void planWithoutAnythingToHeedIsThatOfThePlannerInside() {
        try (var planner = planner(problem(), true, p -> ilqr(p, 1)); var inner = ilqr(problem(), 1)) {
            Plan plan = planner.plan(request(problem()), Budget.UNLIMITED);

            assertThat(plan.sequence()).containsExactly(inner.plan(request(problem()), Budget.UNLIMITED).sequence());
            assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.COMPLETED);
            assertThat(plan.diagnostics().iterations()).isEqualTo(1);
            assertThat(plan.diagnostics().violation()[0]).isZero();
        }
    }

    @Test
    void rowOfABatchPlansAsIfAlone() {
        Problem problem = problem().withConstraints(new SpeedLimit()).withRateLimits(1.5f);
        var parameters = ConstraintParameters.DEFAULT.withHorizon(HORIZON).withClampRates(false);
        try (var two = new ConstrainedPlanner(problem, parameters, 2, Clock.SYSTEM, p -> ilqr(p, 2));
                var one = new ConstrainedPlanner(problem, parameters, 1, Clock.SYSTEM, p -> ilqr(p, 1))) {
            var batch = new PlanRequest(problem.model(), 2).observe(problem.model(), new float[] {0.4f, 1, 0.1f, 0});
            Plan together = two.plan(batch, Budget.UNLIMITED);
            Plan alone = one.plan(request(problem), Budget.UNLIMITED);

            // The other row may need more rounds, in which this one goes on improving a little.
            for (int t = 0; t < HORIZON; t++) assertThat(together.sequence()[2 * t + 1]).isCloseTo(alone.sequence()[t], within(0.02f));
        }
    }

    @Test
    void planAllocatesNothingOnceWarm() {
        Problem problem = problem().withConstraints(new SpeedLimit()).withRateLimits(1.5f);
        var parameters = ConstraintParameters.DEFAULT.withHorizon(4).withRounds(2).withClampRates(false);
        var inner = IterativeLqrParameters.DEFAULT.withHorizon(4).withIterations(2).withTrials(3);
        var budget = Budget.modelSteps(1_000_000);
        PlanRequest request = request(problem);
        try (var planner = new ConstrainedPlanner(problem, parameters, 1, Clock.SYSTEM, p -> new IterativeLqr(p, inner, Execution.rows(1)))) {
            Runnable work = () -> {
                planner.resetAll();
                planner.plan(request, budget);
            };
            assertThat(Allocation.onceWarm(work)).isZero();
        }
    }

    @Test
    void pricedModelHasTheGradientOfDifferences() {
        Problem problem = problem().withConstraints(new SpeedLimit()).withRateLimits(0.2f);
        for (boolean clamp : new boolean[] {false, true}) {
            var multipliers = new Multipliers(problem, ConstraintParameters.DEFAULT.withHorizon(3).withClampRates(clamp), 1);
            multipliers.hasPrevious(0, true);
            multipliers.update(0, 0, 1, 0.05);
            var model = new PricedModel(problem.model(), multipliers, true);
            var random = new Random(4);
            for (int trial = 0; trial < 20; trial++) {
                float[] x = {(float) random.nextGaussian(), (float) (-FASTEST + 0.2 * random.nextGaussian()), (float) random.nextGaussian()};
                float action = x[2] + 0.3f * (float) random.nextGaussian();
                float[] weights = {(float) random.nextGaussian(), (float) random.nextGaussian(), (float) random.nextGaussian()};
                float[] toState = new float[3];
                float[] toAction = new float[1];
                model.backward(state(model, x), new float[] {action}, new ColumnKeys(1).resize(1), weights, new float[] {1}, toState, toAction);
                for (int d = 0; d < 4; d++) {
                    float h = 1e-3f;
                    double up = objective(model, x, action, weights, d, h);
                    double down = objective(model, x, action, weights, d, -h);
                    float found = d < 3 ? toState[d] : toAction[0];
                    // A kink within the stencil shows as one-sided slopes that differ.
                    double middle = objective(model, x, action, weights, d, 0);
                    if (Math.abs((up - middle) - (middle - down)) > 2e-4) continue;
                    assertThat((double) found).isCloseTo((up - down) / (2 * h), within(2e-2 * (1 + Math.abs(found))));
                }
            }
        }
    }

    private static ModelState state(PricedModel model, float[] x) {
        var state = new ModelState(model.spec(), 1).resize(1);
        System.arraycopy(x, 0, state.values(), 0, 3);
        state.tags()[1] = 1;
        return state;
    }

    private static double objective(PricedModel model, float[] x, float action, float[] weights, int entry, float change) {
        float[] moved = x.clone();
        if (entry < 3) moved[entry] += change;
        var out = new StepBuffer(model.spec(), 1);
        model.step(state(model, moved), new float[] {entry == 3 ? action + change : action}, new ColumnKeys(1).resize(1), out);
        double sum = out.reward()[0];
        for (int d = 0; d < 3; d++) sum += weights[d] * out.next().values()[d];
        return sum;
    }

    @Test
    void plannersThatKnowOnlyBoundsRefuseConstraintsWithAdvice() {
        assertThatThrownBy(() -> cem(problem().withConstraints(new SpeedLimit()))).hasMessageContaining("1 constraints, but cem")
                .hasMessageContaining("Maybe wrap it in a ConstrainedPlanner");
        assertThatThrownBy(() -> ilqr(problem().withRateLimits(1), 1)).hasMessageContaining("rate limits, but ilqr");
        assertThatThrownBy(() -> problem().withRateLimits(-1)).hasMessageContaining("perStep[0] is -1");
    }

    @Test
    void constraintThatThrowsIsCountedAndSurvived() {
        boolean[] broken = {true};
        var limit = new Constraint() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public void evaluate(ModelState reached, float[] actions, float[] out) {
                if (broken[0]) throw new IllegalStateException("broken");
                Arrays.fill(out, 0, reached.columns(), -1);
            }
        };
        Problem problem = problem().withConstraints(limit);
        try (var planner = planner(problem, false, ConstrainedPlannerTest::cem)) {
            Plan plan = planner.plan(request(problem), Budget.iterations(15));

            assertThat(plan.diagnostics().modelFailures()).isPositive();
            assertThat(plan.diagnostics().modelFailure()).hasMessage("broken");
            assertThat(plan.predictedReturn()[0]).isEqualTo(Float.NEGATIVE_INFINITY);
            for (float action : plan.sequence()) assertThat(action).isBetween(-5f, 5f);

            broken[0] = false;
            planner.plan(request(problem), Budget.iterations(15));
            assertThat(plan.diagnostics().modelFailures()).isZero();
            assertThat(plan.predictedReturn()[0]).isFinite();
        }
        try (var planner = planner(problem(), false, p -> ilqr(p, 1))) {
            assertThatThrownBy(() -> planner.executed(0, 6)).hasMessageContaining("action[0] is 6");
        }
    }

    /** Answers call c (from 0) with the action c all along and remembers being stopped. */
    private static final class Counting implements Planner {
        private final Plan plan;
        private final BudgetMeter meter = new BudgetMeter(Clock.SYSTEM);
        private int calls;
        private boolean stopped;

        Counting(int horizon) {
            plan = new Plan(1, horizon, 1);
        }

        @Override
        public Plan plan(PlanRequest request, Budget budget) {
            meter.start(budget);
            stopped = meter.stopAsked();
            Arrays.fill(plan.sequence(), calls++);
            plan.diagnostics().record(StopReason.COMPLETED, meter, 0, "cpu");
            return plan;
        }

        @Override
        public void reset(int... rows) {}

        @Override
        public void resetAll() {}

        @Override
        public void cancel() {}

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public void close() {}
    }

    /** Is not violated by rest and by 1 everywhere else; does something when evaluated. */
    private static Constraint rest(Runnable hook) {
        return new Constraint() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public void evaluate(ModelState reached, float[] actions, float[] out) {
                hook.run();
                for (int k = 0; k < reached.columns(); k++) out[k] = actions[k] == 0 ? -1 : 1;
            }
        };
    }

    @Test
    void planWithoutAReturnYieldsToOneThatViolates() {
        LambdaModel model = LambdaModel.of(1, 1, (x, u, next) -> u[0] == 0 ? Double.NaN : -u[0]);
        Problem problem = Problem.of(model, new float[] {-5}, new float[] {5}).withConstraints(rest(() -> {}));
        try (var planner = planner(problem, false, p -> new Counting(HORIZON))) {
            Plan plan = planner.plan(new PlanRequest(model, 1).observe(model, new float[] {1}), Budget.UNLIMITED);

            assertThat(plan.action(0, 0)).isEqualTo(1);
            assertThat(plan.predictedReturn()[0]).isEqualTo(-HORIZON);
            assertThat(plan.diagnostics().violation()[0]).isEqualTo(1);
        }
    }

    @Test
    void cancelBetweenRoundsIsNotLeftToThePlannerInside() {
        Runnable[] hook = {() -> {}};
        Problem problem = problem().withConstraints(rest(() -> hook[0].run()));
        var inner = new Counting(HORIZON);
        try (var planner = planner(problem, false, p -> inner)) {
            hook[0] = planner::cancel;
            assertThat(planner.plan(request(problem), Budget.UNLIMITED).diagnostics().stopReason()).isEqualTo(StopReason.CANCELLED);
            assertThat(inner.calls).isEqualTo(1);
            assertThat(inner.stopped).isFalse();

            hook[0] = () -> {};
            assertThat(planner.plan(request(problem), Budget.UNLIMITED).diagnostics().stopReason()).isEqualTo(StopReason.COMPLETED);
        }
    }

    @Test
    void horizonOfThePlannerInsideIsChecked() {
        try (var planner = planner(problem(), false, p -> new Counting(HORIZON + 1))) {
            assertThatThrownBy(() -> planner.plan(request(problem()), Budget.UNLIMITED)).hasMessageContaining("is 21")
                    .hasMessageContaining("horizon of the parameters is 20");
        }
    }
}
