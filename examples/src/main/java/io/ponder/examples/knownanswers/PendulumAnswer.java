package io.ponder.examples.knownanswers;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.examples.evidence.PendulumGrid;
import io.ponder.examples.evidence.PendulumGridValue;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;

/**
 * T6: Pendulum-v1 over 200 steps. Known: the mean of the best returns over the starts by dynamic programming on 121 x 121 points. A planner
 * on the true model, with the value of the grid behind a short look ahead, is scored against what dynamic programming says of the same
 * starts: up to 2 % worse than on that grid, whose values are about 2 % too low, is a pass; more than 1 % better than what the grid and a
 * coarser one extrapolate to is a mistake. {@code ./ponder results} does the same on finer grids and starts of its own.
 */
final class PendulumAnswer implements KnownAnswer {
    private static final int POINTS = 121;
    private static final int STEPS = 200;
    private static final int ANGLES = 8;
    private static final double[] SPEEDS = {-0.7, 0.2};

    @Override
    public String name() {
        return "pendulum";
    }

    @Override
    public void measure(AnswerTable table) {
        PendulumGrid coarse = PendulumGrid.solve(POINTS / 2 + 1, STEPS);
        PendulumGrid fine = PendulumGrid.solve(POINTS, STEPS);
        table.row("T6 Pendulum-v1: mean of grid DP over starts, 121 x 121", -139.97, fine.meanOverStarts(), 0.05);

        double planned = planned(fine);
        table.atMost("T6 Pendulum-v1: CEM with the grid's value, % below the grid", 0, 100 * (planned / best(fine) - 1), 2);
        double extrapolated = best(PendulumGrid.extrapolated(coarse, fine));
        table.atLeast("T6 Pendulum-v1: the same, % below the extrapolated grid", 0, 100 * (planned / extrapolated - 1), 1);
    }

    private static double angle(int start) {
        int angle = start / SPEEDS.length;
        return -Math.PI + (angle + 0.5) * 2 * Math.PI / ANGLES;
    }

    private static double speed(int start) {
        return SPEEDS[start % SPEEDS.length];
    }

    /** Returns the mean of the best returns from the starts. */
    private static double best(PendulumGrid grid) {
        double sum = 0;
        int starts = ANGLES * SPEEDS.length;
        for (int b = 0; b < starts; b++) sum += grid.value(angle(b), speed(b));
        return sum / starts;
    }

    /** Returns the mean return of the planner from the starts, all side by side. */
    private static double planned(PendulumGrid grid) {
        ExactTask task = ExactTasks.find("pendulum-v1");
        var model = task.model();
        int rows = ANGLES * SPEEDS.length;
        var problem = Problem.of(model, task.actionLow(), task.actionHigh()).withTerminalValue(new PendulumGridValue(grid));
        var observations = new float[3 * rows];
        for (int b = 0; b < rows; b++) {
            observations[b] = (float) Math.cos(angle(b));
            observations[rows + b] = (float) Math.sin(angle(b));
            observations[2 * rows + b] = (float) speed(b);
        }
        var parameters = CemParameters.DEFAULT.withHorizon(2).withIterations(3).withCandidates(40, 6).withDeviation(1, 0.05);
        var request = new PlanRequest(model, rows).observe(model, observations);
        var next = new StepBuffer(model.spec(), rows);
        ModelState now = request.roots();
        var keys = new ColumnKeys(rows).resize(rows);
        double sum = 0;
        try (var planner = Cem.planner(problem, parameters, Execution.rows(rows))) {
            for (int t = 0; t < STEPS; t++) {
                float[] actions = planner.plan(request.keys(3, t), Budget.UNLIMITED).actions();
                model.step(now, actions, keys.step(t), next);
                for (int b = 0; b < rows; b++) sum += next.reward()[b];
                now.copyFrom(next.next());
            }
        }
        return sum / rows;
    }
}
