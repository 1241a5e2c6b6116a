package io.ponder.engine.model;

/** A known reward, computed for a batch from observations and actions. Stateless, safe for several threads. */
public interface RewardFunction {
    /**
     * Writes the rewards of all columns.
     *
     * @param observations     {@code [observationSize x columns]}, before the step. Not modified.
     * @param actions          {@code [actionSize x columns]}. Not modified.
     * @param nextObservations {@code [observationSize x columns]}, after the step. Not modified.
     * @param out              {@code [columns]}. Modified.
     */
    void reward(float[] observations, float[] actions, float[] nextObservations, int columns, float[] out);

    /** Tells whether {@link #backward} is offered. */
    default boolean differentiable() {
        return false;
    }

    /**
     * <b>Adds</b> the derivatives of {@code sum(cotangent * reward)} to the three gradients.
     *
     * @param cotangent       {@code [columns]}. Not modified.
     * @param toObservations  {@code [observationSize x columns]}. Modified.
     * @param toActions       {@code [actionSize x columns]}. Modified.
     * @param toNext          {@code [observationSize x columns]}. Modified.
     * @throws UnsupportedOperationException where {@link #differentiable} is false
     */
    default void backward(
            float[] observations,
            float[] actions,
            float[] nextObservations,
            int columns,
            float[] cotangent,
            float[] toObservations,
            float[] toActions,
            float[] toNext) {
        throw new UnsupportedOperationException("This reward function has no gradient.");
    }
}
