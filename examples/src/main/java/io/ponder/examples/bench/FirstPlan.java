package io.ponder.examples.bench;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Execution;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.worldmodels.exact.ExactTasks;

/** The smallest program that plans: MPPI with 1000 sequences of 15 steps on the exact pendulum, one action, end. */
final class FirstPlan {
    private FirstPlan() {}

    /** Prints the action, then ends. */
    public static void main(String[] arguments) {
        var pendulum = ExactTasks.find("pendulum-v1");
        var problem = Problem.of(pendulum.model(), pendulum.actionLow(), pendulum.actionHigh());
        var parameters = MppiParameters.DEFAULT.withHorizon(15).withCandidates(1000).withIterations(1);
        try (var planner = Mppi.planner(problem, parameters, Execution.rows(1))) {
            var request = new PlanRequest(problem.model(), 1).observe(problem.model(), new float[] {-1, 0, 0});
            System.out.println("action " + planner.plan(request, Budget.UNLIMITED).action(0, 0));
        }
    }
}
