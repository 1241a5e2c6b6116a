package io.ponder.planners;

import io.ponder.engine.plan.Problem;

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
}
