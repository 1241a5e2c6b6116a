package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import org.junit.jupiter.api.Test;

class ICemTest extends PlannerContract {
    private static final ICemParameters SMALL = ICemParameters.DEFAULT.withHorizon(10).withCandidates(100, 10).withIterations(4);

    @Override
    SamplingPlanner planner(Problem problem, Execution execution) {
        return ICem.planner(problem, SMALL, execution);
    }

    @Override
    SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
        return ICem.planner(problem, SMALL.withIterations(1_000_000), execution);
    }

    /** An elite of the call before was good as far as that call could see; the mean plan stands for all that are as good now. */
    @Test
    void ofEqualsTheMeanPlanOfTheLastIterationAnswers() {
        var model = LambdaModel.of(1, 1, (x, u, next) -> 1);
        var problem = Problem.of(model, new float[] {-1}, new float[] {1});
        try (var planner = planner(problem, Execution.rows(1))) {
            for (int decision = 0; decision < 3; decision++) {
                var request = new PlanRequest(model, 1).observe(model, new float[] {0}).keys(3, decision);
                float[] answer = planner.plan(request, Budget.UNLIMITED).sequence();
                var population = planner.population();
                var mean = new float[population.length()];
                population.readCandidate(0, population.size() - 1, mean);
                assertThat(answer).containsExactly(mean);
            }
        }
    }
}
