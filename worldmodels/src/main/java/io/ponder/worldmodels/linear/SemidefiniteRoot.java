package io.ponder.worldmodels.linear;

/** Factors covariances, singular ones included. */
final class SemidefiniteRoot {
    /** Pivots below this share of the largest variance count as 0. */
    private static final double TOLERANCE = 1e-12;

    private SemidefiniteRoot() {}

    /**
     * Returns a lower triangular L with {@code L L' = covariance} (Cholesky; a pivot of 0 leaves its column 0).
     *
     * @throws IllegalArgumentException if the matrix is not symmetric and positive semi-definite
     */
    static double[][] of(double[][] covariance) {
        int n = covariance.length;
        double largest = 0;
        for (int i = 0; i < n; i++) largest = Math.max(largest, covariance[i][i]);
        var root = new double[n][n];
        for (int j = 0; j < n; j++) {
            double pivot = covariance[j][j] - dot(root[j], root[j], j);
            if (!(pivot >= -TOLERANCE * largest)) throw notSemidefinite(j, pivot);
            boolean zero = pivot <= TOLERANCE * largest;
            root[j][j] = zero ? 0 : Math.sqrt(pivot);
            for (int i = j + 1; i < n; i++) {
                if (Math.abs(covariance[i][j] - covariance[j][i]) > 1e-6 * largest) throw notSemidefinite(j, pivot);
                root[i][j] = zero ? 0 : (covariance[i][j] - dot(root[i], root[j], j)) / root[j][j];
            }
        }
        return root;
    }

    private static double dot(double[] x, double[] y, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += x[i] * y[i];
        return sum;
    }

    private static IllegalArgumentException notSemidefinite(int row, double pivot) {
        return new IllegalArgumentException("covariance is not symmetric and positive semi-definite: pivot " + row + " is " + pivot
                + ".\nMaybe a standard deviation was given where a variance belongs, or two entries were swapped.");
    }
}
