package io.ponder.engine.plan;

import io.ponder.engine.Checks;

/**
 * Answers a {@link PlanRequest}: for each of B rows the action, the planned actions over the horizon and the return they promise.
 *
 * <p>The plan that a planner returns is a view of the planner's memory, valid until its next call; {@link #copy} keeps one.
 * Not thread-safe.
 */
public final class Plan {
    private final int rows;
    private final int horizon;
    private final int actionSize;
    private final float[] actions;
    private final float[] sequence;
    private final float[] predictedReturn;
    private final PlanDiagnostics diagnostics;

    /** Creates an empty plan. Called by planners. */
    public Plan(int rows, int horizon, int actionSize) {
        this.rows = Checks.positive("rows", rows);
        this.horizon = Checks.positive("horizon", horizon);
        this.actionSize = Checks.positive("actionSize", actionSize);
        actions = new float[actionSize * rows];
        sequence = new float[Math.multiplyExact(horizon * actionSize, rows)];
        predictedReturn = new float[rows];
        diagnostics = new PlanDiagnostics(rows);
    }

    /** Returns the number of rows B. */
    public int rows() {
        return rows;
    }

    /** Returns the planning horizon T. */
    public int horizon() {
        return horizon;
    }

    /** Returns the entries A of an action. */
    public int actionSize() {
        return actionSize;
    }

    /** Returns the actions to execute now, {@code [A x B]}. */
    public float[] actions() {
        return actions;
    }

    /** Returns entry {@code dimension} of the action of row {@code row}. */
    public float action(int row, int dimension) {
        return actions[Checks.inRange("dimension", dimension, 0, actionSize - 1) * rows + Checks.inRange("row", row, 0, rows - 1)];
    }

    /** Copies the action of a row into {@code out}, {@code [A]}. */
    public void readAction(int row, float[] out) {
        Checks.inRange("row", row, 0, rows - 1);
        for (int a = 0; a < actionSize; a++) out[a] = actions[a * rows + row];
    }

    /** Returns the planned actions {@code [T x A x B]}; the first may differ from {@link #actions} where the planner explores. */
    public float[] sequence() {
        return sequence;
    }

    /** Returns the return {@code [B]} that the model promises for the planned actions, terminal value included. */
    public float[] predictedReturn() {
        return predictedReturn;
    }

    /** Returns what the planner did. */
    public PlanDiagnostics diagnostics() {
        return diagnostics;
    }

    /** Returns a copy that stays as it is. Allocates. */
    public Plan copy() {
        var copy = new Plan(rows, horizon, actionSize);
        System.arraycopy(actions, 0, copy.actions, 0, actions.length);
        System.arraycopy(sequence, 0, copy.sequence, 0, sequence.length);
        System.arraycopy(predictedReturn, 0, copy.predictedReturn, 0, rows);
        copy.diagnostics.copyFrom(diagnostics);
        return copy;
    }
}
