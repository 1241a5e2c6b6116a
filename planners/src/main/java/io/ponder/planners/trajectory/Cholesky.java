package io.ponder.planners.trajectory;

/** Factors small symmetric matrices {@code [n x n]}, row by row, in place; allocates nothing. */
final class Cholesky {
    private Cholesky() {}

    /**
     * Overwrites the lower triangle with L, where matrix = L L'.
     *
     * @return false where the matrix is not positive definite; its contents are then undefined
     */
    static boolean factor(double[] matrix, int n) {
        for (int j = 0; j < n; j++) {
            double pivot = matrix[j * n + j];
            for (int k = 0; k < j; k++) pivot -= matrix[j * n + k] * matrix[j * n + k];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) return false;
            double root = Math.sqrt(pivot);
            matrix[j * n + j] = root;
            for (int i = j + 1; i < n; i++) {
                double sum = matrix[i * n + j];
                for (int k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
                matrix[i * n + j] = sum / root;
            }
        }
        return true;
    }

    /** Overwrites entries {@code first, first + stride, ...} of {@code vector} with the solution of L L' x = vector. */
    static void solve(double[] factor, int n, double[] vector, int first, int stride) {
        for (int i = 0; i < n; i++) {
            double sum = vector[first + i * stride];
            for (int k = 0; k < i; k++) sum -= factor[i * n + k] * vector[first + k * stride];
            vector[first + i * stride] = sum / factor[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = vector[first + i * stride];
            for (int k = i + 1; k < n; k++) sum -= factor[k * n + i] * vector[first + k * stride];
            vector[first + i * stride] = sum / factor[i * n + i];
        }
    }
}
