package io.ponder.engine.model;

/** Chooses an action for each column of a batch, such as a learned network does. Used to seed plans. */
public interface Policy {
    /**
     * Writes the actions of all columns.
     *
     * @param states  K columns. Not modified.
     * @param keys    random numbers of the columns, for a policy that draws
     * @param actions {@code [actionSize x K]}; clipped to the bounds by the caller. Modified.
     */
    void act(ModelState states, ColumnKeys keys, float[] actions);
}
