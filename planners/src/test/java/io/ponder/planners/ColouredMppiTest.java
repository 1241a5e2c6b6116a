package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import org.junit.jupiter.api.Test;

/** MPPI with noise that is coloured over time and charged for. */
class ColouredMppiTest extends PlannerContract {
    /** One of the 136 different products exceeds them once in a hundred seeds. */
    private static final double STANDARD_ERRORS = 4;

    private static final MppiParameters SMALL = MppiParameters.DEFAULT
            .withHorizon(10).withCandidates(100).withIterations(4).withNoiseExponent(2);

    @Override
    SamplingPlanner planner(Problem problem, Execution execution) {
        return Mppi.planner(problem, SMALL.withControlCost(ControlCost.INFORMATION_THEORETIC), execution);
    }

    @Override
    SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
        return Mppi.planner(problem, SMALL.withIterations(1_000_000), execution);
    }

    @Test
    void candidatesHaveTheCovarianceOfTheStepsTimesThatOfTheAction() {
        int horizon = 8;
        int candidates = 20_000;
        double[][] action = {{1, 0.6}, {0.6, 2}};
        double[][] steps = ColouredNoiseTest.covariance(new ColouredNoise(2, horizon));
        var parameters = MppiParameters.DEFAULT.withHorizon(horizon).withIterations(1).withCandidates(candidates)
                .withNoise(ActionNoise.ofCovariance(action)).withNoiseExponent(2);
        var model = LambdaModel.of(1, 2, (x, u, next) -> 0);
        var problem = Problem.of(model, new float[] {-1000, -1000}, new float[] {1000, 1000});
        try (var planner = Mppi.planner(problem, parameters, Execution.rows(1))) {
            planner.plan(new PlanRequest(model, 1).observe(model, new float[1]).keys(3, 0), Budget.UNLIMITED);

            Population population = planner.population();
            float[] x = population.sequences();
            for (int i = 0; i < population.length(); i++) {
                for (int j = 0; j < population.length(); j++) {
                    double sum = 0;
                    for (int k = 0; k < candidates; k++) sum += x[population.at(0, i) + k] * x[population.at(0, j) + k];
                    double expected = steps[i / 2][j / 2] * action[i % 2][j % 2];
                    double product = expected * expected
                            + steps[i / 2][i / 2] * action[i % 2][i % 2] * steps[j / 2][j / 2] * action[j % 2][j % 2];
                    assertThat(sum / candidates).isCloseTo(expected, within(STANDARD_ERRORS * Math.sqrt(product / candidates)));
                }
            }
        }
    }

    @Test
    void oneStepHasNoColour() {
        var model = new TestModels.DoubleIntegrator();
        var problem = Problem.of(model, new float[] {-1}, new float[] {1}).withTerminalValue(new TestModels.IntegratorTerminal());
        var request = new PlanRequest(model, 1).observe(model, new float[] {1, 0}).keys(7, 0);
        var white = SMALL.withHorizon(1).withNoiseExponent(0);
        try (var plain = Mppi.planner(problem, white, Execution.rows(1));
                var coloured = Mppi.planner(problem, white.withNoiseExponent(2), Execution.rows(1))) {
            assertThat(coloured.plan(request, Budget.UNLIMITED).sequence())
                    .containsExactly(plain.plan(request, Budget.UNLIMITED).sequence());
        }
    }

    @Test
    void absoluteControlCostIsRefused() {
        var charged = SMALL.withNoiseExponent(0).withControlCost(ControlCost.ABSOLUTE);

        assertThatThrownBy(() -> charged.withNoiseExponent(0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("noiseExponent is 0.5 and controlCost is ABSOLUTE")
                .hasMessageContaining("\nMaybe use NONE");
        assertThatThrownBy(() -> charged.withNoiseExponent(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("noiseExponent is -1");
    }
}
