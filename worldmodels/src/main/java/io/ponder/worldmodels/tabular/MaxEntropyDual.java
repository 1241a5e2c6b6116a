package io.ponder.worldmodels.tabular;

import io.ponder.engine.Checks;

/**
 * Finds the distribution nearest to a given one, by relative entropy, whose features have wanted expectations: q(i) is proportional to
 * p(i) exp(lambda . phi(i)), and lambda minimises the convex dual
 *
 * <p>log sum p exp(lambda . phi) - lambda . psi + ridge |lambda|^2,
 *
 * <p>with gradient E_q[phi] - psi + 2 ridge lambda and Hessian Cov_q[phi] + 2 ridge, by Newton's method with halved steps. A ridge above 0
 * meets the wanted expectations only nearly, and is what samples need; features that are constant on the support change nothing.
 *
 * <p>Source: A. Rakhsha, M. Kemertas, M. Ghavamzadeh and A. Farahmand, "Maximum Entropy Model Correction in Reinforcement Learning", 2024,
 * sections 3 and 4 (there ridge is 1 / beta).
 *
 * <p>Not thread-safe. Nothing is allocated after construction.
 */
public final class MaxEntropyDual {
    private static final int MOST_ITERATIONS = 60;
    /** The Newton decrement, twice the height above the minimum, below which nothing is left but rounding. */
    private static final double CONVERGED = 1e-26;
    /** What a height may be off by rounding, relative. */
    private static final double ROUNDING = 4e-15;
    /** Keeps directions without variance out of the way; relative to the largest variance. */
    private static final double DAMPING = 1e-13;

    private final int features;
    private final double margin;
    private final double ridge;
    private final double[] lambda;
    private final double[] trial;
    private final double[] wanted;
    private final double[] gradient;
    private final double[] hessian;
    private final double[] step;

    /**
     * Creates a solver.
     *
     * @param features number of features, at least 1
     * @param margin   how far inside their range on the support wanted expectations are kept, as a share of that range, from 0 to 0.5
     * @param ridge    weight of |lambda|^2, at least 0
     */
    public MaxEntropyDual(int features, double margin, double ridge) {
        this.features = Checks.positive("features", features);
        this.margin = Checks.inRange("margin", margin, 0, 0.5);
        this.ridge = Checks.inRange("ridge", ridge, 0, Double.MAX_VALUE);
        lambda = new double[features];
        trial = new double[features];
        wanted = new double[features];
        gradient = new double[features];
        hessian = new double[features * features];
        step = new double[features];
    }

    /**
     * Corrects a distribution.
     *
     * @param n   size of its support
     * @param p   {@code [n]} probabilities. Not modified.
     * @param phi {@code [features x n]} features of each outcome, outcomes fastest. Not modified.
     * @param psi {@code [features]} wanted expectations. Not modified.
     * @param q   {@code [n]} receives the corrected probabilities. Modified.
     */
    public void correct(int n, double[] p, double[] phi, double[] psi, double[] q) {
        for (int f = 0; f < features; f++) {
            lambda[f] = 0;
            wanted[f] = inside(n, p, phi, f, psi[f]);
        }
        double height = evaluate(n, p, phi, lambda, q);
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            moments(n, phi, q);
            double decrement = newtonStep();
            if (!(decrement > CONVERGED)) break;
            double length = 1;
            double next = height;
            for (int halving = 0; halving < 30; halving++, length /= 2) {
                for (int f = 0; f < features; f++) trial[f] = lambda[f] - length * step[f];
                next = evaluate(n, p, phi, trial, q);
                // Near the bottom the height no longer changes though the gradient still does: there full steps are taken all the same.
                if (next <= height - 1e-4 * length * decrement + ROUNDING * (1 + Math.abs(height))) break;
            }
            if (!(next <= height + ROUNDING * (1 + Math.abs(height)))) {
                evaluate(n, p, phi, lambda, q);
                break;
            }
            System.arraycopy(trial, 0, lambda, 0, features);
            height = next;
        }
    }

    private double inside(int n, double[] p, double[] phi, int f, double value) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            if (p[i] <= 0) continue;
            low = Math.min(low, phi[f * n + i]);
            high = Math.max(high, phi[f * n + i]);
        }
        double room = margin * (high - low);
        return Math.min(Math.max(value, low + room), high - room);
    }

    /** Writes the distribution of {@code at} to q and returns the dual there. */
    private double evaluate(int n, double[] p, double[] phi, double[] at, double[] q) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double exponent = 0;
            for (int f = 0; f < features; f++) exponent += at[f] * phi[f * n + i];
            q[i] = exponent;
            if (p[i] > 0) largest = Math.max(largest, exponent);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            q[i] = p[i] > 0 ? p[i] * Math.exp(q[i] - largest) : 0;
            sum += q[i];
        }
        for (int i = 0; i < n; i++) q[i] /= sum;
        double height = largest + Math.log(sum);
        for (int f = 0; f < features; f++) height += at[f] * (ridge * at[f] - wanted[f]);
        return height;
    }

    private void moments(int n, double[] phi, double[] q) {
        for (int f = 0; f < features; f++) {
            double mean = 0;
            for (int i = 0; i < n; i++) mean += q[i] * phi[f * n + i];
            step[f] = mean;
            gradient[f] = mean - wanted[f] + 2 * ridge * lambda[f];
        }
        for (int f = 0; f < features; f++) {
            for (int g = 0; g <= f; g++) {
                double covariance = 0;
                for (int i = 0; i < n; i++) covariance += q[i] * (phi[f * n + i] - step[f]) * (phi[g * n + i] - step[g]);
                hessian[f * features + g] = covariance + (f == g ? 2 * ridge : 0);
            }
        }
    }

    /** Writes the Newton step by a Cholesky factorisation and returns the decrement, gradient . step. */
    private double newtonStep() {
        double largest = 0;
        for (int f = 0; f < features; f++) largest = Math.max(largest, hessian[f * features + f]);
        if (!(largest > 1e-300)) return 0;
        for (int f = 0; f < features; f++) {
            hessian[f * features + f] += DAMPING * largest;
            for (int g = 0; g <= f; g++) {
                double sum = hessian[f * features + g];
                for (int k = 0; k < g; k++) sum -= hessian[f * features + k] * hessian[g * features + k];
                hessian[f * features + g] = f == g ? Math.sqrt(Math.max(sum, DAMPING * largest)) : sum / hessian[g * features + g];
            }
        }
        for (int f = 0; f < features; f++) {
            double sum = gradient[f];
            for (int k = 0; k < f; k++) sum -= hessian[f * features + k] * step[k];
            step[f] = sum / hessian[f * features + f];
        }
        double decrement = 0;
        for (int f = 0; f < features; f++) decrement += step[f] * step[f];
        for (int f = features - 1; f >= 0; f--) {
            double sum = step[f];
            for (int k = f + 1; k < features; k++) sum -= hessian[k * features + f] * step[k];
            step[f] = sum / hessian[f * features + f];
        }
        return decrement;
    }
}
