package io.ponder.engine.train;

import io.ponder.engine.Checks;

/**
 * States how {@link FitLoop} trains. The stop rule is that of Janner et al. 2019 (MBPO): training ends when for more than
 * {@code patience} epochs in a row no member lowered its hold-out loss by more than {@code relativeImprovement}.
 *
 * @param batchSize           rows of a batch of one member, at least 1; default 32
 * @param maximumEpochs       passes over the training rows, at least 1; default 100
 * @param holdOutFraction     share of the data that is held out, from 0 to 0.9; default 0.2
 * @param holdOutCap          largest number of held-out rows; default 5000
 * @param holdOutByEpisode    whether whole episodes are held out rather than transitions; default false
 * @param relativeImprovement what counts as an improvement, relative to the best loss so far, at least 0; default 0.01
 * @param patience            epochs without improvement that are endured, at least 0; default 5
 * @param bootstrap           whether every member trains on its own resample; default true
 * @param minimumSteps        optimiser steps before the fit may end, whatever the epochs and the stop rule say (tiny data), at least
 *                            0; default 0
 * @param maximumSteps        optimiser steps after which the fit ends at once, at least 1 and at least {@code minimumSteps}; default
 *                            no limit
 */
public record FitParameters(
        int batchSize,
        int maximumEpochs,
        double holdOutFraction,
        int holdOutCap,
        boolean holdOutByEpisode,
        double relativeImprovement,
        int patience,
        boolean bootstrap,
        int minimumSteps,
        int maximumSteps) {
    /** Checks the numbers. */
    public FitParameters {
        Checks.positive("batchSize", batchSize);
        Checks.positive("maximumEpochs", maximumEpochs);
        Checks.inRange("holdOutFraction", holdOutFraction, 0, 0.9);
        Checks.nonNegative("holdOutCap", holdOutCap);
        Checks.inRange("relativeImprovement", relativeImprovement, 0, 1);
        Checks.nonNegative("patience", patience);
        Checks.nonNegative("minimumSteps", minimumSteps);
        Checks.inRange("maximumSteps", maximumSteps, Math.max(1, minimumSteps), Integer.MAX_VALUE);
    }

    /** Returns the defaults. */
    public static FitParameters defaults() {
        return new FitParameters(32, 100, 0.2, 5000, false, 0.01, 5, true, 0, Integer.MAX_VALUE);
    }

    /** Returns these parameters with another batch size. */
    public FitParameters withBatchSize(int size) {
        return new FitParameters(size, maximumEpochs, holdOutFraction, holdOutCap, holdOutByEpisode, relativeImprovement, patience,
                bootstrap, minimumSteps, maximumSteps);
    }

    /** Returns these parameters with another limit of epochs. */
    public FitParameters withMaximumEpochs(int epochs) {
        return new FitParameters(batchSize, epochs, holdOutFraction, holdOutCap, holdOutByEpisode, relativeImprovement, patience,
                bootstrap, minimumSteps, maximumSteps);
    }

    /** Returns these parameters with another hold-out. */
    public FitParameters withHoldOut(double fraction, int cap, boolean byEpisode) {
        return new FitParameters(batchSize, maximumEpochs, fraction, cap, byEpisode, relativeImprovement, patience, bootstrap,
                minimumSteps, maximumSteps);
    }

    /** Returns these parameters with another stop rule. */
    public FitParameters withStopRule(double improvement, int newPatience) {
        return new FitParameters(batchSize, maximumEpochs, holdOutFraction, holdOutCap, holdOutByEpisode, improvement, newPatience,
                bootstrap, minimumSteps, maximumSteps);
    }

    /** Returns these parameters with or without resamples. */
    public FitParameters withBootstrap(boolean resample) {
        return new FitParameters(batchSize, maximumEpochs, holdOutFraction, holdOutCap, holdOutByEpisode, relativeImprovement,
                patience, resample, minimumSteps, maximumSteps);
    }

    /** Returns these parameters with other limits of optimiser steps. */
    public FitParameters withSteps(int minimum, int maximum) {
        return new FitParameters(batchSize, maximumEpochs, holdOutFraction, holdOutCap, holdOutByEpisode, relativeImprovement,
                patience, bootstrap, minimum, maximum);
    }
}
