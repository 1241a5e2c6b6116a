package io.ponder.planners;

import io.ponder.engine.plan.Problem;

class CategoricalCemTest extends PlannerContract {
    private static final CategoricalCemParameters SMALL =
            CategoricalCemParameters.DEFAULT.withHorizon(10).withCandidates(100, 10).withIterations(4);

    @Override
    int actionCount() {
        return 9;
    }

    @Override
    SamplingPlanner planner(Problem problem, Execution execution) {
        return CategoricalCem.planner(problem, SMALL, execution);
    }

    @Override
    SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
        return CategoricalCem.planner(problem, SMALL.withIterations(1_000_000), execution);
    }
}
