package io.ponder.engine.tensor;

/** Moves blocks of floats between layouts; shared by all kernels. */
final class Packing {
    /** Edge of the square blocks of a transposition: both sides of a block fit into the first-level cache. */
    private static final int BLOCK = 16;

    private Packing() {}

    /** Copies x {@code [rows x columns]} to y {@code [columns x rows]}. */
    static void transpose(int rows, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i0 = 0; i0 < rows; i0 += BLOCK) {
            int i1 = Math.min(rows, i0 + BLOCK);
            for (int j0 = 0; j0 < columns; j0 += BLOCK) {
                int j1 = Math.min(columns, j0 + BLOCK);
                for (int j = j0; j < j1; j++) {
                    int yj = yOffset + j * yStride;
                    for (int i = i0; i < i1; i++) {
                        y[yj + i] = x[xOffset + i * xStride + j];
                    }
                }
            }
        }
    }
}
