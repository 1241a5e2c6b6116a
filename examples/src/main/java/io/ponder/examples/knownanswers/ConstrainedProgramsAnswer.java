package io.ponder.examples.knownanswers;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Execution;
import io.ponder.planners.constrained.ConstrainedPlanner;
import io.ponder.planners.constrained.ConstraintParameters;
import io.ponder.planners.trajectory.IterativeLqr;
import io.ponder.planners.trajectory.IterativeLqrParameters;

/**
 * T8: problems 15 and 99 of Hock and Schittkowski (1981), as control problems of 1 and 7 steps, by iLQR inside an augmented Lagrangian. The
 * models work in single precision; objective and violation of the answer are computed in double.
 */
final class ConstrainedProgramsAnswer implements KnownAnswer {
    @Override
    public String name() {
        return "constrained-programs";
    }

    @Override
    public void measure(AnswerTable table) {
        float[] fifteen = solveFifteen();
        double x = fifteen[0];
        double y = fifteen[1];
        table.row("T8 HS015: objective", 306.5, ValleyProgram.objective(x, y), 0.01);
        table.row("T8 HS015: x1", 0.5, x, 1e-4);
        table.row("T8 HS015: x2", 2, y, 1e-4);
        table.atMost("T8 HS015: violation", 0, Math.max(1 - x * y, -x - y * y), 1e-4);

        Plan plan = solveNinetyNine();
        double[] end = ThrustProgram.end(plan.sequence());
        double[] known = {0.542468, 0.529021, 0.508449, 0.480269, 0.451236, 0.409183, 0.352788};
        double off = 0;
        for (int i = 0; i < known.length; i++) off = Math.max(off, Math.abs(known[i] - plan.sequence()[i]));
        table.row("T8 HS099: objective", -0.831079892e9, -end[0] * end[0], 1e-5 * 0.831e9);
        table.atMost("T8 HS099: largest distance from x*", 0, off, 2e-3);
        table.atMost("T8 HS099: violation, relative", 0, Math.max(Math.abs(end[1] / 1e5 - 1), Math.abs(end[2] / 1e3 - 1)), 1e-5);
    }

    /** From (-2, 1), with x at most 1/2. */
    private static float[] solveFifteen() {
        var model = new ValleyProgram();
        var problem = Problem.of(model, new float[] {-5, -5}, new float[] {0.5f, 5}).withRestAction(-2, 1).withConstraints(new ValleyProgram.Inside());
        var parameters = new ConstraintParameters(1, 30, 100, 5, 1e-5, true);
        var inner = IterativeLqrParameters.DEFAULT.withHorizon(1).withIterations(200);
        try (var planner = new ConstrainedPlanner(problem, parameters, 1, Clock.SYSTEM, p -> new IterativeLqr(p, inner, Execution.rows(1)))) {
            return planner.plan(new PlanRequest(model, 1).observe(model, new float[1]), Budget.UNLIMITED).sequence().clone();
        }
    }

    private static Plan solveNinetyNine() {
        var model = new ThrustProgram();
        var problem = Problem.of(model, new float[] {0}, new float[] {1.58f}).withRestAction(0.5f).withConstraints(new ThrustProgram.Arrival());
        var parameters = new ConstraintParameters(ThrustProgram.STEPS, 20, 100, 5, 2e-6, true);
        var inner = IterativeLqrParameters.DEFAULT.withHorizon(ThrustProgram.STEPS).withIterations(100).withDynamicsCurvature(true);
        try (var planner = new ConstrainedPlanner(problem, parameters, 1, Clock.SYSTEM, p -> new IterativeLqr(p, inner, Execution.rows(1)))) {
            return planner.plan(new PlanRequest(model, 1).observe(model, new float[4]), Budget.UNLIMITED).copy();
        }
    }
}
