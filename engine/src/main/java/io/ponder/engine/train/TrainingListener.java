package io.ponder.engine.train;

/**
 * Hears what the loops do, in the thread that runs them. Every method does nothing unless it is overridden; what a listener throws
 * ends the loop.
 */
public interface TrainingListener {
    /** A listener that does nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** Called after every epoch of a fit. */
    default void epochEnded(FitEpoch epoch) {}

    /** Called after every fit. */
    default void fitEnded(FitReport report) {}

    /** Called whenever collecting pauses: before a fit, and at the end of every episode. */
    default void collected(Collected collected) {}

    /** Called after every finished episode. */
    default void episodeEnded(EpisodeRecord episode) {}
}
