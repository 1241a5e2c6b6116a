package io.ponder.engine.train;

/**
 * Is a whole run of model-based learning, cut into phases between which the length of imagined rollouts may change. Not thread-safe.
 */
public interface PhasedLearning {
    /** Starts a run from nothing; everything random in it comes from the seed. */
    void begin(long seed);

    /** Returns the number of phases of a run. */
    int phases();

    /**
     * Learns for one phase.
     *
     * @param horizon length of imagined rollouts in it
     * @return what the learner was worth in it, such as its policy's return
     */
    double phase(int horizon);

    /** Returns what is known now. */
    RolloutFeatures features();
}
