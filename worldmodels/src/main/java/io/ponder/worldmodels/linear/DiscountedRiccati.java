package io.ponder.worldmodels.linear;

import io.ponder.engine.Checks;

/**
 * Solves the discounted linear-quadratic problem x' = A x + B u, cost x'Q x + u'R u at the state before the step, with one action, by
 * iterating Riccati's equation (Bertsekas 2017, section 3.1): K = (R + g B'P B)^-1 g B'P A and P = Q + g A'P (A - B K); u = -K x, and x'P x is
 * the cost to come. Runs in double. Immutable.
 *
 * <p>A model of a wrong system may have no finite solution: entries of P are clipped to a bound, so that the gain stays one that can be
 * tried.
 */
public final class DiscountedRiccati {
    private final double[][] value;
    private final double[] gain;

    private DiscountedRiccati(double[][] value, double[] gain) {
        this.value = value;
        this.gain = gain;
    }

    /**
     * Solves a problem.
     *
     * @param a        {@code [n x n]}. Not modified.
     * @param b        {@code [n]}. Not modified.
     * @param q        {@code [n]}, the diagonal of Q. Not modified.
     * @param r        cost of the action, greater than 0
     * @param discount g, greater than 0 and at most 1
     * @param steps    iterations, at least 1
     * @param bound    largest size of an entry of P, greater than 0
     */
    public static DiscountedRiccati solve(
            double[][] a, double[] b, double[] q, double r, double discount, int steps, double bound) {
        int n = Checks.positive("rows of a", a.length);
        Checks.same("length of b", b.length, "rows of a", n);
        Checks.same("length of q", q.length, "rows of a", n);
        Checks.positive("r", r);
        Checks.inRange("discount", discount, Double.MIN_NORMAL, 1);
        Checks.positive("steps", steps);
        Checks.positive("bound", bound);
        double[][] p = new double[n][n];
        for (int i = 0; i < n; i++) p[i][i] = q[i];
        double[] gain = new double[n];
        for (int step = 0; step < steps; step++) {
            double[][] pa = product(p, a);
            double denominator = r;
            for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) denominator += discount * b[i] * p[i][j] * b[j];
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int i = 0; i < n; i++) sum += b[i] * pa[i][j];
                gain[j] = discount * sum / denominator;
            }
            p = valueBefore(a, b, q, discount, bound, pa, p, gain);
        }
        return new DiscountedRiccati(p, gain);
    }

    /** Returns Q + g A'P (A - B K), made symmetric and clipped. */
    private static double[][] valueBefore(
            double[][] a, double[] b, double[] q, double discount, double bound, double[][] pa, double[][] p, double[] gain) {
        int n = a.length;
        double[] pb = new double[n];
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) pb[i] += p[i][j] * b[j];
        double[][] closed = new double[n][n];
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) closed[i][j] = pa[i][j] - pb[i] * gain[j];
        double[][] next = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = i == j ? q[i] : 0;
                for (int l = 0; l < n; l++) sum += discount * a[l][i] * closed[l][j];
                next[i][j] = sum;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double mean = 0.5 * (next[i][j] + next[j][i]);
                next[i][j] = Math.max(-bound, Math.min(bound, mean));
                next[j][i] = next[i][j];
            }
        }
        return next;
    }

    private static double[][] product(double[][] x, double[][] y) {
        int n = x.length;
        double[][] out = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int l = 0; l < n; l++) for (int j = 0; j < n; j++) out[i][j] += x[i][l] * y[l][j];
        }
        return out;
    }

    /** Returns entry {@code i} of K. */
    public double gain(int i) {
        return gain[i];
    }

    /** Returns P, {@code [n x n]}. A copy. */
    public double[][] value() {
        double[][] copy = new double[value.length][];
        for (int i = 0; i < copy.length; i++) copy[i] = value[i].clone();
        return copy;
    }

    /** Returns the largest size of an entry of P. */
    public double largestValue() {
        double largest = 0;
        for (double[] row : value) for (double entry : row) largest = Math.max(largest, Math.abs(entry));
        return largest;
    }
}
