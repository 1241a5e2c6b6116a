package io.ponder.planners;

import io.ponder.engine.plan.Problem;

class GradientShootingTest extends PlannerContract {
    private static final GradientParameters SMALL = GradientParameters.DEFAULT.withHorizon(10).withStarts(6).withIterations(20);

    @Override
    SamplingPlanner planner(Problem problem, Execution execution) {
        return GradientShooting.planner(problem, SMALL, execution);
    }

    @Override
    SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
        return GradientShooting.planner(problem, SMALL.withIterations(1_000_000), execution);
    }
}
