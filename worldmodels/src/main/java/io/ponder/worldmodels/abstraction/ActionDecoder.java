package io.ponder.worldmodels.abstraction;

/**
 * Turns latent actions into actions of the environment, given the observation: the low-level policy of an abstraction. Stateless, safe for
 * several threads.
 */
public interface ActionDecoder {
    /** Returns the entries of a latent action. */
    int latentSize();

    /** Returns the entries of an action. */
    int actionSize();

    /**
     * Writes the actions of all columns.
     *
     * @param observations {@code [O x columns]}. Not modified.
     * @param latents      {@code [latentSize x columns]}, each entry from -1 to 1. Not modified.
     * @param actions      {@code [actionSize x columns]}. Modified.
     */
    void decode(float[] observations, float[] latents, int columns, float[] actions);
}
