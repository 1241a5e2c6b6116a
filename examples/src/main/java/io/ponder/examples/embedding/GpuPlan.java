package io.ponder.examples.embedding;

import io.ponder.engine.plan.*;
import io.ponder.planners.*;
import io.ponder.worldmodels.exact.ExactTasks;

/** Swings the pendulum up with 1024 imagined rollouts a plan, each plan two kernels on the OpenCL device. */
public final class GpuPlan {
    public static void main(String[] arguments) {
        var task = ExactTasks.find("Pendulum-v1");
        var problem = Problem.of(task.model(), task.actionLow(), task.actionHigh());
        var parameters = MppiParameters.DEFAULT.withHorizon(30).withCandidates(1024).withIterations(1);
        try (var planner = Mppi.planner(problem, parameters, Execution.rows(1).on(Backend.OPENCL))) {
            var request = new PlanRequest(task.model(), 1).observe(task.model(), new float[] {-1, 0, 0});
            Plan plan = planner.plan(request.keys(42, 0), Budget.UNLIMITED);
            System.out.printf("torque %.3f on %s%n", plan.action(0, 0), plan.diagnostics().executedOn());
            System.out.printf("%d launches, %d bytes%n", plan.diagnostics().launches(), plan.diagnostics().bytesMoved());
        }
    }
}
