package io.ponder.planners.tree;

/**
 * Makes edge values comparable with priors: a value becomes {@code (value - low) / (high - low)}, with a smallest divisor. Nothing is
 * clipped. Immutable, stateless.
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

    /** Returns the smallest divisor. */
    default float leastRange() {
        return 1e-8f;
    }
}
