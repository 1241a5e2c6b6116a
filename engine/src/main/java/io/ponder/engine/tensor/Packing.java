package io.ponder.engine.tensor;

/** Moves blocks of floats between layouts; shared by all kernels. */
final class Packing {
    /** Columns of x handled together in a transposition: their part of y stays in the first-level cache. */
    private static final int BLOCK = 64;

    private Packing() {}

    /** Copies x {@code [rows x columns]} to y {@code [columns x rows]}. */
    static void transpose(int rows, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int j = 0; j < columns; j += BLOCK) {
            interleave(rows, Math.min(BLOCK, columns - j), x, xOffset + j, xStride, y, yOffset + j * yStride, yStride);
        }
    }

    /** Copies {@code rows} rows of {@code count} entries so that entry p of row r goes to {@code y[yo + p * ys + r]}. */
    static void interleave(int rows, int count, float[] x, int xo, int xs, float[] y, int yo, int ys) {
        int r = 0;
        if (rows == 5) {
            interleaveFive(count, x, xo, xs, y, yo, ys);
            return;
        }
        for (; r + 4 <= rows; r += 4) {
            interleaveFour(count, x, xo + r * xs, xs, y, yo + r, ys);
        }
        for (; r < rows; r++) {
            interleaveOne(count, x, xo + r * xs, y, yo + r, ys);
        }
    }

    private static void interleaveFour(int count, float[] x, int x0, int xs, float[] y, int yo, int ys) {
        int x1 = x0 + xs;
        int x2 = x1 + xs;
        int x3 = x2 + xs;
        for (int p = 0; p < count; p++) {
            int at = yo + p * ys;
            y[at] = x[x0 + p];
            y[at + 1] = x[x1 + p];
            y[at + 2] = x[x2 + p];
            y[at + 3] = x[x3 + p];
        }
    }

    private static void interleaveFive(int count, float[] x, int x0, int xs, float[] y, int yo, int ys) {
        int x1 = x0 + xs;
        int x2 = x1 + xs;
        int x3 = x2 + xs;
        int x4 = x3 + xs;
        for (int p = 0; p < count; p++) {
            int at = yo + p * ys;
            y[at] = x[x0 + p];
            y[at + 1] = x[x1 + p];
            y[at + 2] = x[x2 + p];
            y[at + 3] = x[x3 + p];
            y[at + 4] = x[x4 + p];
        }
    }

    private static void interleaveOne(int count, float[] x, int xo, float[] y, int yo, int ys) {
        for (int p = 0; p < count; p++) {
            y[yo + p * ys] = x[xo + p];
        }
    }

    /** Copies {@code rows} rows of {@code columns} entries, which are few, from one stride to another. */
    static void copyRows(int rows, int columns, float[] x, int xo, int xs, float[] y, int yo, int ys) {
        if (columns == 8) {
            for (int i = 0; i < rows; i++) {
                int from = xo + i * xs;
                int to = yo + i * ys;
                y[to] = x[from];
                y[to + 1] = x[from + 1];
                y[to + 2] = x[from + 2];
                y[to + 3] = x[from + 3];
                y[to + 4] = x[from + 4];
                y[to + 5] = x[from + 5];
                y[to + 6] = x[from + 6];
                y[to + 7] = x[from + 7];
            }
            return;
        }
        if (columns == 5) {
            for (int i = 0; i < rows; i++) {
                int from = xo + i * xs;
                int to = yo + i * ys;
                y[to] = x[from];
                y[to + 1] = x[from + 1];
                y[to + 2] = x[from + 2];
                y[to + 3] = x[from + 3];
                y[to + 4] = x[from + 4];
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            int from = xo + i * xs;
            int to = yo + i * ys;
            for (int j = 0; j < columns; j++) {
                y[to + j] = x[from + j];
            }
        }
    }
}
