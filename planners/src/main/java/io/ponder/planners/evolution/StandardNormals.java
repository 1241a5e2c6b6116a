package io.ponder.planners.evolution;

import io.ponder.engine.tensor.Kernels;

/**
 * Draws and keeps the standard normals of a generation: number i of point k is draw k of sample i, so that the numbers of a point lie
 * side by side and points come in pairs of one block.
 */
final class StandardNormals {
    private final Kernels kernels = Kernels.get();
    private final int dimension;
    private final float[] values;

    StandardNormals(int dimension, int population) {
        this.dimension = dimension;
        values = new float[Math.multiplyExact(dimension, population)];
    }

    /** Draws the numbers of some points. */
    void fill(long key, int first, int count) {
        kernels.fillNormal((int) key, (int) (key >>> 32), 0, first, count, dimension, values, first * dimension, dimension);
    }

    /** Returns {@code [population x n]}. */
    float[] values() {
        return values;
    }
}
