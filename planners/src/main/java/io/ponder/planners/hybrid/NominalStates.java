package io.ponder.planners.hybrid;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/**
 * Keeps for every row the state in which it would be if the model were right: it moves by the model and the planned actions alone. Where
 * the old plan promises as much from the state that the row is really in, or nothing from the nominal one, the real one becomes nominal.
 */
final class NominalStates {
    /** Relative difference of returns that is rounding, or the same state written another way, such as an angle and a turn more. */
    private static final double SAME = 1e-4;

    private final Problem problem;
    private final WorldModel model;
    private final int rows;
    private final int m;
    private final int horizon;
    private final ModelState states;
    private final boolean[] known;
    private final StepBuffer[] steps;
    private final ColumnKeys keys;
    private final float[] actions;
    private final double[] returns;
    private final double[] weights;
    private final float[] terminal;

    NominalStates(Problem problem, int rows, int horizon) {
        this.problem = problem;
        this.rows = rows;
        this.horizon = horizon;
        model = problem.model();
        m = problem.actionSize();
        states = new ModelState(model.spec(), rows).resize(rows);
        known = new boolean[rows];
        steps = new StepBuffer[] {new StepBuffer(model.spec(), 2 * rows), new StepBuffer(model.spec(), 2 * rows)};
        keys = new ColumnKeys(2 * rows);
        actions = new float[m * 2 * rows];
        returns = new double[2 * rows];
        weights = new double[2 * rows];
        terminal = new float[2 * rows];
    }

    /** Returns the nominal states {@code [B]}. */
    ModelState states() {
        return states;
    }

    /** Makes the next real state of a row the nominal one. */
    void forget(int row) {
        known[row] = false;
    }

    /** Makes the real states of all rows the nominal ones. */
    void restart(PlanRequest request) {
        states.copyFrom(request.roots());
        Arrays.fill(known, true);
    }

    /** Returns the most model steps that a call of {@link #move} takes. */
    long modelSteps() {
        return 3L * rows * horizon * model.stepCost();
    }

    /**
     * Moves the states by what was planned for the elapsed steps, and decides which are still worth keeping.
     *
     * @param plan the plans of the last call, {@code [T x A x B]}. Not modified.
     */
    void move(PlanRequest request, float[] plan, BudgetMeter meter) {
        int longest = 0;
        boolean any = false;
        for (int b = 0; b < rows; b++) {
            int elapsed = Math.max(0, request.elapsedSteps()[b]);
            if (elapsed >= horizon) known[b] = false;
            any |= known[b];
            if (known[b]) longest = Math.max(longest, elapsed);
            else copyColumn(request.roots(), b, states, b);
        }
        if (any) {
            meter.chargeModelSteps((long) rows * (longest + 2L * horizon) * model.stepCost());
            advance(request, plan, longest);
            compare(request, plan);
        }
        Arrays.fill(known, true);
    }

    private void advance(PlanRequest request, float[] plan, int longest) {
        begin(request, rows);
        StepBuffer from = steps[0];
        StepBuffer to = steps[1];
        from.next().copyFrom(states);
        model.begin(from.next(), keys);
        for (int t = 0; t < longest; t++) {
            System.arraycopy(plan, t * m * rows, actions, 0, m * rows);
            model.step(from.next(), actions, keys.step(t), to);
            for (int b = 0; b < rows; b++) if (known[b] && t < request.elapsedSteps()[b]) copyColumn(to.next(), b, states, b);
            StepBuffer swap = from;
            from = to;
            to = swap;
        }
    }

    /** Rolls the rest of the old plans out from the nominal and the real states, side by side. */
    private void compare(PlanRequest request, float[] plan) {
        int columns = 2 * rows;
        begin(request, columns);
        StepBuffer from = steps[0];
        StepBuffer to = steps[1];
        from.next().resize(columns);
        for (int b = 0; b < rows; b++) {
            copyColumn(states, b, from.next(), b);
            copyColumn(request.roots(), b, from.next(), rows + b);
        }
        model.begin(from.next(), keys);
        Arrays.fill(returns, 0);
        Arrays.fill(weights, 1);
        for (int t = 0; t < horizon; t++) {
            for (int k = 0; k < columns; k++) {
                int at = t + Math.max(0, request.elapsedSteps()[k % rows]);
                for (int a = 0; a < m; a++) {
                    actions[a * columns + k] = at < horizon ? plan[(at * m + a) * rows + k % rows] : problem.restAction(a);
                }
            }
            model.step(from.next(), actions, keys.step(t), to);
            for (int k = 0; k < columns; k++) {
                if (weights[k] != 0) returns[k] += weights[k] * to.reward()[k];
                weights[k] = weights[k] == 0 ? 0 : weights[k] * to.discount()[k];
            }
            StepBuffer swap = from;
            from = to;
            to = swap;
        }
        ValueFunction value = problem.terminalValue();
        if (value != null) {
            value.value(from.next(), terminal);
            for (int k = 0; k < columns; k++) if (weights[k] != 0) returns[k] += weights[k] * terminal[k];
        }
        for (int b = 0; b < rows; b++) {
            double nominal = returns[b];
            boolean keep = Double.isFinite(nominal) && !(returns[rows + b] >= nominal - SAME * Math.abs(nominal));
            if (!keep) copyColumn(request.roots(), b, states, b);
        }
    }

    private void begin(PlanRequest request, int columns) {
        keys.resize(columns).step(0);
        for (int k = 0; k < columns; k++) keys.set(k, k + 1, CounterRandom.key(request.keys()[k % rows], 0), 0);
    }

    private static void copyColumn(ModelState from, int column, ModelState to, int target) {
        for (int d = 0; d < from.stateSize(); d++) to.values()[d * to.columns() + target] = from.values()[d * from.columns() + column];
        for (int d = 0; d < from.tagSize(); d++) to.tags()[d * to.columns() + target] = from.tags()[d * from.columns() + column];
    }
}
