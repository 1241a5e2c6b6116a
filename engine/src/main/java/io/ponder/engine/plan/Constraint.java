package io.ponder.engine.plan;

import io.ponder.engine.model.ModelState;

/**
 * States what must hold where a plan leads: {@code g(x', u) <= 0}, or {@code = 0}, for the state x' after every step (or the last one) and
 * the action u of that step. Give g the scale of what matters: a violation of 1 should be a large one.
 *
 * <p>Stateless: several threads evaluate one at a time. Allocates nothing.
 */
public interface Constraint {
    /** Returns the number G of values that must not be positive (or must be 0). */
    int size();

    /**
     * Writes the values of all columns.
     *
     * @param reached K columns, the states after the step. Not modified.
     * @param actions {@code [A x K]}. Not modified.
     * @param out     {@code [G x K]}. Modified.
     */
    void evaluate(ModelState reached, float[] actions, float[] out);

    /** Tells whether the values must be 0, rather than at most 0. */
    default boolean equality() {
        return false;
    }

    /** Tells whether only the last step of the horizon counts. */
    default boolean atEndOnly() {
        return false;
    }

    /** Tells whether {@link #backward} is offered; planners that need gradients fall back to differences, or refuse, where it is not. */
    default boolean differentiable() {
        return false;
    }

    /**
     * <b>Adds</b> the derivatives of {@code sum(cotangent * g)} of each column.
     *
     * @param cotangent       {@code [G x K]}. Not modified.
     * @param stateCotangent  {@code [stateSize x K]}. Modified.
     * @param actionCotangent {@code [A x K]}. Modified.
     * @throws UnsupportedOperationException where {@link #differentiable} is false
     */
    default void backward(ModelState reached, float[] actions, float[] cotangent, float[] stateCotangent, float[] actionCotangent) {
        throw new UnsupportedOperationException("This constraint has no gradient.");
    }
}
