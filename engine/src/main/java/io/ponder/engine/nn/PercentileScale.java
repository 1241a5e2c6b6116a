package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Follows the spread of returns or values: a moving average of the difference between two percentiles, 95 and 5 by default, to divide
 * by (Hafner et al. 2023; Hansen et al. 2024).
 *
 * <p>The average is corrected for its start at 0, so that it equals the first batch's spread after the first update. Allocates
 * nothing once it has seen its largest batch. Not thread-safe.
 */
public final class PercentileScale {
    private final double rate;
    private final double lowShare;
    private final double highShare;
    private float[] sorted = {};
    private double average;
    private double weight;

    /** Creates a scale of percentiles 5 and 95 with rate 0.01. */
    public PercentileScale() {
        this(0.01, 0.05, 0.95);
    }

    /**
     * Creates a scale.
     *
     * @param rate      weight of a new batch, greater than 0 and at most 1
     * @param lowShare  lower percentile as a share, from 0 to 1
     * @param highShare upper percentile as a share, from {@code lowShare} to 1
     */
    public PercentileScale(double rate, double lowShare, double highShare) {
        this.rate = Checks.inRange("rate", Checks.positive("rate", rate), 0, 1);
        this.lowShare = Checks.inRange("lowShare", lowShare, 0, 1);
        this.highShare = Checks.inRange("highShare", highShare, lowShare, 1);
    }

    /** Takes in a batch; an empty one changes nothing. Not modified. */
    public void update(float[] values, int offset, int count) {
        if (count == 0) return;
        if (sorted.length < count) sorted = new float[count];
        System.arraycopy(values, offset, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        double spread = percentile(highShare, count) - percentile(lowShare, count);
        average += rate * (spread - average);
        weight += rate * (1 - weight);
    }

    /** Interpolates linearly between the sorted values. */
    private double percentile(double share, int count) {
        double position = share * (count - 1);
        int below = (int) position;
        double lower = sorted[below];
        return below + 1 < count ? lower + (position - below) * (sorted[below + 1] - lower) : lower;
    }

    /** Returns the averaged spread; 0 before the first update. */
    public double spread() {
        return weight == 0 ? 0 : average / weight;
    }

    /** Returns what to divide by: the averaged spread, but at least 1. */
    public double divisor() {
        return Math.max(1, spread());
    }

    /** Returns the state, two numbers, for a checkpoint. */
    public double[] state() {
        return new double[] {average, weight};
    }

    /** Sets the state that {@link #state} told. */
    public void restore(double[] state) {
        Checks.same("length of state", state.length, "numbers", 2);
        average = state[0];
        weight = state[1];
    }
}
