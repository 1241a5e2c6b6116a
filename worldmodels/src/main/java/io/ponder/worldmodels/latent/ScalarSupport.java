package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.ScalarCodec;
import io.ponder.engine.nn.ScalarTransform;

/**
 * States how a head writes a scalar: bins spaced evenly over a transformed scalar.
 *
 * @param transform squashes the scalar first
 * @param bins      number of bins, at least 2
 * @param lowest    the lowest bin, after the transform
 * @param highest   the highest bin, after the transform
 */
public record ScalarSupport(ScalarTransform transform, int bins, double lowest, double highest) {
    public ScalarSupport {
        ScalarCodec.even(transform, bins, lowest, highest);
    }

    /** Returns MuZero's transform for returns up to {@code limit} in size, with {@code bins} bins. */
    public static ScalarSupport returns(double limit, int bins) {
        double end = ScalarTransform.MUZERO.apply(limit);
        return new ScalarSupport(ScalarTransform.MUZERO, bins, -end, end);
    }

    /** Returns MuZero's transform for returns from {@code lowest} to {@code highest}, with {@code bins} bins. */
    public static ScalarSupport returns(double lowest, double highest, int bins) {
        return new ScalarSupport(ScalarTransform.MUZERO, bins, ScalarTransform.MUZERO.apply(lowest), ScalarTransform.MUZERO.apply(highest));
    }

    /** Returns the support of outcomes from -1 to 1. */
    public static ScalarSupport outcomes() {
        return new ScalarSupport(ScalarTransform.IDENTITY, 11, -1, 1);
    }

    /** Returns the codec. */
    ScalarCodec codec() {
        return ScalarCodec.even(transform, bins, lowest, highest);
    }
}
