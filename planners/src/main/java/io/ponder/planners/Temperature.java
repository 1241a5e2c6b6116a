package io.ponder.planners;

import io.ponder.engine.tensor.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * Solves for the temperature at which {@code exp(-cost / temperature)} has a wanted effective sample size, by bisection of its
 * logarithm.
 */
final class Temperature {
    /** The bracket is this many powers of two of the spread of the costs, both ways. */
    private static final int OCTAVES = 20;
    /** Halvings of the bracket: 40 octaves / 2^13 is 0.5 % of the temperature. */
    private static final int STEPS = 13;

    private final Kernels kernels = Kernels.get();
    private final float[] work;

    /** Creates the memory for {@code candidates} costs. */
    Temperature(int candidates) {
        work = new float[candidates];
    }

    /**
     * Returns the temperature.
     *
     * @param costs  the costs from {@code from} on; infinite ones weigh nothing. Not modified.
     * @param fixed  further costs, already divided by the temperature, or null for none. Not modified.
     * @param wanted effective sample size to reach
     */
    double solve(float[] costs, float @Nullable [] fixed, int from, int size, double wanted) {
        float least = kernels.min(size, costs, from);
        float most = least;
        for (int k = from; k < from + size; k++) if (costs[k] > most && costs[k] != Float.POSITIVE_INFINITY) most = costs[k];
        double spread = (double) most - least;
        if (!(spread > 0)) return 1;
        double low = -OCTAVES;
        double high = OCTAVES;
        for (int step = 0; step < STEPS; step++) {
            double middle = 0.5 * (low + high);
            if (effectiveSize(costs, fixed, from, size, least, spread * Math.pow(2, middle)) < wanted) low = middle;
            else high = middle;
        }
        return spread * Math.pow(2, 0.5 * (low + high));
    }

    /** Returns what differences of costs are multiplied by; never 0, which times a difference beyond floats is no number. */
    static float inverse(double temperature) {
        return (float) Math.max(Float.MIN_NORMAL, 1 / temperature);
    }

    private double effectiveSize(float[] costs, float @Nullable [] fixed, int from, int size, float least, double temperature) {
        float factor = inverse(temperature);
        for (int k = 0; k < size; k++) work[k] = (least - costs[from + k]) * factor;
        if (fixed != null) {
            kernels.subtract(size, work, 0, fixed, from, work, 0);
            float most = kernels.max(size, work, 0);
            for (int k = 0; k < size; k++) work[k] -= most;
        }
        kernels.exp(size, work, 0, work, 0);
        double sum = kernels.sum(size, work, 0);
        return sum * sum / kernels.dot(size, work, 0, work, 0);
    }
}
