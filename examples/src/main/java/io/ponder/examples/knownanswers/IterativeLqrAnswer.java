package io.ponder.examples.knownanswers;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Execution;
import io.ponder.planners.trajectory.IterativeLqr;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import io.ponder.worldmodels.exact.ExactTask;

/**
 * T2: the double integrator by iLQR, in one iteration without bounds and by box-DDP with |u| at most 1. The model works in single
 * precision; the cost of the plan it finds is computed in double.
 */
final class IterativeLqrAnswer implements KnownAnswer {
    @Override
    public String name() {
        return "ilqr";
    }

    @Override
    public void measure(AnswerTable table) {
        Plan free = solve(Double.POSITIVE_INFINITY, 1);
        table.row("T2 double integrator: cost after one iteration of iLQR", 6.022540785821, DoubleIntegrator.cost(free.sequence()), 1e-8);
        table.row("T2 double integrator: u0 after one iteration of iLQR", -7.612958, free.action(0, 0), 1e-3);
        Plan bounded = solve(1, 50);
        table.row("T2 with |u| <= 1: cost by box-DDP", 9.0160038956, DoubleIntegrator.cost(bounded.sequence()), 1e-6);
        table.atMost("T2 with |u| <= 1: iterations of box-DDP", 20, bounded.diagnostics().iterations(), 0);
    }

    private static Plan solve(double bound, int iterations) {
        ExactTask task = DoubleIntegrator.task(bound);
        var problem = Problem.of(task.model(), task.actionLow(), task.actionHigh());
        var parameters = IterativeLqrParameters.DEFAULT.withHorizon(50).withIterations(iterations);
        try (var planner = new IterativeLqr(problem, parameters, Execution.rows(1))) {
            return planner.plan(new PlanRequest(problem.model(), 1).observe(problem.model(), DoubleIntegrator.START), Budget.UNLIMITED).copy();
        }
    }
}
