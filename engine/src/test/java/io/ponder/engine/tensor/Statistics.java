package io.ponder.engine.tensor;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Tests of distributions; every limit is at a significance of about 1 in 1 000 and the seeds are fixed. */
final class Statistics {
    /** Kolmogorov's distribution exceeds this with probability 0.001. */
    static final double KOLMOGOROV_LIMIT = 1.95;

    private Statistics() {}

    /** Returns the chi-squared statistic of counts against equal shares. */
    static double chiSquared(int[] counts) {
        double expected = Arrays.stream(counts).sum() / (double) counts.length;
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    /** Returns the value that chi-squared exceeds with probability 0.001 (Wilson and Hilferty, 1931). */
    static double chiSquaredLimit(int degrees) {
        double a = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - a + 3.0902 * Math.sqrt(a), 3);
    }

    /** Returns the largest distance between the empirical distribution and a cumulative distribution function. */
    static double kolmogorovSmirnov(float[] values, DoubleUnaryOperator cdf) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        double distance = 0;
        for (int i = 0; i < sorted.length; i++) {
            double p = cdf.applyAsDouble(sorted[i]);
            distance = Math.max(distance, Math.max(p - i / (double) sorted.length, (i + 1) / (double) sorted.length - p));
        }
        return distance;
    }

    /** Returns the standard normal distribution function to 1e-7 (Abramowitz and Stegun, 26.2.17). */
    static double normalCdf(double x) {
        double t = 1 / (1 + 0.2316419 * Math.abs(x));
        double tail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)
                * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x > 0 ? 1 - tail : tail;
    }

    /** Returns the correlation of x(i) and y(i). */
    static double correlation(float[] x, float[] y) {
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double syy = 0;
        double sxy = 0;
        for (int i = 0; i < x.length; i++) {
            sx += x[i];
            sy += y[i];
            sxx += (double) x[i] * x[i];
            syy += (double) y[i] * y[i];
            sxy += (double) x[i] * y[i];
        }
        double n = x.length;
        return (sxy / n - sx / n * sy / n) / Math.sqrt((sxx / n - sx / n * sx / n) * (syy / n - sy / n * sy / n));
    }
}
