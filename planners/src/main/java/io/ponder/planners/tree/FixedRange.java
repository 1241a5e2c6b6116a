package io.ponder.planners.tree;

import io.ponder.engine.Checks;

/**
 * Scales by known bounds of the value: mctx's {@code qtransform_by_min_max}.
 *
 * @param low  becomes 0
 * @param high becomes 1, greater than {@code low}
 */
public record FixedRange(float low, float high) implements QTransform {
    /** Leaves values as they are. */
    public static final FixedRange IDENTITY = new FixedRange(0, 1);

    public FixedRange {
        Checks.positive("high - low", high - low);
    }

    @Override
    public void bounds(SearchContext context, int row, int slot, float[] bounds) {
        bounds[LOW] = low;
        bounds[HIGH] = high;
    }
}
