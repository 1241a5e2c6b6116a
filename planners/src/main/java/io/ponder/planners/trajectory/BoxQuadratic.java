package io.ponder.planners.trajectory;

/**
 * Minimises {@code x'Hx/2 + g'x} within a box, by projected Newton steps. Works in its own memory; not thread-safe.
 *
 * <p>Source: Bertsekas 1982; as the inner problem of control-limited dynamic programming, Tassa, Mansard and Todorov 2014.
 */
final class BoxQuadratic {
    private static final int PATIENCE = 100;
    private static final double SUFFICIENT = 0.1;
    private static final double SHORTEST = 1e-12;
    private static final double SETTLED = 1e-12;

    private final int size;
    private final double[] point;
    private final double[] slope;
    private final double[] step;
    private final double[] trial;
    private final double[] factor;
    private final int[] free;
    private int freeCount;

    BoxQuadratic(int size) {
        this.size = size;
        point = new double[size];
        slope = new double[size];
        step = new double[size];
        trial = new double[size];
        factor = new double[size * size];
        free = new int[size];
    }

    /** Returns the solution {@code [n]}; of the last call. */
    double[] point() {
        return point;
    }

    /** Returns the number of entries that no bound holds. */
    int freeCount() {
        return freeCount;
    }

    /** Returns the entries that no bound holds, in order. */
    int[] free() {
        return free;
    }

    /** Overwrites the free entries of a vector, packed from {@code first} on with a stride, with the solution of H_ff x = vector. */
    void solveFree(double[] vector, int first, int stride) {
        Cholesky.solve(factor, freeCount, vector, first, stride);
    }

    /**
     * Solves one problem.
     *
     * @param hessian {@code [n x n]}. Not modified.
     * @param linear  {@code [n]}. Not modified.
     * @param low     {@code [n]}, at most {@code high}. Not modified.
     * @param high    {@code [n]}. Not modified.
     * @return false where the Hessian of the free entries is not positive definite
     */
    boolean solve(double[] hessian, double[] linear, double[] low, double[] high) {
        if (size == 1) return solveOne(hessian[0], linear[0], low[0], high[0]);
        for (int i = 0; i < size; i++) point[i] = Math.max(low[i], Math.min(high[i], 0));
        double value = value(hessian, linear, point);
        for (int iteration = 0; iteration < PATIENCE; iteration++) {
            if (!split(hessian, linear, low, high)) return false;
            if (freeCount == 0) return true;
            double promised = newton();
            if (promised >= 0 || -promised <= SETTLED * (1 + Math.abs(value))) return true;
            double length = 1;
            double reached = move(hessian, linear, low, high, length);
            while (reached - value > SUFFICIENT * length * promised && length > SHORTEST) {
                length *= 0.5;
                reached = move(hessian, linear, low, high, length);
            }
            if (length <= SHORTEST) return true;
            System.arraycopy(trial, 0, point, 0, size);
            value = reached;
        }
        return true;
    }

    private boolean solveOne(double hessian, double linear, double low, double high) {
        if (!(hessian > 0) || hessian == Double.POSITIVE_INFINITY) return false;
        double best = -linear / hessian;
        point[0] = Math.max(low, Math.min(high, best));
        freeCount = best < low || best > high ? 0 : 1;
        free[0] = 0;
        factor[0] = Math.sqrt(hessian);
        return true;
    }

    /** Finds the entries that may move, and factors their Hessian. */
    private boolean split(double[] hessian, double[] linear, double[] low, double[] high) {
        freeCount = 0;
        for (int i = 0; i < size; i++) {
            double sum = linear[i];
            for (int j = 0; j < size; j++) sum += hessian[i * size + j] * point[j];
            slope[i] = sum;
            boolean held = point[i] <= low[i] && sum > 0 || point[i] >= high[i] && sum < 0;
            if (!held) free[freeCount++] = i;
        }
        for (int i = 0; i < freeCount; i++) {
            for (int j = 0; j < freeCount; j++) factor[i * freeCount + j] = hessian[free[i] * size + free[j]];
        }
        return Cholesky.factor(factor, freeCount);
    }

    /** Writes the Newton step of the free entries and returns the slope along it. */
    private double newton() {
        for (int i = 0; i < freeCount; i++) step[i] = -slope[free[i]];
        Cholesky.solve(factor, freeCount, step, 0, 1);
        double promised = 0;
        for (int i = 0; i < freeCount; i++) promised += step[i] * slope[free[i]];
        return promised;
    }

    private double move(double[] hessian, double[] linear, double[] low, double[] high, double length) {
        System.arraycopy(point, 0, trial, 0, size);
        for (int i = 0; i < freeCount; i++) {
            int at = free[i];
            trial[at] = Math.max(low[at], Math.min(high[at], point[at] + length * step[i]));
        }
        return value(hessian, linear, trial);
    }

    private double value(double[] hessian, double[] linear, double[] x) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double row = linear[i];
            for (int j = 0; j < size; j++) row += 0.5 * hessian[i * size + j] * x[j];
            sum += row * x[i];
        }
        return sum;
    }
}
