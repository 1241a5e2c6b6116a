package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.Policy;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.StopReason;
import io.ponder.planners.hybrid.RefinedPlanner;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import io.ponder.testing.Allocation;
import org.junit.jupiter.api.Test;

class RefinedPlannerTest {
    private static final int HORIZON = 20;
    private static final float[] START = {1, 0};
    private static final CemParameters CEM = CemParameters.DEFAULT.withHorizon(HORIZON).withIterations(3).withCandidates(60, 6);
    private static final GradientParameters GRADIENT = GradientParameters.DEFAULT.withHorizon(HORIZON).withStarts(4).withIterations(10);
    private static final IterativeLqrParameters ILQR = IterativeLqrParameters.DEFAULT.withHorizon(HORIZON);

    private final TestModels.DoubleIntegrator model = new TestModels.DoubleIntegrator();
    private final Problem problem =
            Problem.of(model, new float[] {-1}, new float[] {1}).withTerminalValue(new TestModels.IntegratorTerminal());

    private PlanRequest request(int seed) {
        return new PlanRequest(model, 1).observe(model, START).keys(seed, 0);
    }

    @Test
    void refinedPlanIsBetterThanBothAlone() {
        for (int seed = 0; seed < 5; seed++) {
            try (var cem = Cem.planner(problem, CEM, Execution.rows(1));
                    var gradient = GradientShooting.planner(problem, GRADIENT, Execution.rows(1));
                    var refined = RefinedPlanner.gradient(problem, Cem.planner(problem, CEM, Execution.rows(1)), GRADIENT.withMethod(GradientMethod.LBFGS),
                            Execution.rows(1));
                    var polished = RefinedPlanner.polished(problem, Cem.planner(problem, CEM, Execution.rows(1)), ILQR, Execution.rows(1))) {
                Plan found = refined.plan(request(seed), Budget.UNLIMITED);

                float alone = cem.plan(request(seed), Budget.UNLIMITED).predictedReturn()[0];
                assertThat(found.predictedReturn()[0]).isGreaterThan(alone)
                        .isGreaterThanOrEqualTo(gradient.plan(request(seed), Budget.UNLIMITED).predictedReturn()[0]);
                assertThat((double) found.predictedReturn()[0]).isCloseTo(Integrators.planReturn(START, found.sequence()), within(1e-4));
                assertThat(polished.plan(request(seed), Budget.UNLIMITED).predictedReturn()[0]).isGreaterThan(alone);
                assertThat(refined.name()).isEqualTo("cem-gradient");
                assertThat(polished.name()).isEqualTo("cem-ilqr");
            }
        }
    }

    @Test
    void budgetIsSharedAndKept() {
        try (var polished = RefinedPlanner.polished(problem, Cem.planner(problem, CEM.withIterations(1000), Execution.rows(1)), ILQR, Execution.rows(1))) {
            Plan plan = polished.plan(request(0), Budget.modelSteps(50_000));

            assertThat(plan.diagnostics().modelSteps()).isBetween(20_000L, 50_000L);
        }
    }

    @Test
    void smallestBudgetIsSpentOnce() {
        try (var polished = RefinedPlanner.polished(problem, Cem.planner(problem, CEM, Execution.rows(1)), ILQR, Execution.rows(1));
                var cem = Cem.planner(problem, CEM, Execution.rows(1))) {
            assertThat(polished.plan(request(0), Budget.iterations(1)).diagnostics().iterations()).isEqualTo(1);
            assertThat(polished.plan(request(0), Budget.iterations(1)).diagnostics().stopReason()).isEqualTo(StopReason.ITERATIONS);
            assertThat(polished.plan(request(0), Budget.iterations(2)).diagnostics().iterations()).isEqualTo(2);
            polished.resetAll();
            Plan least = polished.plan(request(0), Budget.modelSteps(1));
            Plan alone = cem.plan(request(0), Budget.modelSteps(1));
            assertThat(least.diagnostics().modelSteps()).isEqualTo(alone.diagnostics().modelSteps());
            assertThat(least.sequence()).containsExactly(alone.sequence());
        }
    }

    /** Answers with rest and remembers being cancelled. */
    private static final class Resting implements Planner {
        private final Plan plan = new Plan(1, HORIZON, 1);
        private final BudgetMeter meter = new BudgetMeter(Clock.SYSTEM);
        private boolean stopped;
        private Runnable hook = () -> {};

        @Override
        public Plan plan(PlanRequest request, Budget budget) {
            meter.start(budget);
            hook.run();
            stopped = meter.stopAsked();
            plan.predictedReturn()[0] = -1000;
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
            return "resting";
        }

        @Override
        public void close() {}
    }

    @Test
    void cancelReachesThePlannerThatRunsAndNoLaterCall() {
        var hooked = new TestModels.Hooked(0);
        var first = new Resting();
        try (var polished = RefinedPlanner.polished(Problem.of(hooked, new float[] {-1}, new float[] {1}), first, ILQR, Execution.rows(1))) {
            hooked.hook = columns -> polished.cancel();
            assertThat(polished.plan(request(0), Budget.UNLIMITED).diagnostics().stopReason()).isEqualTo(StopReason.CANCELLED);
            assertThat(first.stopped).isFalse();

            hooked.hook = columns -> {};
            first.hook = polished::cancel;
            Plan plan = polished.plan(request(0), Budget.UNLIMITED);
            assertThat(first.stopped).isTrue();
            assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.CANCELLED);
            assertThat(plan.predictedReturn()[0]).isEqualTo(-1000);

            first.hook = () -> {};
            plan = polished.plan(request(0), Budget.UNLIMITED);
            assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.COMPLETED);
            assertThat(plan.diagnostics().iterations()).isGreaterThan(1);
        }
    }

    @Test
    void planAllocatesNothingOnceWarm() {
        var budget = Budget.modelSteps(100_000);
        PlanRequest request = request(3);
        try (var refined = RefinedPlanner.gradient(
                problem, Cem.planner(problem, CEM, Execution.rows(1)), GRADIENT.withMethod(GradientMethod.LBFGS), Execution.rows(1))) {
            Runnable work = () -> refined.plan(request, budget);

            assertThat(Allocation.onceWarm(work)).isZero();
        }
    }

    /** Drives position and speed to 0, nearly as well as anything can. */
    private static final Policy POLICY = (states, keys, actions) -> {
        int n = states.columns();
        for (int k = 0; k < n; k++) actions[k] = -7.6f * states.values()[k] - 4.6f * states.values()[n + k];
    };

    @Test
    void policySeedsSamplingAndGradients() {
        Problem seeded = problem.withPolicy(POLICY);
        var few = CEM.withIterations(1).withCandidates(20, 2);
        var once = GRADIENT.withIterations(1);
        try (var plain = Cem.planner(problem, few, Execution.rows(1));
                var guided = new SamplingPlanner(
                        seeded, new PolicyCandidates(new Cem(few, seeded, 1), 0.2, seeded, 1), Execution.rows(1));
                var gradient = new SamplingPlanner(
                        seeded, new PolicyCandidates(new GradientShooting(once, seeded, 1), 0.25, seeded, 1), Execution.rows(1))) {
            float without = plain.plan(request(1), Budget.UNLIMITED).predictedReturn()[0];

            Plan with = guided.plan(request(1), Budget.UNLIMITED);

            assertThat(with.predictedReturn()[0]).isGreaterThan(without + 0.5f);
            assertThat(with.diagnostics().modelSteps()).isEqualTo((20 + 4 + 1) * (long) HORIZON);
            assertThat(gradient.plan(request(1), Budget.UNLIMITED).predictedReturn()[0]).isGreaterThan(without + 0.5f);
            assertThat(guided.name()).isEqualTo("policy-cem");
        }
        assertThatThrownBy(() -> new PolicyCandidates(new Cem(few, problem, 1), 0.2, problem, 1)).hasMessageContaining("no policy")
                .hasMessageContaining("Maybe");
    }
}
