package io.ponder.worldmodels.latent;

/**
 * Tells which chance code led from one observation to the next, where the rules of chance are known though the model is learned. A model
 * that is told needs no encoder: its codes mean the same from the first step on.
 *
 * <p>Used by one thread at a time. Must not allocate.
 */
public interface ChanceReader {
    /** Returns the number of codes C. */
    int codes();

    /**
     * Returns the code, from 0 to C - 1, that explains how an observation followed another; -1 where none does.
     *
     * @param observations of both; entry d of the first is at {@code before + d * stride}
     * @param before       where the first begins
     * @param after        where the second begins
     * @param stride       from one entry of an observation to the next
     * @param action       index of the action that was taken in between
     */
    int read(float[] observations, int before, int after, int stride, int action);
}
