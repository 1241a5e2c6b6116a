package io.ponder.planners.tree;

import io.ponder.engine.Checks;

/**
 * Scales by the least and the largest edge value seen so far anywhere in the tree, as the MuZero paper does (Schrittwieser
 * and others 2020, equation 5). Before two different values were seen, values stay as they are.
 *
 * @param leastRange smallest divisor, greater than 0; some systems take 0.01, so that noise is not blown up
 */
public record TreeMinMax(float leastRange) implements QTransform {
    /** Divides by nothing smaller than 1e-8. */
    public static final TreeMinMax DEFAULT = new TreeMinMax(1e-8f);

    public TreeMinMax {
        Checks.positive("leastRange", leastRange);
    }

    @Override
    public void bounds(SearchContext context, int row, int slot, float[] bounds) {
        float least = context.tree().leastValue[row];
        float largest = context.tree().largestValue[row];
        bounds[LOW] = largest > least ? least : 0;
        bounds[HIGH] = largest > least ? largest : 1;
    }

    @Override
    public boolean ofNode() {
        return false;
    }
}
