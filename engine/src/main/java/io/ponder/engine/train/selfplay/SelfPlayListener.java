package io.ponder.engine.train.selfplay;

/** Hears what {@link SelfPlayLoop} does, in the thread that runs it. Every method does nothing unless it is overridden. */
public interface SelfPlayListener {
    /** A listener that does nothing. */
    SelfPlayListener NONE = new SelfPlayListener() {};

    /** Called after every round of playing and learning. */
    default void roundEnded(long environmentSteps, double wallSeconds, long learnerSteps) {}

    /** Called after every optimiser step. */
    default void learned(long learnerSteps, LearnedStep step) {}

    /** Called after every finished self-play episode. */
    default void episodeEnded(PlayedEpisode episode) {}

    /** Called after every evaluation. */
    default void evaluated(CurvePoint point) {}
}
