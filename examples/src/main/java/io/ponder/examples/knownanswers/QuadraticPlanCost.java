package io.ponder.examples.knownanswers;

/**
 * The cost of a plan of the double integrator as V'HV/2 + g'V + c, and the MPPI update of infinitely many samples: with V ~ N(U, C) the
 * new mean is U - (C^-1 + H/lambda)^-1 (HU + g)/lambda. In double precision, by elimination.
 */
final class QuadraticPlanCost {
    private final int length;
    private final double constant;
    private final double[] linear;
    private final double[][] quadratic;

    QuadraticPlanCost(int length) {
        this.length = length;
        constant = DoubleIntegrator.cost(new double[length]);
        linear = new double[length];
        quadratic = new double[length][length];
        for (int i = 0; i < length; i++) {
            linear[i] = (DoubleIntegrator.cost(unit(i, 1)) - DoubleIntegrator.cost(unit(i, -1))) / 2;
            for (int j = 0; j < length; j++) {
                double[] both = unit(i, 1);
                both[j] += 1;
                quadratic[i][j] = DoubleIntegrator.cost(both) - DoubleIntegrator.cost(unit(i, 1)) - DoubleIntegrator.cost(unit(j, 1))
                        + constant;
            }
        }
    }

    private double[] unit(int i, double value) {
        double[] out = new double[length];
        out[i] = value;
        return out;
    }

    /** Returns the cost of doing nothing. */
    double constant() {
        return constant;
    }

    /** Returns the least cost of any plan. */
    double least() {
        double[] step = solve(quadratic, linear);
        double sum = constant;
        for (int i = 0; i < length; i++) sum -= 0.5 * linear[i] * step[i];
        return sum;
    }

    /** Returns the new mean from the plan 0, for noise with this covariance. */
    double[] update(double[][] covariance, double lambda) {
        double[][] matrix = inverse(covariance);
        double[] right = new double[length];
        for (int i = 0; i < length; i++) {
            right[i] = -linear[i] / lambda;
            for (int j = 0; j < length; j++) matrix[i][j] += quadratic[i][j] / lambda;
        }
        return solve(matrix, right);
    }

    private static double[][] inverse(double[][] matrix) {
        int n = matrix.length;
        double[][] out = new double[n][n];
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            double[] column = solve(matrix, unit);
            for (int i = 0; i < n; i++) out[i][j] = column[i];
        }
        return out;
    }

    private static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        double[][] a = new double[n][];
        double[] x = right.clone();
        for (int i = 0; i < n; i++) a[i] = matrix[i].clone();
        for (int i = 0; i < n; i++) {
            int pivot = i;
            for (int r = i; r < n; r++) if (Math.abs(a[r][i]) > Math.abs(a[pivot][i])) pivot = r;
            double[] row = a[i];
            a[i] = a[pivot];
            a[pivot] = row;
            double held = x[i];
            x[i] = x[pivot];
            x[pivot] = held;
            for (int r = i + 1; r < n; r++) {
                double factor = a[r][i] / a[i][i];
                for (int c = i; c < n; c++) a[r][c] -= factor * a[i][c];
                x[r] -= factor * x[i];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int c = i + 1; c < n; c++) x[i] -= a[i][c] * x[c];
            x[i] /= a[i][i];
        }
        return x;
    }
}
