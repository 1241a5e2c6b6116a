package io.ponder.examples.comparison;

/** Is told how a comparison goes. Calls come from several threads, one at a time. */
public interface ComparisonListener {
    /** The run begins. */
    default void started(int experiments, int episodes) {}

    /** An episode was finished. */
    default void episode(EpisodeResult episode) {}

    /** An experiment was finished, interrupted or failed. */
    default void experiment(ExperimentResult result) {}
}
