package io.ponder.worldmodels.objective;

import io.ponder.engine.Checks;
import io.ponder.engine.data.TransitionBatch;
import io.ponder.engine.data.TransitionStore;
import java.util.Arrays;

/**
 * Says how much each transition counts in the loss of a model. Weights need not be normalised: whoever fits rescales them to mean 1, so
 * that a learning rate means the same with any weighting.
 *
 * <p>Computed once for a fit. One thread at a time.
 */
@FunctionalInterface
public interface SampleWeighting {
    /**
     * Writes the weight of every transition.
     *
     * @param batch   K transitions. Not modified.
     * @param weights {@code [K]}, at least 0. Modified.
     */
    void weigh(TransitionBatch batch, float[] weights);

    /**
     * Returns the weights of rows of a store, rescaled to mean 1 over them. Allocates.
     *
     * @param rows  the rows that a fit trains on, {@code [count]}. Not modified.
     * @return {@code [data.size()]} by row; 0 for a row that is not among them
     * @throws IllegalArgumentException if a weight is negative or not finite, or all are 0
     */
    static float[] byRow(SampleWeighting weighting, TransitionStore data, int[] rows, int count) {
        Checks.positive("count", count);
        int block = Math.min(count, 1024);
        var batch = new TransitionBatch(data.observationSize(), data.actionSize(), block);
        var weights = new float[block];
        var byRow = new float[data.size()];
        double sum = 0;
        for (int first = 0; first < count; first += block) {
            int columns = Math.min(block, count - first);
            weighting.weigh(batch.gather(data, rows, first, columns), weights);
            for (int k = 0; k < columns; k++) {
                sum += Checks.inRange("weight of row " + rows[first + k], weights[k], 0, Float.MAX_VALUE);
                byRow[rows[first + k]] = weights[k];
            }
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("All " + count + " weights are 0, but at least one must be greater."
                    + "\nMaybe the width of the weighting is too small for this data.");
        }
        float scale = (float) (count / sum);
        for (int i = 0; i < byRow.length; i++) byRow[i] *= scale;
        return byRow;
    }

    /** Returns the weights of all rows of a store, rescaled to mean 1. Allocates. */
    static float[] ofAll(SampleWeighting weighting, TransitionStore data) {
        var rows = new int[data.size()];
        Arrays.setAll(rows, i -> i);
        return byRow(weighting, data, rows, rows.length);
    }

    /**
     * Returns how many equally weighted samples tell as much as these: (sum w)^2 / sum w^2 (Kish 1965), from 1 to their number. Where it
     * falls to the number of parameters, the fit follows the noise.
     */
    static double effectiveSampleSize(float[] weights, int count) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
            squares += (double) weights[i] * weights[i];
        }
        return sum * sum / squares;
    }
}
