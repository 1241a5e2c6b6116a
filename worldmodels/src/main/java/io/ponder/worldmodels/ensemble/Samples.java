package io.ponder.worldmodels.ensemble;

import org.jspecify.annotations.Nullable;

/**
 * Holds training samples as the stages of a chain see them: for each of M blocks observations {@code [O x K]}, actions
 * {@code [A x K]} and targets {@code [D x K]}. M is the number of members, or 1 where all members see the same.
 *
 * <p>Every stage rewrites the arrays in place on the way in. Memory grows with the largest batch. Not thread-safe.
 */
public final class Samples {
    private final int observationSize;
    private final int actionSize;
    private final int targetSize;
    private int blocks;
    private int columns;
    private float[] observations = {};
    private float[] actions = {};
    private float[] targets = {};
    private @Nullable TrainingTerms terms;

    /** Creates an empty block. */
    public Samples(int observationSize, int actionSize, int targetSize) {
        this.observationSize = observationSize;
        this.actionSize = actionSize;
        this.targetSize = targetSize;
    }

    /** Sets the number of blocks M and columns K; the contents are undefined afterwards. */
    public Samples resize(int newBlocks, int newColumns) {
        blocks = newBlocks;
        columns = newColumns;
        observations = grow(observations, observationSize);
        actions = grow(actions, actionSize);
        targets = grow(targets, targetSize);
        return this;
    }

    private float[] grow(float[] array, int rows) {
        int needed = Math.multiplyExact(Math.multiplyExact(blocks, columns), rows);
        return array.length < needed ? new float[needed] : array;
    }

    /** Returns the number of blocks M. */
    public int blocks() {
        return blocks;
    }

    /** Returns the number of columns K of a block. */
    public int columns() {
        return columns;
    }

    /** Returns the entries O of an observation. */
    public int observationSize() {
        return observationSize;
    }

    /** Returns the rows A of an action. */
    public int actionSize() {
        return actionSize;
    }

    /** Returns the entries D of a target. */
    public int targetSize() {
        return targetSize;
    }

    /** Returns the observations {@code [M x O x K]}. */
    public float[] observations() {
        return observations;
    }

    /** Returns the actions {@code [M x A x K]}. */
    public float[] actions() {
        return actions;
    }

    /** Returns the targets {@code [M x D x K]}: the next observation, then the reward where it is learned. */
    public float[] targets() {
        return targets;
    }

    /** Returns what is minimised beside the networks' own loss; null for nothing. A stage that rewrites targets rewrites it with them. */
    public @Nullable TrainingTerms terms() {
        return terms;
    }

    /** Sets what is minimised beside the networks' own loss. */
    public Samples terms(@Nullable TrainingTerms newTerms) {
        terms = newTerms;
        return this;
    }
}
