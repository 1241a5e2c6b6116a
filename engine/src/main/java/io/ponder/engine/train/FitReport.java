package io.ponder.engine.train;

import java.util.Arrays;

/**
 * Says what a fit did. The arrays belong to the report and are not to be modified.
 *
 * @param fit            number of the fit, from 1
 * @param epochs         epochs that were run; the last may be cut by the limit of steps
 * @param steps          optimiser steps that were made
 * @param trainingRows   rows that were trained on
 * @param heldOutRows    rows that were held out; where there are none, the training rows are scored instead
 * @param newRowsLoss    loss {@code [E]} of the old weights on the rows added since the fit before, held out or not; NaN where there
 *                       was no fit before or nothing is new
 * @param lossBefore     hold-out loss {@code [E]} before the first batch, with the new statistics
 * @param lossAfter      hold-out loss {@code [E]} of the weights that were kept
 * @param elites         members {@code [E]} by their loss afterwards, the best first; the first n are the n elites
 * @param stop           what ended the fit
 * @param seconds        wall-clock time
 */
public record FitReport(
        int fit,
        int epochs,
        int steps,
        int trainingRows,
        int heldOutRows,
        double[] newRowsLoss,
        double[] lossBefore,
        double[] lossAfter,
        int[] elites,
        Stop stop,
        double seconds) {
    /** What ended a fit. */
    public enum Stop {
        /** No member improved for more than the patience. */
        NO_IMPROVEMENT,
        /** All epochs were run. */
        MAXIMUM_EPOCHS,
        /** All optimiser steps were made. */
        MAXIMUM_STEPS,
        /** The fit was cancelled; the best weights so far were kept. */
        CANCELLED
    }

    /** Returns the mean over members of the loss of the old weights on new rows. */
    public double meanNewRowsLoss() {
        return mean(newRowsLoss);
    }

    /** Returns the mean over members of the loss before. */
    public double meanLossBefore() {
        return mean(lossBefore);
    }

    /** Returns the mean over members of the loss afterwards. */
    public double meanLossAfter() {
        return mean(lossAfter);
    }

    private static double mean(double[] losses) {
        return Arrays.stream(losses).average().orElse(Double.NaN);
    }
}
