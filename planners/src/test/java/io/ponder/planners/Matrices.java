package io.ponder.planners;

/** Small dense algebra in double precision, independent of the code under test. */
final class Matrices {
    private Matrices() {}

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
        return sum;
    }

    /** Solves by elimination with pivoting. */
    static double[] solve(double[][] matrix, double[] right) {
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

    static double[][] inverse(double[][] matrix) {
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
}
