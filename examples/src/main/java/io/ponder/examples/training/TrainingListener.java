package io.ponder.examples.training;

import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.LearnedStep;
import org.jspecify.annotations.Nullable;

/** Hears how a {@link TrainingRun} goes on, in its thread. Every method does nothing unless it is overridden. */
public interface TrainingListener {
    /** Called after every round, with the losses of the newest optimiser step, null before the first. */
    default void round(long environmentSteps, double wallSeconds, long learnerSteps, @Nullable LearnedStep newest) {}

    /** Called after every evaluation. */
    default void evaluated(CurvePoint point, @Nullable LearnedStep newest) {}

    /** Called after every checkpoint. */
    default void saved(long environmentSteps) {}
}
