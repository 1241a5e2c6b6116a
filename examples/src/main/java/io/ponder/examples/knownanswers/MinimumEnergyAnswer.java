package io.ponder.examples.knownanswers;

import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Constraint;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.planners.constrained.ConstrainedPlanner;
import io.ponder.planners.constrained.ConstraintParameters;
import io.ponder.planners.trajectory.IterativeLqr;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.function.Function;

/** T7: a unit mass from rest to rest over distance 1 in 1 s with the least integral of u^2, force constant over each of 20 steps. */
final class MinimumEnergyAnswer implements KnownAnswer {
    private static final int STEPS = 20;
    private static final double TIME_STEP = 1.0 / STEPS;

    @Override
    public String name() {
        return "minimum-energy";
    }

    /** Says that the mass must rest at 1 in the end. */
    private static final class Arrival implements Constraint {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public boolean equality() {
            return true;
        }

        @Override
        public boolean atEndOnly() {
            return true;
        }

        @Override
        public void evaluate(ModelState reached, float[] actions, float[] out) {
            int columns = reached.columns();
            for (int k = 0; k < columns; k++) {
                out[k] = reached.values()[k] - 1;
                out[columns + k] = reached.values()[columns + k];
            }
        }

        @Override
        public boolean differentiable() {
            return true;
        }

        @Override
        public void backward(ModelState reached, float[] actions, float[] cotangent, float[] stateCotangent, float[] actionCotangent) {
            for (int i = 0; i < 2 * reached.columns(); i++) stateCotangent[i] += cotangent[i];
        }
    }

    @Override
    public void measure(AnswerTable table) {
        var iterative = IterativeLqrParameters.DEFAULT.withHorizon(STEPS);
        Plan byGradient = solve(inner -> new IterativeLqr(inner, iterative, Execution.rows(1)), 100, 1e-5);
        table.row("T7 minimum energy, N = 20, by iLQR: integral of u^2", 12.030075, energy(byGradient), 1e-3);
        table.atMost("T7 minimum energy by iLQR: violation", 0, byGradient.diagnostics().violation()[0], 1e-5);

        var sampling = CemParameters.DEFAULT.withHorizon(STEPS).withIterations(60).withCandidates(300, 30).withDeviation(0.5, 1e-4);
        Plan bySampling = solve(inner -> Cem.planner(inner, sampling, Execution.rows(1)), 100, 2e-3);
        table.row("T7 minimum energy, N = 20, by CEM: integral of u^2", 12.030075, energy(bySampling), 0.05 * 12.03);
        table.atMost("T7 minimum energy by CEM: violation", 0, bySampling.diagnostics().violation()[0], 0.01);
    }

    private static Plan solve(Function<Problem, Planner> inner, double penalty, double tolerance) {
        var system = new LinearQuadratic(
                new double[][] {{1, TIME_STEP}, {0, 1}}, new double[][] {{0.5 * TIME_STEP * TIME_STEP}, {TIME_STEP}}, new double[2][2],
                new double[][] {{TIME_STEP}}, 20);
        var task = ExactTasks.linearQuadratic("minimum-energy", system);
        var problem = Problem.of(task.model(), task.actionLow(), task.actionHigh()).withConstraints(new Arrival());
        var parameters = ConstraintParameters.DEFAULT.withHorizon(STEPS).withRounds(12).withPenalty(penalty, 5).withTolerance(tolerance);
        try (var planner = new ConstrainedPlanner(problem, parameters, 1, Clock.SYSTEM, inner)) {
            return planner.plan(new PlanRequest(problem.model(), 1).observe(problem.model(), new float[2]), Budget.UNLIMITED).copy();
        }
    }

    private static double energy(Plan plan) {
        double sum = 0;
        for (float force : plan.sequence()) sum += TIME_STEP * force * force;
        return sum;
    }
}
