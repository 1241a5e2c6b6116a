package io.ponder.engine.model;

/** Capability: tells what would be observed in an imagined state. Latent-only models do not offer it. */
public interface ObservationModel {
    /**
     * Writes the observations of all columns.
     *
     * @param state        K columns. Not modified.
     * @param observations {@code [observationSize x K]}. Modified.
     */
    void observe(ModelState state, float[] observations);

    /** Tells whether {@link #observeBackward} is offered. */
    default boolean observationDifferentiable() {
        return false;
    }

    /**
     * <b>Adds</b> the derivatives of {@code sum(cotangent * observation)} of each column to {@code stateCotangent}.
     *
     * @param state          K columns. Not modified.
     * @param cotangent      {@code [observationSize x K]}. Not modified.
     * @param stateCotangent {@code [stateSize x K]}. Modified.
     * @throws UnsupportedOperationException where {@link #observationDifferentiable} is false
     */
    default void observeBackward(ModelState state, float[] cotangent, float[] stateCotangent) {
        throw new UnsupportedOperationException("This observation model has no gradient.");
    }
}
