package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import org.junit.jupiter.api.Test;

class QuasiNewtonShootingTest extends PlannerContract {
    private static final GradientParameters PARAMETERS =
            GradientParameters.DEFAULT.withMethod(GradientMethod.LBFGS).withHorizon(20).withIterations(15).withStarts(4);

    @Override
    SamplingPlanner planner(Problem problem, Execution execution) {
        return GradientShooting.planner(problem, PARAMETERS, execution);
    }

    @Override
    SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
        return GradientShooting.planner(problem, PARAMETERS.withIterations(1_000_000), execution);
    }

    private static double cost(float bound, GradientMethod method, double rate, int iterations) {
        var model = new TestModels.DoubleIntegrator();
        var problem = Problem.of(model, new float[] {-bound}, new float[] {bound}).withTerminalValue(new TestModels.IntegratorTerminal());
        var parameters = new GradientParameters(50, iterations, 1, rate, 0.2, 2, 1e6, method);
        float[] start = {1, 0};
        try (var planner = GradientShooting.planner(problem, parameters, Execution.rows(1))) {
            Plan plan = planner.plan(new PlanRequest(model, 1).observe(model, start), Budget.UNLIMITED);
            return -Integrators.planReturn(start, plan.sequence());
        }
    }

    @Test
    void findsTheOptimumWithAndWithoutBoundsInFewSteps() {
        assertThat(cost(20, GradientMethod.LBFGS, 0.1, 120)).isCloseTo(6.022540785821, within(1e-3));
        assertThat(cost(1, GradientMethod.LBFGS, 0.1, 120)).isCloseTo(9.0160038956, within(2e-3));
    }

    @Test
    void needsFewerStepsThanAdamAndPlainGradients() {
        double quasiNewton = cost(1, GradientMethod.LBFGS, 0.1, 40);
        assertThat(quasiNewton).isLessThan(cost(1, GradientMethod.ADAM, 0.1, 40));
        // The largest plain step that does not overshoot.
        double plain = cost(1, GradientMethod.SGD, 0.01, 40);
        assertThat(plain).isBetween(quasiNewton, 40.0);
    }
}
