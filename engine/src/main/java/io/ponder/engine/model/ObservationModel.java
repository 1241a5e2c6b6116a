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
}
