package io.ponder.planners;

import io.ponder.engine.tensor.Kernels;
import io.ponder.engine.tensor.TopK;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes the weights of a {@link Weighting}. Infinite costs weigh nothing. A further price divides the weight by its exponential, and a
 * softmax has the effective sample size after that.
 */
final class CandidateWeights {
    private final Weighting weighting;
    private final Temperature temperature;
    private final int[] index;
    private final Kernels kernels = Kernels.get();

    CandidateWeights(Weighting weighting, int candidates) {
        this.weighting = weighting;
        temperature = new Temperature(candidates);
        index = new int[candidates];
    }

    /**
     * Writes weights that sum to 1 and returns their effective number.
     *
     * @param costs   costs from {@code from} on, at least one of them finite. Not modified.
     * @param price   prices in temperatures, at least 0, from {@code from} on, or null for none. Not modified.
     * @param finite  how many are finite
     * @param weights weights from {@code from} on. Modified.
     */
    double weigh(float[] costs, float @Nullable [] price, int from, int size, int finite, float[] weights) {
        int counted = Math.max(1, Math.min(finite, (int) Math.round(weighting.share() * size)));
        switch (weighting.kind()) {
            case SOFTMAX -> softmax(costs, price, from, size, Math.max(1, weighting.share() * finite), weights);
            case BEST -> {
                TopK.smallest(size, costs, from, 1, 1, index, 0);
                Arrays.fill(weights, from, from + size, 0);
                weights[from + index[0]] = 1;
            }
            case ELITE -> {
                TopK.smallest(size, costs, from, 1, counted, index, 0);
                Arrays.fill(weights, from, from + size, 0);
                for (int e = 0; e < counted; e++) weights[from + index[e]] = 1;
            }
            case TSALLIS -> tsallis(costs, from, size, Math.min(finite, counted + 1), weights);
        }
        if (price != null && weighting.kind() != Weighting.Kind.SOFTMAX) discountPrices(price, from, size, weights);
        double sum = kernels.sum(size, weights, from);
        kernels.scale(size, (float) (1 / sum), weights, from, weights, from);
        return 1 / kernels.dot(size, weights, from, weights, from);
    }

    private void softmax(float[] costs, float @Nullable [] price, int from, int size, double wanted, float[] weights) {
        float inverse = Temperature.inverse(temperature.solve(costs, price, from, size, wanted));
        float least = kernels.min(size, costs, from);
        for (int k = from; k < from + size; k++) weights[k] = (least - costs[k]) * inverse;
        if (price != null) {
            kernels.subtract(size, weights, from, price, from, weights, from);
            float most = kernels.max(size, weights, from);
            for (int k = from; k < from + size; k++) weights[k] -= most;
        }
        kernels.exp(size, weights, from, weights, from);
    }

    /** Divides the weights by the exponential of how much more they cost than the cheapest that weighs anything. */
    private static void discountPrices(float[] price, int from, int size, float[] weights) {
        float least = Float.POSITIVE_INFINITY;
        for (int k = from; k < from + size; k++) if (weights[k] > 0) least = Math.min(least, price[k]);
        for (int k = from; k < from + size; k++) if (weights[k] > 0) weights[k] *= (float) Math.exp(least - price[k]);
    }

    private void tsallis(float[] costs, int from, int size, int counted, float[] weights) {
        TopK.smallest(size, costs, from, 1, counted, index, 0);
        double least = costs[from + index[0]];
        double range = costs[from + index[counted - 1]] - least;
        Arrays.fill(weights, from, from + size, 0);
        double power = 1 / (weighting.exponent() - 1);
        for (int e = 0; e < counted; e++) {
            double place = range > 0 ? (costs[from + index[e]] - least) / range : 0;
            weights[from + index[e]] = (float) Math.pow(1 - place, power);
        }
    }
}
