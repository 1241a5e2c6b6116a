package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.Arrays;

/** Bins at symexp of an even spacing; mass is split linearly between the bin values. */
final class SymexpBins implements ScalarCodec {
    private final double[] values;

    SymexpBins(int bins, double limit) {
        Checks.inRange("bins", bins, 2, Integer.MAX_VALUE);
        Checks.positive("limit", limit);
        values = new double[bins];
        // One half mirrors the other to the bit, so that a symmetric distribution has mean 0 exactly.
        for (int i = 0; i < bins / 2; i++) {
            double value = ScalarTransform.SYMLOG.inverse(limit - 2 * limit * i / (bins - 1));
            values[i] = -value;
            values[bins - 1 - i] = value;
        }
    }

    @Override
    public int bins() {
        return values.length;
    }

    @Override
    public int low(double x) {
        int found = Arrays.binarySearch(values, x);
        if (found >= 0) return found;
        return Math.max(0, -found - 2);
    }

    @Override
    public double highWeight(double x) {
        int low = low(x);
        if (low == values.length - 1 || !(x > values[low])) return 0;
        return (x - values[low]) / (values[low + 1] - values[low]);
    }

    /** Adds bin and mirrored bin in pairs, from the outermost inwards. */
    @Override
    public double mean(double[] probabilities, int offset, int stride) {
        double sum = 0;
        int last = values.length - 1;
        for (int i = 0; i < values.length / 2; i++) {
            sum += probabilities[offset + i * stride] * values[i] + probabilities[offset + (last - i) * stride] * values[last - i];
        }
        return sum;
    }

    @Override
    public double mean(float[] probabilities, int offset, int stride) {
        double sum = 0;
        int last = values.length - 1;
        for (int i = 0; i < values.length / 2; i++) {
            sum += probabilities[offset + i * stride] * values[i] + probabilities[offset + (last - i) * stride] * values[last - i];
        }
        return sum;
    }
}
