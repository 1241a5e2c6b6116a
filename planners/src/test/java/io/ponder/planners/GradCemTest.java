package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import org.junit.jupiter.api.Test;

class GradCemTest extends PlannerContract {
    private static final CemParameters PARAMETERS = CemParameters.DEFAULT.withHorizon(20).withIterations(4).withCandidates(30, 6);

    @Override
    SamplingPlanner planner(Problem problem, Execution execution) {
        return InterleavedGradient.gradCem(problem, PARAMETERS, 2, 0.1, execution);
    }

    @Override
    SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
        return InterleavedGradient.gradCem(problem, PARAMETERS.withIterations(1_000_000), 2, 0.1, execution);
    }

    @Test
    void gradientsBeatCemOfTheSameCost() {
        var model = new TestModels.DoubleIntegrator();
        var problem = Problem.of(model, new float[] {-1}, new float[] {1}).withTerminalValue(new TestModels.IntegratorTerminal());
        double withGradients = 0;
        double without = 0;
        for (int seed = 0; seed < 10; seed++) {
            var request = new PlanRequest(model, 1).observe(model, new float[] {1, 0}).keys(seed, 0);
            // A gradient counts as three rollouts: 12 iterations of 3 times 30, or 4 of 270.
            try (var refined = planner(problem, Execution.rows(1));
                    var cem = Cem.planner(problem, PARAMETERS.withCandidates(270, 27), Execution.rows(1))) {
                withGradients += refined.plan(request, Budget.UNLIMITED).predictedReturn()[0];
                without += cem.plan(request, Budget.UNLIMITED).predictedReturn()[0];
                assertThat(refined.plan(request, Budget.UNLIMITED).diagnostics().modelSteps()).isEqualTo(12L * 3 * 30 * 20);
            }
        }
        assertThat(withGradients).isGreaterThan(without);
    }
}
