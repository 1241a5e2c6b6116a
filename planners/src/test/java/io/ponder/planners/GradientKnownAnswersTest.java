package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutGradient;
import org.junit.jupiter.api.Test;

/** The double integrator with dt = 0.1 from (1, 0) over 50 steps has optimal costs known to ten digits. */
class GradientKnownAnswersTest {
    private static final float[] START = {1, 0};
    private static final double OPTIMAL_COST = 6.022540785821;
    private static final double OPTIMAL_COST_WITHIN_ONE = 9.0160038956;

    private static Plan solve(float bound, double learningRate, int iterations) {
        var model = new TestModels.DoubleIntegrator();
        var problem = Problem.of(model, new float[] {-bound}, new float[] {bound})
                .withTerminalValue(new TestModels.IntegratorTerminal());
        var parameters = new GradientParameters(50, iterations, 3, learningRate, 0.2, 2, 1e6);
        try (var planner = GradientShooting.planner(problem, parameters, Execution.rows(1))) {
            return planner.plan(new PlanRequest(model, 1).observe(model, START), Budget.UNLIMITED).copy();
        }
    }

    @Test
    void findsTheRiccatiSolution() {
        Plan plan = solve(20, 0.03, 1500);

        assertThat((double) -plan.predictedReturn()[0]).isCloseTo(OPTIMAL_COST, within(1e-4));
        assertThat((double) plan.action(0, 0)).isCloseTo(-7.612958, within(0.1));
        assertThat((double) plan.sequence()[1]).isCloseTo(-3.832681, within(0.1));
    }

    @Test
    void findsTheOptimumOnTheBounds() {
        Plan plan = solve(1, 0.1, 1000);

        assertThat((double) -plan.predictedReturn()[0]).isCloseTo(OPTIMAL_COST_WITHIN_ONE, within(1e-4));
        assertThat(plan.action(0, 0)).isEqualTo(-1);
    }

    @Test
    void gradientOfARolloutIsThatOfCentralDifferences() {
        var model = new TestModels.DoubleIntegrator();
        int horizon = 12;
        float[] actions = new float[horizon];
        for (int t = 0; t < horizon; t++) actions[t] = (float) Math.sin(t);
        var roots = new ModelState(model.spec(), 1).resize(1);
        System.arraycopy(START, 0, roots.values(), 0, 2);
        float[] returns = new float[1];
        float[] gradient = new float[horizon];
        new RolloutGradient(model, 1, horizon)
                .compute(roots, new ColumnKeys(1).resize(1), actions, new TestModels.IntegratorTerminal(), returns, gradient);

        assertThat((double) returns[0]).isCloseTo(Integrators.planReturn(START, actions), within(1e-5));
        for (int t = 0; t < horizon; t++) {
            float[] up = actions.clone();
            float[] down = actions.clone();
            up[t] += 0.5f;
            down[t] -= 0.5f;
            // The return is quadratic, so that wide differences are exact.
            double expected = Integrators.planReturn(START, up) - Integrators.planReturn(START, down);
            assertThat((double) gradient[t]).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void gradientStepIsChargedAsThreeModelSteps() {
        var model = new TestModels.DoubleIntegrator();
        var problem = Problem.of(model, new float[] {-1}, new float[] {1});
        var parameters = GradientParameters.DEFAULT.withHorizon(7).withStarts(5).withIterations(4);
        try (var planner = GradientShooting.planner(problem, parameters, Execution.rows(1).withParticles(2))) {
            var plan = planner.plan(new PlanRequest(model, 1).observe(model, START), Budget.UNLIMITED);

            assertThat(plan.diagnostics().modelSteps()).isEqualTo(3L * 7 * 5 * 4 * 2);
        }
    }

    @Test
    void modelWithoutDerivativesIsRefusedWithAdvice() {
        var model = LambdaModel.of(1, 1, (x, u, next) -> 0);
        var problem = Problem.of(model, new float[] {-1}, new float[] {1});

        assertThatThrownBy(() -> GradientShooting.planner(problem, GradientParameters.DEFAULT, Execution.rows(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LambdaModel is not Differentiable")
                .hasMessageContaining("Maybe use cem");
    }
}
