package io.ponder.planners.trajectory;

/**
 * Holds the linear-quadratic problem around the plan of one row: x' = A x + B u and the cost l to second order, for every step. Costs are
 * negative rewards, weighted with the discounts before them; actions are in units of half their range. Matrices lie row by row.
 */
final class LocalModel {
    final int stateSize;
    final int actionSize;
    final int horizon;
    /** A, {@code [T x n x n]}. */
    final double[] transition;
    /** B, {@code [T x n x m]}. */
    final double[] input;
    /** Gradient by the state, {@code [(T + 1) x n]}. */
    final double[] stateSlope;
    /** Gradient by the action, {@code [T x m]}. */
    final double[] actionSlope;
    /** Hessian by the state, {@code [(T + 1) x n x n]}. */
    final double[] stateCurvature;
    /** Hessian by the action, {@code [T x m x m]}. */
    final double[] actionCurvature;
    /** Mixed Hessian, {@code [T x m x n]}. */
    final double[] mixedCurvature;

    LocalModel(int stateSize, int actionSize, int horizon) {
        this.stateSize = stateSize;
        this.actionSize = actionSize;
        this.horizon = horizon;
        transition = new double[Math.multiplyExact(horizon, stateSize * stateSize)];
        input = new double[horizon * stateSize * actionSize];
        stateSlope = new double[(horizon + 1) * stateSize];
        actionSlope = new double[horizon * actionSize];
        stateCurvature = new double[(horizon + 1) * stateSize * stateSize];
        actionCurvature = new double[horizon * actionSize * actionSize];
        mixedCurvature = new double[horizon * actionSize * stateSize];
    }

    /** Tells whether every entry is a number. */
    boolean finite() {
        return finite(transition) && finite(input) && finite(stateSlope) && finite(actionSlope) && finite(stateCurvature)
                && finite(actionCurvature) && finite(mixedCurvature);
    }

    private static boolean finite(double[] values) {
        double sum = 0;
        // 0 times a number is 0, times anything else NaN.
        for (double value : values) sum += 0 * value;
        return sum == 0;
    }

    /** Averages the two halves of the Hessians of a step, which differences leave a little apart. */
    void symmetrise(int t) {
        symmetrise(stateCurvature, t * stateSize * stateSize, stateSize);
        if (t < horizon) symmetrise(actionCurvature, t * actionSize * actionSize, actionSize);
    }

    static void symmetrise(double[] matrix, int first, int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double mean = 0.5 * (matrix[first + i * size + j] + matrix[first + j * size + i]);
                matrix[first + i * size + j] = mean;
                matrix[first + j * size + i] = mean;
            }
        }
    }
}
