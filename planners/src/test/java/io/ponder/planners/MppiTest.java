package io.ponder.planners;

import io.ponder.engine.plan.Problem;

class MppiTest extends PlannerContract {
    private static final MppiParameters SMALL = MppiParameters.DEFAULT.withHorizon(10).withCandidates(100).withIterations(4);

    @Override
    SamplingPlanner planner(Problem problem, Execution execution) {
        return Mppi.planner(problem, SMALL, execution);
    }

    @Override
    SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
        return Mppi.planner(problem, SMALL.withIterations(1_000_000), execution);
    }
}
