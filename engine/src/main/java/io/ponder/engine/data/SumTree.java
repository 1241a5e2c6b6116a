package io.ponder.engine.data;

import io.ponder.engine.Checks;

/**
 * Draws rows in proportion to their priorities, and changes a priority, in a time that grows with the logarithm of their number: the
 * replay of Schaul et al., "Prioritized experience replay" (2016), appendix B.2.1.
 *
 * <p>A priority here is what the probability is proportional to: p^alpha in the paper's notation. A row of priority 0, as all are in the
 * beginning, is never drawn. Inner nodes are sums in double and computed anew from both children at every change, so errors do not build up:
 * after any number of changes the tree is, to the bit, the one of its priorities.
 *
 * <p>Memory is 16 bytes a row, up to the next power of two, taken in the constructor; nothing else allocates. Not thread-safe.
 */
public final class SumTree {
    private final int capacity;
    private final int leaves;
    /** Node i has the children 2i and 2i + 1; row r is node leaves + r. */
    private final double[] sums;
    private double largest;

    /** Creates a tree of rows {@code 0 .. capacity - 1} with priority 0. */
    public SumTree(int capacity) {
        this.capacity = Checks.inRange("capacity", capacity, 1, 1 << 29);
        int width = 1;
        while (width < capacity) width *= 2;
        leaves = width;
        sums = new double[2 * width];
    }

    /** Returns the number of rows. */
    public int capacity() {
        return capacity;
    }

    /** Returns the sum of all priorities. */
    public double total() {
        return sums[1];
    }

    /** Returns the priority of a row. */
    public double priority(int row) {
        return sums[leaves + Checks.inRange("row", row, 0, capacity - 1)];
    }

    /** Returns the largest priority ever set, 0 if none: the paper gives it to rows that were never drawn. */
    public double largest() {
        return largest;
    }

    /**
     * Sets the priority of a row.
     *
     * @param priority at least 0 and finite
     */
    public void set(int row, double priority) {
        Checks.inRange("row", row, 0, capacity - 1);
        Checks.inRange("priority", priority, 0, Double.MAX_VALUE);
        largest = Math.max(largest, priority);
        int node = leaves + row;
        sums[node] = priority;
        while (node > 1) {
            node >>= 1;
            sums[node] = sums[2 * node] + sums[2 * node + 1];
        }
    }

    /**
     * Returns the row in which the running sum of the priorities passes {@code prefix}: the first r with p(0) + ... + p(r) &gt; prefix.
     *
     * @param prefix at least 0; from {@link #total} on, the last row of positive priority is returned
     * @return a row of positive priority
     * @throws IllegalStateException if all priorities are 0
     */
    public int find(double prefix) {
        Checks.inRange("prefix", prefix, 0, Double.MAX_VALUE);
        requirePositive();
        return descend(prefix);
    }

    private int descend(double prefix) {
        double left = prefix;
        int node = 1;
        while (node < leaves) {
            node *= 2;
            // Rounding may leave more than the children hold: never go where everything is 0.
            if (left >= sums[node] && sums[node + 1] > 0) {
                left -= sums[node];
                node++;
            }
        }
        return node - leaves;
    }

    /**
     * Draws rows with replacement, stratified: row i of the batch comes from the i-th of {@code count} equal parts of the total.
     *
     * @param key   key of the random numbers; the same key and priorities give the same rows
     * @param count rows to draw, at least 1
     * @param rows  receives them, in ascending order. Modified.
     * @throws IllegalStateException if all priorities are 0
     */
    public void sample(long key, int count, int[] rows) {
        Checks.inRange("count", count, 1, rows.length);
        requirePositive();
        double part = sums[1] / count;
        for (int i = 0; i < count; i++) rows[i] = descend((i + 1 - RowRandom.unit(key, i)) * part);
    }

    /**
     * Computes importance weights (N P(i))^-beta, divided by the largest of the batch, so that none is above 1 (section 3.4 of the paper).
     *
     * @param rows    rows of positive priority, as {@link #sample} draws them. Not modified.
     * @param count   number of rows
     * @param beta    0 for no correction to 1 for a full one
     * @param weights receives one weight a row. Modified.
     */
    public void weights(int[] rows, int count, double beta, float[] weights) {
        Checks.inRange("count", count, 0, Math.min(rows.length, weights.length));
        Checks.inRange("beta", beta, 0, 1);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) least = Math.min(least, Checks.positive("priority", priority(rows[i])));
        // N and the total are the same in every weight and cancel against the largest.
        for (int i = 0; i < count; i++) weights[i] = (float) Math.pow(least / sums[leaves + rows[i]], beta);
    }

    private void requirePositive() {
        if (!(sums[1] > 0)) {
            throw new IllegalStateException("All priorities are 0, so no row can be drawn.\nMaybe set a priority for every row that is stored.");
        }
    }
}
