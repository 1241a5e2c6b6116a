package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.SelectionKernels;

/**
 * Scales by the range of the node's own mean value and its visited edges' values, never those of other nodes: mctx's
 * {@code qtransform_by_parent_and_siblings}.
 *
 * @param leastRange smallest divisor, greater than 0
 */
public record SiblingRange(float leastRange) implements QTransform {
    /** mctx's divisor. */
    public static final SiblingRange DEFAULT = new SiblingRange(1e-8f);

    public SiblingRange {
        Checks.positive("leastRange", leastRange);
    }

    @Override
    public void bounds(SearchContext context, int row, int slot, float[] bounds) {
        SearchTree tree = context.tree();
        context.kernels().statistics(
                tree.edgesOf(slot), tree.prior, tree.edgeVisits, tree.edgeValue, tree.from(slot), tree.value[slot], bounds);
        float least = bounds[SelectionKernels.LEAST];
        float largest = bounds[SelectionKernels.LARGEST];
        bounds[LOW] = least;
        bounds[HIGH] = largest;
    }
}
