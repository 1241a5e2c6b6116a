package io.ponder.planners;

import io.ponder.engine.plan.Problem;

class CemTest extends PlannerContract {
    private static final CemParameters SMALL = CemParameters.DEFAULT.withHorizon(10).withCandidates(100, 10).withIterations(4);

    @Override
    SamplingPlanner planner(Problem problem, Execution execution) {
        return Cem.planner(problem, SMALL, execution);
    }

    @Override
    SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
        return Cem.planner(problem, SMALL.withIterations(1_000_000), execution);
    }
}
