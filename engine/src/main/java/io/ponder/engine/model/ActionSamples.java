package io.ponder.engine.model;

import io.ponder.engine.Checks;

/**
 * Receives sampled actions: for each of {@code count} samples of each of K columns the action, how likely it was to be drawn, and how
 * likely the policy would take it. Owned by the caller, written by {@link ActionSampler}.
 *
 * <p>Memory is taken once; entries are dense in the current number of columns. Not thread-safe.
 */
public final class ActionSamples {
    private final int actionSize;
    private final int maxCount;
    private final int capacity;
    private final float[] actions;
    private final float[] logProposal;
    private final float[] logPolicy;
    private int count;
    private int columns;

    /** Creates a buffer for up to {@code maxCount} samples of each of up to {@code capacity} columns. */
    public ActionSamples(int actionSize, int maxCount, int capacity) {
        this.actionSize = Checks.positive("actionSize", actionSize);
        this.maxCount = Checks.positive("maxCount", maxCount);
        this.capacity = Checks.positive("capacity", capacity);
        int entries = Math.multiplyExact(maxCount, capacity);
        actions = new float[Math.multiplyExact(actionSize, entries)];
        logProposal = new float[entries];
        logPolicy = new float[entries];
    }

    /** Sets the numbers of samples and of columns; the contents are undefined afterwards. */
    public ActionSamples resize(int newCount, int newColumns) {
        count = Checks.inRange("count", newCount, 1, maxCount);
        columns = Checks.inRange("columns", newColumns, 0, capacity);
        return this;
    }

    /** Returns the rows of an action. */
    public int actionSize() {
        return actionSize;
    }

    /** Returns the current number of samples a column. */
    public int count() {
        return count;
    }

    /** Returns the current number of columns K. */
    public int columns() {
        return columns;
    }

    /** Returns the actions {@code [count x actionSize x K]}. */
    public float[] actions() {
        return actions;
    }

    /** Returns the logarithms {@code [count x K]} of the probability or density with which each was drawn. */
    public float[] logProposal() {
        return logProposal;
    }

    /** Returns the logarithms {@code [count x K]} of the policy's probability or density. */
    public float[] logPolicy() {
        return logPolicy;
    }
}
