package io.ponder.planners.tuning;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Regresses noisy values of points of a unit cube (Rasmussen and Williams 2006, algorithm 2.1): y ~ N(0, k + noise I) with Matern's kernel of
 * order 5/2 and a length for each entry, k = (1 + r + r^2 / 3) exp(-r), r = sqrt(5) |(x - x') / length|. Values are standardised; lengths and
 * noise are those of the largest marginal likelihood on a grid, of equal lengths first, then entry by entry.
 *
 * <p>Runs in double with a Cholesky factor of {@code n x n}; meant for some hundred points at most. Immutable, safe for several threads.
 */
public final class GaussianProcess {
    private static final double[] LENGTHS = {0.05, 0.1, 0.2, 0.35, 0.6, 1, 2};
    private static final double[] NOISES = {1e-6, 1e-4, 1e-2, 0.1, 0.3, 0.6};
    private static final double[] SILENCE = {1e-6};
    private static final int ROUNDS = 2;

    private final double[][] points;
    private final double mean;
    private final double scale;
    private final double[] lengths;
    private final double noise;
    private final double[][] factor;
    private final double[] weights;
    private final double logLikelihood;

    private GaussianProcess(double[][] points, double[] standardised, double mean, double scale, double[] lengths, double noise) {
        this.points = points;
        this.mean = mean;
        this.scale = scale;
        this.lengths = lengths;
        this.noise = noise;
        int n = points.length;
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) covariance[i][j] = kernel(points[i], points[j]);
            covariance[i][i] += noise;
        }
        factor = cholesky(covariance);
        weights = solveTransposed(factor, solve(factor, standardised));
        double sum = -0.5 * n * Math.log(2 * Math.PI);
        for (int i = 0; i < n; i++) sum -= 0.5 * standardised[i] * weights[i] + Math.log(factor[i][i]);
        logLikelihood = sum;
    }

    /**
     * Fits values.
     *
     * @param points {@code [n][d]}, in the unit cube, n at least 1. Not modified; must not change afterwards.
     * @param values {@code [n]}. Not modified.
     * @param noisy  whether a value differs from run to run; otherwise the process goes through the values
     */
    public static GaussianProcess fit(double[][] points, double[] values, boolean noisy) {
        int n = Checks.positive("number of points", points.length);
        Checks.same("number of values", values.length, "number of points", n);
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = 0;
        for (double value : values) squares += (value - mean) * (value - mean);
        double scale = squares > 0 ? Math.sqrt(squares / n) : 1;
        double[] standardised = new double[n];
        for (int i = 0; i < n; i++) standardised[i] = (values[i] - mean) / scale;
        var best = new GaussianProcess(points, standardised, mean, scale, equal(0.35, points[0].length), noisy ? 0.1 : 1e-6);
        for (double length : LENGTHS) {
            for (double noise : noisy ? NOISES : SILENCE) {
                best = better(best, new GaussianProcess(points, standardised, mean, scale, equal(length, points[0].length), noise));
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int d = 0; d < best.lengths.length; d++) {
                for (double length : LENGTHS) {
                    double[] tried = best.lengths.clone();
                    tried[d] = length;
                    best = better(best, new GaussianProcess(points, standardised, mean, scale, tried, best.noise));
                }
            }
            for (double noise : noisy ? NOISES : SILENCE) {
                best = better(best, new GaussianProcess(points, standardised, mean, scale, best.lengths, noise));
            }
        }
        return best;
    }

    private static double[] equal(double length, int size) {
        double[] lengths = new double[size];
        Arrays.fill(lengths, length);
        return lengths;
    }

    private static GaussianProcess better(GaussianProcess one, GaussianProcess other) {
        return other.logLikelihood > one.logLikelihood ? other : one;
    }

    private double kernel(double[] x, double[] y) {
        double sum = 0;
        for (int d = 0; d < lengths.length; d++) {
            double difference = (x[d] - y[d]) / lengths[d];
            sum += difference * difference;
        }
        double r = Math.sqrt(5 * sum);
        return (1 + r + r * r / 3) * Math.exp(-r);
    }

    private static double[][] cholesky(double[][] a) {
        int n = a.length;
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = a[i][j];
                for (int l = 0; l < j; l++) sum -= a[i][l] * a[j][l];
                // Repeated points leave a pivot of rounding; the floor is far below any noise.
                a[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / a[j][j];
            }
        }
        return a;
    }

    private static double[] solve(double[][] lower, double[] right) {
        double[] x = right.clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) x[i] -= lower[i][j] * x[j];
            x[i] /= lower[i][i];
        }
        return x;
    }

    private static double[] solveTransposed(double[][] lower, double[] right) {
        double[] x = right.clone();
        for (int i = x.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < x.length; j++) x[i] -= lower[j][i] * x[j];
            x[i] /= lower[i][i];
        }
        return x;
    }

    /** Returns the expected value of the function at a point. */
    public double mean(double[] point) {
        double sum = 0;
        for (int i = 0; i < points.length; i++) sum += weights[i] * kernel(points[i], point);
        return mean + scale * sum;
    }

    /** Returns the standard deviation of the function at a point, noise not included. */
    public double deviation(double[] point) {
        double[] covariance = new double[points.length];
        for (int i = 0; i < points.length; i++) covariance[i] = kernel(points[i], point);
        double variance = 1;
        for (double part : solve(factor, covariance)) variance -= part * part;
        return scale * Math.sqrt(Math.max(0, variance));
    }

    /**
     * Returns by how much a point is expected to exceed a value (Mockus 1975): (m - f) Phi(z) + s phi(z), z = (m - f) / s.
     *
     * @param toBeat f
     */
    public double expectedImprovement(double[] point, double toBeat) {
        double gain = mean(point) - toBeat;
        double deviation = deviation(point);
        if (deviation < 1e-12 * scale) return Math.max(0, gain);
        double z = gain / deviation;
        return gain * distribution(z) + deviation * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    }

    /** Returns the standard normal distribution function, to 1e-7 (Abramowitz and Stegun 1964, 26.2.17). */
    static double distribution(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
                * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z > 0 ? 1 - tail : tail;
    }

    /** Returns the length of each entry. A copy. */
    public double[] lengths() {
        return lengths.clone();
    }

    /** Returns the logarithm of the marginal likelihood of the standardised values. */
    public double logLikelihood() {
        return logLikelihood;
    }
}
