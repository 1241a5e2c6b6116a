package io.ponder.engine.model;

/**
 * Capability: proposes actions where they cannot be listed, because they are continuous or too many. The search tries only the proposed
 * ones and corrects for how they were drawn (Sampled MuZero, Hubert and others 2021).
 */
public interface ActionSampler {
    /**
     * Draws {@code count} actions for every column, independently and with replacement.
     *
     * @param states K columns. Not modified.
     * @param count  actions a column, at least 1
     * @param keys   random numbers of the columns
     * @param out    resized to {@code count} and K. Modified.
     */
    void sample(ModelState states, int count, ColumnKeys keys, ActionSamples out);
}
