package io.ponder.engine.train.selfplay;

/**
 * Teaches the networks behind a searched model from played episodes.
 *
 * <p>The models that play see what was learned after {@link #publish}, which may be called while they do not search. One thread learns.
 */
public interface UnrollLearner {
    /** Tells whether batches have to hold the observations behind position 0. */
    boolean wantsFutures();

    /**
     * Takes one optimiser step, and writes {@link UnrollBatch#valueErrors}.
     *
     * @return what was lost, before the step
     * @throws TrainingFailedException if a loss or gradient is not finite; the parameters are then those from before the step
     */
    LearnedStep learn(UnrollBatch batch);

    /**
     * Writes the values of observations by the target network.
     *
     * @param observations {@code [O x columns]}. Not modified.
     * @param values       {@code [columns]}, of whoever moves there. Modified.
     */
    void values(float[] observations, int columns, float[] values);

    /** Lets the models that play see the newest parameters. */
    void publish();

    /** Returns the optimiser steps taken. */
    long steps();

    /** Returns everything that the next optimiser step depends on, to be saved and read back: networks, optimisers, and counters. */
    LearnerState state();
}
