package io.ponder.engine.classic;

/**
 * Steps a block of samples of one task in float: the inner loop of exact models and of planner tests.
 *
 * <p>All blocks are structures of arrays with the sample index fastest and dense in {@code columns}: states {@code [stateSize x K]},
 * actions {@code [actionSize x K]}. A block of 64 to 512 samples stays in the first-level cache and is fastest. Every sample is computed
 * alone, so a column of a large block equals the same column of a small one.
 *
 * <p>Implementations are stateless, safe for several threads, and allocate nothing. Work space comes from the caller.
 */
public interface BatchedTask {
    /** Returns the name of the environment with these equations. */
    String name();

    /** Returns the number of entries of a state. */
    int stateSize();

    /** Returns the number of entries of an observation. */
    int observationSize();

    /** Returns the number of entries of an action; a discrete action is one entry that holds its index. */
    int actionSize();

    /** Returns the number of discrete actions, or 0 for continuous actions. */
    default int actionCount() {
        return 0;
    }

    /** Returns the number of arrays of work space that {@link #step} needs. */
    int scratchRows();

    /** Returns new work space for up to {@code capacity} samples. Allocates. */
    default float[][] newScratch(int capacity) {
        return new float[scratchRows()][capacity];
    }

    /**
     * Steps every column.
     *
     * @param state    {@code [stateSize x columns]}. Not modified.
     * @param action   {@code [actionSize x columns]}. Not modified.
     * @param columns  number of samples K
     * @param next     {@code [stateSize x columns]}; must not be {@code state}. Modified.
     * @param reward   {@code [columns]}. Modified.
     * @param discount {@code [columns]}: 0 where the transition terminated, else 1. Modified.
     * @param scratch  {@code [scratchRows]} arrays of at least {@code columns} entries. Modified.
     */
    void step(float[] state, float[] action, int columns, float[] next, float[] reward, float[] discount, float[][] scratch);

    /**
     * Writes what is observed in every state.
     *
     * @param state       {@code [stateSize x columns]}. Not modified.
     * @param observation {@code [observationSize x columns]}. Modified.
     */
    void observe(float[] state, int columns, float[] observation);

    /**
     * Writes a state for every observation; an angle comes back in [-pi, pi].
     *
     * @param observation {@code [observationSize x columns]}. Not modified.
     * @param state       {@code [stateSize x columns]}. Modified.
     */
    void stateOf(float[] observation, int columns, float[] state);
}
