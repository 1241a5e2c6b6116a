package io.ponder.planners.tree;

/**
 * Makes edge values comparable with priors: a value becomes {@code (value - low) / (high - low)}, with a smallest divisor.
 * Nothing is clipped. Immutable, stateless.
 */
public interface QTransform {
    /** Place of the lower bound. */
    int LOW = 0;
    /** Place of the upper bound. */
    int HIGH = 1;

    /**
     * Writes the bounds of a node.
     *
     * @param bounds at least 7 entries, of which {@link #LOW} and {@link #HIGH} count afterwards. Modified.
     */
    void bounds(SearchContext context, int row, int slot, float[] bounds);

    /**
     * Writes the scaled values of all edges of a node, illegal ones included.
     *
     * @param firstPlay what edges without visits are worth
     * @param out       at least one entry an edge and at least 7. Modified.
     */
    default void values(SearchContext context, FirstPlay firstPlay, int row, int slot, float[] out) {
        SearchTree tree = context.tree();
        bounds(context, row, slot, out);
        float low = out[LOW];
        float factor = 1 / Math.max(out[HIGH] - low, leastRange());
        float unvisited = (firstPlay.value(context, slot, low) - low) * factor;
        int node = slot - row * tree.capacity;
        for (int a = 0; a < tree.allEdgesOf(slot); a++) {
            out[a] = tree.edgeVisits(row, node, a) > 0 ? (tree.edgeValue(row, node, a) - low) * factor : unvisited;
        }
    }

    /** Tells whether the bounds depend on the node alone, not on the rest of its tree. */
    default boolean ofNode() {
        return true;
    }

    /** Returns the smallest divisor. */
    default float leastRange() {
        return 1e-8f;
    }
}
