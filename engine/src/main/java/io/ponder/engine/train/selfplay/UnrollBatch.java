package io.ponder.engine.train.selfplay;

import io.ponder.engine.Checks;

/**
 * Holds K sampled positions with what followed: what an {@link UnrollLearner} learns from in one step. Column index fastest.
 *
 * <p>Imagined step k of a column begins at position k behind the sampled one. Position 0 has no reward that led to it. A target that is not
 * known, because the episode was cut or still runs, is marked: nothing is learned from it. Behind the end of an episode values and rewards
 * are 0, actions are random (continuous ones any of the episode) and there is no policy to teach.
 *
 * <p>Memory is taken once. Filled by {@link UnrollSampler}; the learner writes {@link #valueErrors}. Not thread-safe.
 */
public final class UnrollBatch {
    private final StepShape shape;
    private final int unroll;
    private final int capacity;
    private final boolean futures;
    private final float[] observations;
    private final float[] actions;
    private final float[] rewards;
    private final float[] values;
    private final float[] policies;
    private final float[] sampledActions;
    private final float[] known;
    private final float[] inside;
    private final float[] weights;
    private final float[] valueErrors;
    private int columns;

    /**
     * Creates the memory.
     *
     * @param unroll   imagined steps U
     * @param futures  whether the observations behind position 0 are wanted too
     * @param capacity largest number of columns
     */
    public UnrollBatch(StepShape shape, int unroll, boolean futures, int capacity) {
        this.shape = shape;
        this.unroll = Checks.nonNegative("unroll", unroll);
        this.futures = futures;
        this.capacity = Checks.positive("capacity", capacity);
        int positions = Math.multiplyExact(unroll + 1, capacity);
        observations = new float[Math.multiplyExact(shape.observationSize(), futures ? positions : capacity)];
        actions = new float[Math.multiplyExact(shape.actionSize(), unroll * capacity)];
        rewards = new float[unroll * capacity];
        values = new float[positions];
        policies = new float[Math.multiplyExact(shape.edges(), positions)];
        sampledActions = new float[shape.sampled() ? Math.multiplyExact(policies.length, shape.actionSize()) : 0];
        known = new float[positions];
        inside = new float[positions];
        weights = new float[capacity];
        valueErrors = new float[capacity];
    }

    /** Sets the number of columns; the contents are undefined afterwards. */
    public UnrollBatch resize(int newColumns) {
        columns = Checks.inRange("columns", newColumns, 1, capacity);
        return this;
    }

    /** Returns the sizes of a step. */
    public StepShape shape() {
        return shape;
    }

    /** Returns the imagined steps U. */
    public int unroll() {
        return unroll;
    }

    /** Returns whether the observations behind position 0 are there. */
    public boolean futures() {
        return futures;
    }

    /** Returns the number of columns K. */
    public int columns() {
        return columns;
    }

    /** Returns the observations {@code [O x K]}, or {@code [(U + 1) x O x K]} with futures; behind an end the last one is repeated. */
    public float[] observations() {
        return observations;
    }

    /** Returns the actions {@code [U x A x K]}. */
    public float[] actions() {
        return actions;
    }

    /** Returns the rewards {@code [U x K]}: entry k is that of the step from position k, for whoever moved there. */
    public float[] rewards() {
        return rewards;
    }

    /** Returns the values {@code [(U + 1) x K]}, of whoever moves at the position. */
    public float[] values() {
        return values;
    }

    /** Returns the policies {@code [(U + 1) x W x K]}; all 0 where there is none to teach. */
    public float[] policies() {
        return policies;
    }

    /** Returns the sampled actions {@code [(U + 1) x W x A x K]} that the policies speak of; empty where the edges are the actions. */
    public float[] sampledActions() {
        return sampledActions;
    }

    /** Returns 1 where value and reward of a position are known and 0 where they are not, {@code [(U + 1) x K]}. */
    public float[] known() {
        return known;
    }

    /** Returns 1 where a position lies within its episode and 0 behind it, {@code [(U + 1) x K]}. */
    public float[] inside() {
        return inside;
    }

    /** Returns the weight {@code [K]} of each column, which corrects for how it was sampled. */
    public float[] weights() {
        return weights;
    }

    /** Receives how far the value of position 0 was from its target, {@code [K]}, not negative: the next priority. Written by the learner. */
    public float[] valueErrors() {
        return valueErrors;
    }
}
