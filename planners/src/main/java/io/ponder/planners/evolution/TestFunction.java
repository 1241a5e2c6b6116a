package io.ponder.planners.evolution;

import java.util.function.ToDoubleFunction;

/** Functions of any number of variables on which minimisers are measured; the least cost of each is 0. Thread-safe. */
public enum TestFunction implements ToDoubleFunction<double[]> {
    /** {@code sum x_i^2}. */
    SPHERE,
    /** {@code sum 10^(6 i / (n - 1)) x_i^2}: a condition number of a million. */
    ELLIPSOID,
    /** {@code sum 100 (x_i^2 - x_(i+1))^2 + (x_i - 1)^2}: a bent valley, with a second, local minimum from four variables on. */
    ROSENBROCK;

    /** Returns the cost of a point. */
    @Override
    public double applyAsDouble(double[] x) {
        double sum = 0;
        int n = x.length;
        switch (this) {
            case SPHERE -> {
                for (double v : x) sum += v * v;
            }
            case ELLIPSOID -> {
                for (int i = 0; i < n; i++) sum += Math.pow(10, n == 1 ? 0 : 6.0 * i / (n - 1)) * x[i] * x[i];
            }
            case ROSENBROCK -> {
                for (int i = 0; i + 1 < n; i++) {
                    double bend = x[i] * x[i] - x[i + 1];
                    sum += 100 * bend * bend + (x[i] - 1) * (x[i] - 1);
                }
            }
        }
        return sum;
    }
}
