package io.ponder.examples.comparison;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Holds a mean and its 95 % bootstrap interval.
 *
 * @param count number of finite values; all else is NaN where it is 0
 * @param mean  their mean
 * @param low   lower end of the interval
 * @param high  upper end of the interval
 */
public record Interval(int count, double mean, double low, double high) {
    private static final int RESAMPLES = 10_000;
    /** Fixed, so that the same values always give the same interval. */
    private static final long SEED = 0x5EEDL;

    /**
     * Returns the mean of the values and the percentile bootstrap interval of the mean (Efron and Tibshirani 1993, chapter 13) from
     * 10 000 resamples. Values that are not finite are left out; of one value the interval is that value.
     */
    public static Interval of(double... values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        int n = finite.length;
        if (n == 0) return new Interval(0, Double.NaN, Double.NaN, Double.NaN);
        double[] means = new double[RESAMPLES];
        var random = new SplittableRandom(SEED);
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            for (int i = 0; i < n; i++) sum += finite[random.nextInt(n)];
            means[r] = sum / n;
        }
        Arrays.sort(means);
        return new Interval(n, Arrays.stream(finite).sum() / n, quantile(means, 0.025), quantile(means, 0.975));
    }

    /** Returns the quantile q of sorted values, interpolated linearly; NaN of none. */
    public static double quantile(double[] sorted, double q) {
        if (sorted.length == 0) return Double.NaN;
        double place = q * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
