package io.ponder.planners;

import io.ponder.engine.plan.Problem;

class RandomShootingTest extends PlannerContract {
    @Override
    SamplingPlanner planner(Problem problem, Execution execution) {
        return RandomShooting.planner(problem, new RandomShootingParameters(10, 100, 4), execution);
    }

    @Override
    SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
        return RandomShooting.planner(problem, new RandomShootingParameters(10, 100, 1_000_000), execution);
    }
}
