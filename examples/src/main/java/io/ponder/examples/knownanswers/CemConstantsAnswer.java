package io.ponder.examples.knownanswers;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.planners.SamplingPlanner;

/**
 * T4: the cross-entropy method on a linear objective. An iteration moves the mean by the mean of the normal distribution's tail, and
 * multiplies the deviation by the tail's spread.
 */
final class CemConstantsAnswer implements KnownAnswer {
    private static final int CANDIDATES = 100_000;

    /** About four standard errors of the mean and of the deviation of the fewest elites. */
    private static final double TOLERANCE = 0.02;

    @Override
    public String name() {
        return "cem-constants";
    }

    /** Returns mean and deviation after some iterations from mean 0 and deviation 1, without smoothing or floor. */
    private static double[] run(double share, int iterations) {
        var problem = Problem.of(LambdaModel.of(1, 1, (x, u, next) -> u[0]), new float[] {-1000}, new float[] {1000});
        var parameters = new CemParameters(1, iterations, CANDIDATES, (int) (share * CANDIDATES), 0, 0.001, 0);
        var cem = new Cem(parameters, problem, 1);
        try (var planner = new SamplingPlanner(problem, cem, Execution.rows(1))) {
            planner.plan(new PlanRequest(problem.model(), 1).observe(problem.model(), new float[1]), Budget.UNLIMITED);
            return new double[] {planner.population().mean(0)[0], cem.deviation(0)[0]};
        }
    }

    @Override
    public void measure(AnswerTable table) {
        measure(table, 0.1, 1.754983, 0.411260, 2.980916);
        measure(table, 0.05, 2.062713, 0.371586, 3.282413);
    }

    private static void measure(AnswerTable table, double share, double move, double factor, double travel) {
        String name = "T4 CEM, elites " + share + " of K: ";
        double[] first = run(share, 1);
        table.row(name + "move / deviation", move, first[0], TOLERANCE);
        table.row(name + "factor of the deviation", factor, first[1], TOLERANCE);
        table.row(name + "travel in 12 iterations", travel, run(share, 12)[0], 1.5 * TOLERANCE);
    }
}
