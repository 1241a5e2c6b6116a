package io.ponder.planners;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Problem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * States the normal noise that a planner adds to the action of a step: as a share of the range, as standard
 * deviations, or as a covariance; its mean is 0 unless {@link #withMean} says otherwise. Immutable.
 */
public final class ActionNoise {
    private final double share;
    private final double @Nullable [][] covariance;
    private final double @Nullable [] mean;

    private ActionNoise(double share, double @Nullable [][] covariance, double @Nullable [] mean) {
        this.share = share;
        this.covariance = covariance;
        this.mean = mean;
    }

    /** Returns noise whose standard deviation is {@code share} of half the range of each entry: 1 is from the middle to a bound. */
    public static ActionNoise ofHalfRange(double share) {
        return new ActionNoise(Checks.positive("share", share), null, null);
    }

    /** Returns noise with one standard deviation per entry of an action, in units of the action. */
    public static ActionNoise ofDeviation(double... deviation) {
        double[][] covariance = new double[deviation.length][deviation.length];
        for (int a = 0; a < deviation.length; a++) {
            double positive = Checks.positive("deviation[" + a + "]", deviation[a]);
            covariance[a][a] = positive * positive;
        }
        return new ActionNoise(0, covariance, null);
    }

    /**
     * Returns noise with a covariance {@code [A x A]}.
     *
     * @throws IllegalArgumentException if it is not finite, square, symmetric and positive definite
     */
    public static ActionNoise ofCovariance(double[][] covariance) {
        double[][] copy = new double[covariance.length][];
        for (int a = 0; a < copy.length; a++) {
            Checks.same("columns of covariance", covariance[a].length, "its rows", covariance.length);
            copy[a] = covariance[a].clone();
            for (int c = 0; c < copy.length; c++) {
                Checks.inRange("covariance[" + a + "][" + c + "]", copy[a][c], -Double.MAX_VALUE, Double.MAX_VALUE);
            }
        }
        for (int a = 0; a < copy.length; a++) {
            for (int c = 0; c < a; c++) {
                if (copy[a][c] != copy[c][a]) {
                    throw new IllegalArgumentException("covariance[" + a + "][" + c + "] is " + copy[a][c] + ", but covariance["
                            + c + "][" + a + "] is " + copy[c][a] + "; they must agree.");
                }
            }
        }
        cholesky(copy);
        return new ActionNoise(0, copy, null);
    }

    /** Returns this noise with a mean per entry of an action. */
    public ActionNoise withMean(double... newMean) {
        return new ActionNoise(share, covariance, newMean.clone());
    }

    /** Returns the covariance for a problem, {@code [A x A]}. */
    double[][] covariance(Problem problem) {
        int size = problem.actionSize();
        double[][] given = covariance;
        if (given != null) {
            Checks.same("size of the noise", given.length, "actionSize", size);
            return given;
        }
        double[][] out = new double[size][size];
        for (int a = 0; a < size; a++) {
            double deviation = share * 0.5 * ((double) problem.actionHigh(a) - problem.actionLow(a));
            out[a][a] = deviation * deviation;
        }
        return out;
    }

    /** Returns the mean for a problem, {@code [A]}. */
    double[] mean(Problem problem) {
        double[] given = mean;
        if (given == null) return new double[problem.actionSize()];
        Checks.same("length of the noise mean", given.length, "actionSize", problem.actionSize());
        return given;
    }

    /** Returns the lower triangular factor L of a covariance, L L' = covariance. */
    static double[][] cholesky(double[][] covariance) {
        int n = covariance.length;
        double[][] factor = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = covariance[i][j];
                for (int m = 0; m < j; m++) sum -= factor[i][m] * factor[j][m];
                if (i != j) {
                    factor[i][j] = sum / factor[j][j];
                } else if (sum > 0) {
                    factor[i][i] = Math.sqrt(sum);
                } else {
                    throw new IllegalArgumentException("The covariance " + Arrays.deepToString(covariance)
                            + " is not positive definite.\nMaybe use ofDeviation for independent entries.");
                }
            }
        }
        return factor;
    }

    /** Solves {@code L L' x = b}. */
    static double[] solve(double[][] factor, double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            for (int m = 0; m < i; m++) x[i] -= factor[i][m] * x[m];
            x[i] /= factor[i][i];
        }
        for (int i = x.length - 1; i >= 0; i--) {
            for (int m = i + 1; m < x.length; m++) x[i] -= factor[m][i] * x[m];
            x[i] /= factor[i][i];
        }
        return x;
    }

    @Override
    public String toString() {
        String spread = covariance == null ? share + " of half the range" : "covariance " + Arrays.deepToString(covariance);
        return mean == null ? spread : spread + ", mean " + Arrays.toString(mean);
    }
}
