package io.ponder.worldmodels.uncertainty;

import io.ponder.engine.Checks;
import io.ponder.engine.model.EnsembleView;
import io.ponder.engine.model.Prediction;
import java.util.Arrays;

/**
 * Holds what all members of an ensemble expect of a batch, and what was drawn from one of them. Entries beyond the observation (a learned
 * reward) are left out, and every entry is divided by a scale, so that units do not weigh.
 *
 * <p>Memory grows with the largest batch. Not thread-safe.
 */
public final class Forecast {
    private final int members;
    private final int targetSize;
    private final int rows;
    private final float[] scale;
    private Prediction prediction;
    private float[] next = {};
    private int[] member = {};
    private int capacity;
    private int columns;

    /**
     * Creates a forecast of an ensemble.
     *
     * @param observationSize entries that count, the first of the predicted ones
     */
    public Forecast(EnsembleView ensemble, int observationSize) {
        members = ensemble.members();
        targetSize = ensemble.targetSize();
        rows = Checks.inRange("observationSize", observationSize, 1, targetSize);
        scale = new float[rows];
        Arrays.fill(scale, 1);
        prediction = new Prediction(members, targetSize, 1);
    }

    /** Returns what entries are divided by, {@code [rows]}, 1 at first: their standard deviations in the data are usual. May be written. */
    public float[] scale() {
        return scale;
    }

    /**
     * Asks all members.
     *
     * @param observations {@code [O x newColumns]}. Not modified.
     * @param actions      {@code [A x newColumns]}. Not modified.
     */
    public void predict(EnsembleView ensemble, float[] observations, float[] actions, int newColumns) {
        if (capacity < newColumns) {
            capacity = newColumns;
            prediction = new Prediction(members, targetSize, newColumns);
            next = new float[rows * newColumns];
            member = new int[newColumns];
        }
        columns = newColumns;
        ensemble.predictAll(observations, actions, columns, prediction);
    }

    /** Returns the number of columns K. */
    public int columns() {
        return columns;
    }

    /** Returns the number of members E. */
    public int members() {
        return members;
    }

    /** Returns the number of entries that count. */
    public int rows() {
        return rows;
    }

    /** Returns the next observations that were drawn, {@code [rows x K]}, not scaled. To be filled for estimators that read it. */
    public float[] next() {
        return next;
    }

    /** Returns which member each was drawn from, {@code [K]}. To be filled for estimators that read it. */
    public int[] member() {
        return member;
    }

    /** Returns a scaled mean. */
    double mean(int e, int d, int k) {
        return prediction.mean()[(e * targetSize + d) * columns + k] / scale[d];
    }

    /** Returns a scaled variance. */
    double variance(int e, int d, int k) {
        return Math.exp(prediction.logVariance()[(e * targetSize + d) * columns + k]) / ((double) scale[d] * scale[d]);
    }

    /** Returns a scaled entry of what was drawn. */
    double drawn(int d, int k) {
        return next[d * columns + k] / scale[d];
    }
}
