package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Kernels;
import java.util.Arrays;

/**
 * Writes a scalar as a distribution over bins, and reads it back: regression by classification.
 *
 * <p>A scalar between two neighbouring bins shares its mass linearly among them (two-hot); beyond the outermost bin all mass is there.
 * Scalars are computed in double, because the inverse transforms cancel in float. Immutable and thread-safe; allocates nothing.
 */
public interface ScalarCodec {
    /** Returns MuZero's codec: h(x) on integer bins from {@code -support} to {@code support} (Schrittwieser et al. 2020; there 300). */
    static ScalarCodec muZero(int support) {
        Checks.positive("support", support);
        return new EvenBins(ScalarTransform.MUZERO, 2 * support + 1, -support, support);
    }

    /** Returns a codec with evenly spaced bins of symlog(x); TD-MPC2 has 101 from -10 to 10 (Hansen et al. 2024). */
    static ScalarCodec symlogTwoHot(int bins, double lowest, double highest) {
        return new EvenBins(ScalarTransform.SYMLOG, bins, lowest, highest);
    }

    /**
     * Returns a codec whose bins are spaced evenly in symlog but whose mass is split linearly between the bin values themselves;
     * DreamerV3 has 255 bins at symexp(-20 .. 20) (Hafner et al. 2023).
     */
    static ScalarCodec symexpTwoHot(int bins, double limit) {
        return new SymexpBins(bins, limit);
    }

    /** Returns a codec with bins spaced evenly over a transformed scalar, from {@code lowest} to {@code highest} after the transform. */
    static ScalarCodec even(ScalarTransform transform, int bins, double lowest, double highest) {
        return new EvenBins(transform, bins, lowest, highest);
    }

    /** Returns the number of bins. */
    int bins();

    /** Returns the lower of the two bins that share the mass of {@code x}; the last bin at and beyond it. */
    int low(double x);

    /** Returns the mass of bin {@code low(x) + 1}, from 0 to below 1; the rest is on {@code low(x)}. */
    double highWeight(double x);

    /** Returns the scalar of a distribution. Not modified; entry i at {@code offset + i * stride}. */
    double mean(double[] probabilities, int offset, int stride);

    /** Returns the scalar of a distribution. Not modified; entry i at {@code offset + i * stride}. */
    double mean(float[] probabilities, int offset, int stride);

    /** Returns the scalar that the softmax of logits stands for. Not modified. */
    default double decode(double[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) largest = Math.max(largest, logit);
        double[] probabilities = new double[bins()];
        double total = 0;
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = Math.exp(logits[i] - largest);
            total += probabilities[i];
        }
        for (int i = 0; i < probabilities.length; i++) probabilities[i] /= total;
        return mean(probabilities, 0, 1);
    }

    /**
     * Writes the distributions of scalars, as targets of {@link NetworkBuilder#crossEntropy}.
     *
     * @param columns number of scalars K
     * @param x       scalars {@code [K]}. Not modified.
     * @param target  {@code [bins x K]}. Modified.
     */
    default void encode(int columns, float[] x, int xOffset, float[] target, int targetOffset) {
        Arrays.fill(target, targetOffset, targetOffset + bins() * columns, 0f);
        for (int k = 0; k < columns; k++) {
            int low = low(x[xOffset + k]);
            double high = highWeight(x[xOffset + k]);
            target[targetOffset + low * columns + k] = (float) (1 - high);
            if (high > 0) target[targetOffset + (low + 1) * columns + k] = (float) high;
        }
    }

    /**
     * Reads scalars from logits.
     *
     * @param columns number of scalars K
     * @param logits  {@code [bins x K]}; may be {@code work} itself. Not modified otherwise.
     * @param work    {@code [bins x K]}, receives the softmax. Modified.
     * @param x       scalars {@code [K]}. Modified.
     */
    default void decode(int columns, float[] logits, int logitsOffset, float[] work, int workOffset, float[] x, int xOffset) {
        Kernels.get().softmax(1, bins(), columns, logits, logitsOffset, columns, work, workOffset, columns);
        for (int k = 0; k < columns; k++) x[xOffset + k] = (float) mean(work, workOffset + k, columns);
    }
}
