package io.ponder.planners.tree;

import java.util.Arrays;

/**
 * Keeps how far the returns through the edges of the roots lie apart: number, mean and sum of squared deviations (Welford
 * 1962), three columns {@code [B x W]}. Taken only where the rule of the root reads them.
 *
 * <p>Counts what this search has seen: where a subtree was kept, less than the visits of an edge. Written by one thread a row.
 */
final class RootReturns {
    private final int width;
    private final int[] count;
    private final float[] mean;
    private final float[] squares;

    RootReturns(int rows, int width) {
        this.width = width;
        count = new int[rows * width];
        mean = new float[rows * width];
        squares = new float[rows * width];
    }

    void clear(int row) {
        Arrays.fill(count, row * width, (row + 1) * width, 0);
        Arrays.fill(mean, row * width, (row + 1) * width, 0);
        Arrays.fill(squares, row * width, (row + 1) * width, 0);
    }

    /** Counts a return through an edge, for the player who moves at the root. */
    void add(int row, int edge, float returned) {
        int i = row * width + edge;
        float before = returned - mean[i];
        mean[i] += before / ++count[i];
        squares[i] += before * (returned - mean[i]);
    }

    int count(int row, int edge) {
        return count[row * width + edge];
    }

    float squares(int row, int edge) {
        return squares[row * width + edge];
    }
}
