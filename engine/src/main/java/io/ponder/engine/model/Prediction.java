package io.ponder.engine.model;

import io.ponder.engine.Checks;

/**
 * Receives Gaussian predictions: means and log-variances {@code [D x K]}, or {@code [E x D x K]} for all members at once.
 *
 * <p>Memory is taken once. Not thread-safe.
 */
public final class Prediction {
    private final float[] mean;
    private final float[] logVariance;

    /** Creates a buffer for {@code members * size * capacity} entries; {@code members} is 1 for one prediction a column. */
    public Prediction(int members, int size, int capacity) {
        int length = Math.multiplyExact(Math.multiplyExact(Checks.positive("members", members), size), capacity);
        mean = new float[length];
        logVariance = new float[length];
    }

    /** Returns the means. */
    public float[] mean() {
        return mean;
    }

    /** Returns the natural logarithms of the variances; negative infinity where the prediction is deterministic. */
    public float[] logVariance() {
        return logVariance;
    }
}
