package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.tensor.Kernels;
import java.util.Arrays;

/**
 * Derivatives of a linear system whose reward is {@code -(x''Q x' + u'R u)} at the state after the step. Through a bound the derivative
 * is 0, but for an action exactly at it.
 */
final class LinearQuadraticGradient implements TaskGradient {
    private final int n;
    private final int m;
    private final float[] a;
    private final float[] b;
    private final float[] q;
    private final float[] r;
    private final float bound;

    LinearQuadraticGradient(LinearQuadratic system) {
        n = system.stateSize();
        m = system.actionSize();
        a = floats(system.transition());
        b = floats(system.input());
        q = symmetric(system.stateCost(), n);
        r = symmetric(system.actionCost(), m);
        bound = (float) system.bound();
    }

    private static float[] floats(double[] values) {
        var copy = new float[values.length];
        for (int i = 0; i < values.length; i++) copy[i] = (float) values[i];
        return copy;
    }

    /** Returns the matrix plus its transpose: the second derivative of its quadratic form. */
    private static float[] symmetric(double[] matrix, int size) {
        var sum = new float[matrix.length];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) sum[i * size + j] = (float) (matrix[i * size + j] + matrix[j * size + i]);
        }
        return sum;
    }

    @Override
    public int scratchRows() {
        return 2 * n + m;
    }

    @Override
    public void backward(
            float[] state,
            float[] action,
            int columns,
            float[] nextCotangent,
            float[] rewardCotangent,
            float[] stateCotangent,
            float[] actionCotangent,
            float[][] scratch) {
        Kernels kernels = Kernels.get();
        // Rows 0 .. m - 1: the clipped actions; then the next state; then its total cotangent.
        for (int j = 0; j < m; j++) {
            kernels.clamp(columns, -bound, bound, action, j * columns, scratch[j], 0);
        }
        for (int i = 0; i < n; i++) {
            float[] next = scratch[m + i];
            Arrays.fill(next, 0, columns, 0);
            for (int j = 0; j < n; j++) kernels.axpy(columns, a[i * n + j], state, j * columns, next, 0);
            for (int j = 0; j < m; j++) kernels.axpy(columns, b[i * m + j], scratch[j], 0, next, 0);
        }
        for (int i = 0; i < n; i++) {
            float[] total = scratch[m + n + i];
            quadratic(q, n, i, scratch, m, rewardCotangent, columns, total);
            kernels.add(columns, total, 0, nextCotangent, i * columns, total, 0);
        }
        Arrays.fill(stateCotangent, 0, n * columns, 0);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) kernels.axpy(columns, a[i * n + j], scratch[m + n + i], 0, stateCotangent, j * columns);
        }
        // The rows of the next state are free again.
        float[] total = scratch[m];
        for (int j = 0; j < m; j++) {
            quadratic(r, m, j, scratch, 0, rewardCotangent, columns, total);
            for (int i = 0; i < n; i++) kernels.axpy(columns, b[i * m + j], scratch[m + n + i], 0, total, 0);
            for (int k = 0; k < columns; k++) {
                actionCotangent[j * columns + k] = Math.abs(action[j * columns + k]) <= bound ? total[k] : 0;
            }
        }
    }

    /** Writes {@code -cotangent * (matrix x)_row} of the vector in the rows from {@code first} on. */
    private static void quadratic(
            float[] matrix, int size, int row, float[][] x, int first, float[] cotangent, int columns, float[] out) {
        Arrays.fill(out, 0, columns, 0);
        for (int j = 0; j < size; j++) Kernels.get().axpy(columns, -matrix[row * size + j], x[first + j], 0, out, 0);
        for (int k = 0; k < columns; k++) out[k] *= cotangent[k];
    }

    @Override
    public void observeBackward(float[] state, int columns, float[] cotangent, float[] stateCotangent) {
        TaskGradient.addIdentity(cotangent, n * columns, stateCotangent);
    }
}
