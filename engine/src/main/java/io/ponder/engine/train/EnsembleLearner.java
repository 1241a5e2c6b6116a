package io.ponder.engine.train;

import io.ponder.engine.data.TransitionStore;

/**
 * What a model offers so that {@link FitLoop} can train it: an ensemble of E members (E may be 1) whose optimiser steps run together.
 *
 * <p>Called by one thread at a time. {@link #trainBatch} and {@link #evaluate} allocate nothing once warm.
 */
public interface EnsembleLearner {
    /** Returns the number of members E. */
    int members();

    /**
     * Prepares a fit, once before its first batch: recomputes the statistics that standardise inputs and targets from the training
     * rows. Weights and optimiser state stay unless the learner was built to start afresh at every fit.
     *
     * @param data  the store
     * @param rows  the training rows, {@code [count]}. Not modified.
     * @param count number of training rows, at least 1
     */
    void prepare(TransitionStore data, int[] rows, int count);

    /**
     * Makes one optimiser step of every member, each on its own rows.
     *
     * @param data          the store
     * @param rowsPerMember {@code [E][count]}. Not modified.
     * @param count         number of rows of each member; the last batch of an epoch is shorter
     */
    void trainBatch(TransitionStore data, int[][] rowsPerMember, int count);

    /**
     * Scores every member on the same rows; less is better. The score must not depend on the batch size of training, and is the mean
     * over rows, of any count. The squared error of standardised targets is usual (Janner et al. 2019), even where the training loss
     * is a likelihood.
     *
     * @param data          the store
     * @param rows          {@code [count]}. Not modified.
     * @param count         number of rows, at least 1
     * @param lossPerMember {@code [E]}. Modified.
     */
    void evaluate(TransitionStore data, int[] rows, int count, double[] lossPerMember);

    /** Copies the member's current weights to its best weights. */
    void keepBest(int member);

    /** Makes the best weights of every member the current ones. */
    void restoreBest();
}
