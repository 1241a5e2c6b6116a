package io.ponder.engine.model;

/**
 * Capability: the vector-Jacobian product of one step (reverse mode), for every column of a batch. A rollout chains it backwards.
 *
 * <p>Noise is frozen: the derivative is that of the step with the random numbers of {@code keys} held fixed (the reparameterised
 * derivative). Discounts and tags count as constants. One call costs about three steps: it repeats the forward pass, because nothing
 * is recorded between {@link WorldModel#step} and this call.
 */
public interface Differentiable {
    /**
     * Writes the derivatives of {@code sum(nextCotangent * next) + sum(rewardCotangent * reward)} of each column.
     *
     * @param state           K columns, the states before the step. Not modified.
     * @param actions         {@code [actionSize x K]}. Not modified.
     * @param keys            random numbers of the step
     * @param nextCotangent   {@code [stateSize x K]}. Not modified.
     * @param rewardCotangent {@code [K]}. Not modified.
     * @param stateCotangent  {@code [stateSize x K]}, overwritten; must not be {@code nextCotangent}. Modified.
     * @param actionCotangent {@code [actionSize x K]}, overwritten. Modified.
     */
    void backward(
            ModelState state,
            float[] actions,
            ColumnKeys keys,
            float[] nextCotangent,
            float[] rewardCotangent,
            float[] stateCotangent,
            float[] actionCotangent);
}
