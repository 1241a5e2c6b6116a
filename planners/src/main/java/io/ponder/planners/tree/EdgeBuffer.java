package io.ponder.planners.tree;

import io.ponder.engine.Checks;

/**
 * Receives the edges of new decision nodes: for each of E edges of K columns its logit and its action. Dense in the current
 * number of columns. Not thread-safe.
 */
public final class EdgeBuffer {
    private final int edges;
    private final int actionSize;
    private final float[] logits;
    private final float[] actions;
    private int columns;

    EdgeBuffer(int edges, int actionSize, int capacity) {
        this.edges = edges;
        this.actionSize = actionSize;
        logits = new float[Math.multiplyExact(edges, capacity)];
        actions = new float[Math.multiplyExact(edges * actionSize, capacity)];
    }

    /** Sets the number of columns. */
    public EdgeBuffer resize(int newColumns) {
        columns = Checks.inRange("columns", newColumns, 0, logits.length / edges);
        return this;
    }

    /** Returns the edges E. */
    public int edges() {
        return edges;
    }

    /** Returns the entries A of an action. */
    public int actionSize() {
        return actionSize;
    }

    /** Returns the number of columns K. */
    public int columns() {
        return columns;
    }

    /** Returns the logits {@code [E x K]}, minus infinity where there is no such edge. */
    public float[] logits() {
        return logits;
    }

    /** Returns the actions {@code [E x A x K]}; a discrete action is its index. */
    public float[] actions() {
        return actions;
    }
}
