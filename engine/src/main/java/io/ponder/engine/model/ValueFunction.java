package io.ponder.engine.model;

/** Estimates the return to come from each column of a batch. Used as the terminal value of a planner's horizon. */
public interface ValueFunction {
    /**
     * Writes the values of all columns.
     *
     * @param state K columns. Not modified.
     * @param out   {@code [K]}. Modified.
     */
    void value(ModelState state, float[] out);

    /**
     * Writes the gradients of the values with respect to the state.
     *
     * @param out {@code [stateSize x K]}. Modified.
     * @throws UnsupportedOperationException where {@link #differentiable} is false
     */
    default void gradient(ModelState state, float[] out) {
        throw new UnsupportedOperationException("This value function has no gradient.");
    }

    /** Tells whether {@link #gradient} is offered. */
    default boolean differentiable() {
        return false;
    }
}
