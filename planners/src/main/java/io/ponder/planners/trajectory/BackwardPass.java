package io.ponder.planners.trajectory;

import java.util.Arrays;

/**
 * Solves the linear-quadratic problem around a plan, from its end to its beginning: for every step the change of the action, within its
 * bounds, and the feedback on a change of the state. Works in its own memory; not thread-safe.
 *
 * <p>Source: Tassa, Erez and Todorov 2012 (equations 5 to 11) and, for the bounds, Tassa, Mansard and Todorov 2014.
 */
final class BackwardPass {
    /** Weight of the slope in the unit of the regularisation, so that a cost without curvature has one. */
    private static final double SLOPE_SHARE = 1e-3;

    private final int n;
    private final int m;
    private final BoxQuadratic box;
    private final double[] valueSlope;
    private final double[] value;
    private final double[] nextSlope;
    private final double[] nextValue;
    private final double[] valueTransition;
    private final double[] valueInput;
    private final double[] qx;
    private final double[] qu;
    private final double[] qxx;
    private final double[] quu;
    private final double[] qux;
    private final double[] regularised;
    private final double[] packed;
    private final double[] curved;
    private final double[] low;
    private final double[] high;
    private double slope;
    private double curvature;
    private double unit;

    BackwardPass(int stateSize, int actionSize) {
        n = stateSize;
        m = actionSize;
        box = new BoxQuadratic(m);
        valueSlope = new double[n];
        value = new double[n * n];
        nextSlope = new double[n];
        nextValue = new double[n * n];
        valueTransition = new double[n * n];
        valueInput = new double[n * m];
        qx = new double[n];
        qu = new double[m];
        qxx = new double[n * n];
        quu = new double[m * m];
        qux = new double[m * n];
        regularised = new double[m * m];
        packed = new double[m * n];
        curved = new double[m * (n + 1)];
        low = new double[m];
        high = new double[m];
    }

    /** Returns the slope of the cost along the step, at most 0: a step of length a changes the cost by {@code a slope + a^2 curvature}. */
    double slope() {
        return slope;
    }

    /** Returns the quadratic part of the change of the cost. */
    double curvature() {
        return curvature;
    }

    /** Returns the average size of the cost's curvature by an action, which the regularisation is measured in. */
    double unit() {
        return unit;
    }

    /**
     * Solves one problem.
     *
     * @param local          the problem. Not modified.
     * @param room           {@code [T x 2 x m]}: how far each action may fall (at most 0) and rise. Not modified.
     * @param regularisation added to the curvature by the actions, at least 0
     * @param feedforward    {@code [T x m]}, the change of each action. Modified.
     * @param feedback       {@code [T x m x n]}, the change per change of the state. Modified.
     * @return false where the curvature by the actions is not positive definite at some step
     */
    boolean solve(LocalModel local, double[] room, double regularisation, double[] feedforward, double[] feedback) {
        int horizon = local.horizon;
        System.arraycopy(local.stateSlope, horizon * n, valueSlope, 0, n);
        System.arraycopy(local.stateCurvature, horizon * n * n, value, 0, n * n);
        slope = 0;
        curvature = 0;
        double sizes = 0;
        for (int t = horizon - 1; t >= 0; t--) {
            expand(local, t);
            double size = 0;
            for (int a = 0; a < m; a++) size += Math.abs(quu[a * m + a]) + SLOPE_SHARE * Math.abs(qu[a]);
            sizes += size;
            unit = sizes / ((horizon - t) * m);
            if (size == 0) {
                Arrays.fill(feedforward, t * m, (t + 1) * m, 0);
                Arrays.fill(feedback, t * m * n, (t + 1) * m * n, 0);
            } else if (!act(room, t, regularisation, feedforward, feedback)) {
                return false;
            }
            value(feedforward, feedback, t);
        }
        return true;
    }

    /** Writes the expansion Q of the cost to go in state and action. */
    private void expand(LocalModel local, int t) {
        double[] a = local.transition;
        double[] b = local.input;
        int at = t * n * n;
        int bt = t * n * m;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) sum += value[i * n + k] * a[at + k * n + j];
                valueTransition[i * n + j] = sum;
            }
            for (int j = 0; j < m; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) sum += value[i * n + k] * b[bt + k * m + j];
                valueInput[i * m + j] = sum;
            }
        }
        for (int i = 0; i < n; i++) {
            double sum = local.stateSlope[t * n + i];
            for (int k = 0; k < n; k++) sum += a[at + k * n + i] * valueSlope[k];
            qx[i] = sum;
            for (int j = 0; j <= i; j++) {
                double entry = local.stateCurvature[at + i * n + j];
                for (int k = 0; k < n; k++) entry += a[at + k * n + i] * valueTransition[k * n + j];
                qxx[i * n + j] = entry;
                qxx[j * n + i] = entry;
            }
        }
        for (int i = 0; i < m; i++) {
            double sum = local.actionSlope[t * m + i];
            for (int k = 0; k < n; k++) sum += b[bt + k * m + i] * valueSlope[k];
            qu[i] = sum;
            for (int j = 0; j < n; j++) {
                double entry = local.mixedCurvature[t * m * n + i * n + j];
                for (int k = 0; k < n; k++) entry += b[bt + k * m + i] * valueTransition[k * n + j];
                qux[i * n + j] = entry;
            }
            for (int j = 0; j < m; j++) {
                double entry = local.actionCurvature[t * m * m + i * m + j];
                for (int k = 0; k < n; k++) entry += b[bt + k * m + i] * valueInput[k * m + j];
                quu[i * m + j] = entry;
            }
        }
    }

    /** Finds the best change of the action and its feedback. */
    private boolean act(double[] room, int t, double regularisation, double[] feedforward, double[] feedback) {
        System.arraycopy(quu, 0, regularised, 0, m * m);
        for (int i = 0; i < m; i++) {
            regularised[i * m + i] += regularisation;
            low[i] = room[(2 * t) * m + i];
            high[i] = room[(2 * t + 1) * m + i];
        }
        if (!box.solve(regularised, qu, low, high)) return false;
        System.arraycopy(box.point(), 0, feedforward, t * m, m);
        Arrays.fill(feedback, t * m * n, (t + 1) * m * n, 0);
        int free = box.freeCount();
        for (int f = 0; f < free; f++) {
            for (int j = 0; j < n; j++) packed[f * n + j] = -qux[box.free()[f] * n + j];
        }
        for (int j = 0; j < n && free > 0; j++) box.solveFree(packed, j, n);
        for (int f = 0; f < free; f++) System.arraycopy(packed, f * n, feedback, (t * m + box.free()[f]) * n, n);
        return true;
    }

    /** Makes the value that of the step before. */
    private void value(double[] feedforward, double[] feedback, int t) {
        int k0 = t * m;
        int f0 = t * m * n;
        // Row a of curved: Quu K and, last, Quu k.
        for (int a = 0; a < m; a++) {
            double move = 0;
            for (int c = 0; c < m; c++) move += quu[a * m + c] * feedforward[k0 + c];
            curved[a * (n + 1) + n] = move;
            slope += feedforward[k0 + a] * qu[a];
            curvature += 0.5 * feedforward[k0 + a] * move;
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int c = 0; c < m; c++) sum += quu[a * m + c] * feedback[f0 + c * n + j];
                curved[a * (n + 1) + j] = sum;
            }
        }
        for (int i = 0; i < n; i++) {
            double sum = qx[i];
            for (int a = 0; a < m; a++) {
                sum += feedback[f0 + a * n + i] * (curved[a * (n + 1) + n] + qu[a]) + qux[a * n + i] * feedforward[k0 + a];
            }
            nextSlope[i] = sum;
            for (int j = 0; j <= i; j++) {
                double entry = qxx[i * n + j];
                for (int a = 0; a < m; a++) {
                    double ki = feedback[f0 + a * n + i];
                    double kj = feedback[f0 + a * n + j];
                    entry += 0.5 * (ki * curved[a * (n + 1) + j] + kj * curved[a * (n + 1) + i]) + ki * qux[a * n + j] + kj * qux[a * n + i];
                }
                nextValue[i * n + j] = entry;
                nextValue[j * n + i] = entry;
            }
        }
        System.arraycopy(nextSlope, 0, valueSlope, 0, n);
        System.arraycopy(nextValue, 0, value, 0, n * n);
    }
}
