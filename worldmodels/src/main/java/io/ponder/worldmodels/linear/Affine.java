package io.ponder.worldmodels.linear;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Kernels;
import java.util.Arrays;

/** Products of small dense matrices with blocks of columns. Each entry is summed in the order of the matrix row, at any block size. */
final class Affine {
    private Affine() {}

    /** Copies a {@code [rows x columns]} matrix into row-major floats, after a check of its shape. */
    static float[] flatten(String name, double[][] matrix, int rows, int columns) {
        Checks.same("rows of " + name, matrix.length, "the size that the other matrices give", rows);
        float[] flat = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            Checks.same("columns of " + name, matrix[i].length, "the size that the other matrices give", columns);
            for (int j = 0; j < columns; j++) flat[i * columns + j] = (float) matrix[i][j];
        }
        return flat;
    }

    /** Sets every row {@code i} of {@code out [rows x K]} to {@code bias[i]}. */
    static void fill(float[] bias, int rows, int columns, float[] out) {
        for (int i = 0; i < rows; i++) Arrays.fill(out, i * columns, (i + 1) * columns, bias[i]);
    }

    /** Adds {@code matrix [rows x size] * x [size x K]} to {@code out [rows x K]}. */
    static void addProduct(float[] matrix, int rows, int size, float[] x, int columns, float[] out) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < size; j++) Kernels.get().axpy(columns, matrix[i * size + j], x, j * columns, out, i * columns);
        }
    }

    /** Adds {@code transpose(matrix [rows x size]) * y [rows x K]} to {@code out [size x K]}. */
    static void addTransposed(float[] matrix, int rows, int size, float[] y, int columns, float[] out) {
        for (int j = 0; j < size; j++) {
            for (int i = 0; i < rows; i++) Kernels.get().axpy(columns, matrix[i * size + j], y, i * columns, out, j * columns);
        }
    }

    /** Adds {@code factor * x' matrix x} of every column to {@code out [K]}; {@code matrix} is {@code [size x size]}. */
    static void addQuadratic(float factor, float[] matrix, int size, float[] x, int columns, float[] out) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                float m = factor * matrix[i * size + j];
                if (m != 0) addScaledProduct(m, x, i * columns, j * columns, out, columns);
            }
        }
    }

    /**
     * Adds {@code factor * cotangent * (matrix + matrix') x} of every column to {@code out [size x K]}: the gradient of a weighted
     * quadratic form.
     */
    static void addQuadraticGradient(
            float factor, float[] matrix, int size, float[] x, float[] cotangent, int columns, float[] out) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                float m = factor * (matrix[i * size + j] + matrix[j * size + i]);
                if (m == 0) continue;
                int to = i * columns;
                int from = j * columns;
                for (int k = 0; k < columns; k++) out[to + k] += m * cotangent[k] * x[from + k];
            }
        }
    }

    private static void addScaledProduct(float factor, float[] x, int first, int second, float[] out, int columns) {
        for (int k = 0; k < columns; k++) out[k] += factor * (x[first + k] * x[second + k]);
    }
}
