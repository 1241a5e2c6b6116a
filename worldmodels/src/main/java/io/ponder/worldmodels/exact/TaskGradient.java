package io.ponder.worldmodels.exact;

/** Derivatives of one task: of a step and of what is observed. Stateless, safe for several threads, allocates nothing. */
interface TaskGradient {
    /** Returns the number of arrays of work space that {@link #backward} needs. */
    default int scratchRows() {
        return 0;
    }

    /**
     * Writes the vector-Jacobian product of a step, as {@link io.ponder.engine.model.Differentiable#backward} does.
     *
     * @param scratch {@code [scratchRows]} arrays of at least {@code columns} entries. Modified.
     */
    void backward(
            float[] state,
            float[] action,
            int columns,
            float[] nextCotangent,
            float[] rewardCotangent,
            float[] stateCotangent,
            float[] actionCotangent,
            float[][] scratch);

    /** <b>Adds</b> the way back through the observation to {@code stateCotangent}. */
    void observeBackward(float[] state, int columns, float[] cotangent, float[] stateCotangent);

    /** Adds {@code count} entries: the way back through an observation that is the state. */
    static void addIdentity(float[] cotangent, int count, float[] stateCotangent) {
        for (int i = 0; i < count; i++) stateCotangent[i] += cotangent[i];
    }
}
