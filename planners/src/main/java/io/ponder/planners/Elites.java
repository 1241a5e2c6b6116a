package io.ponder.planners;

import io.ponder.engine.tensor.TopK;

/** Finds the best candidates of a row and fits a normal distribution to them, entry by entry. */
final class Elites {
    private final int wanted;
    private final int candidates;
    private final int[] index;
    private int count;

    /** Creates the memory for {@code wanted} elites of {@code candidates}. */
    Elites(int wanted, int candidates) {
        this.wanted = wanted;
        this.candidates = candidates;
        index = new int[wanted];
    }

    /** Finds the elites of a row, best first: as many as were wanted, fewer where the population shrank or diverged. */
    void select(Population population, int row, int least) {
        int share = (int) Math.round((double) wanted * population.size() / candidates);
        int selected = Math.min(Math.min(population.finite(row), population.size()), Math.max(share, least));
        count = Math.min(wanted, Math.max(1, selected));
        TopK.smallest(population.size(), population.costs(), population.costAt(row), 1, count, index, 0);
        for (int e = 0; e < count; e++) population.require(row, index[e]);
    }

    /** Returns how many elites were found. */
    int count() {
        return count;
    }

    /** Returns the number of the candidate that is elite {@code i}. */
    int candidate(int i) {
        return index[i];
    }

    /**
     * Moves mean and deviation to those of the elites.
     *
     * @param smoothing      share of the old values that stays
     * @param leastDeviation floor of the deviation, in half ranges
     * @param mean           {@code [T x A]}. Modified.
     * @param deviation      {@code [T x A]}. Modified.
     */
    void fit(Population population, int row, double smoothing, double leastDeviation, float[] mean, float[] deviation) {
        float[] x = population.sequences();
        double spreads = 0;
        for (int i = 0; i < population.length(); i++) {
            int at = population.at(row, i);
            double sum = 0;
            for (int e = 0; e < count; e++) sum += x[at + index[e]];
            double center = sum / count;
            double squares = 0;
            for (int e = 0; e < count; e++) {
                double distance = x[at + index[e]] - center;
                squares += distance * distance;
            }
            double spread = Math.sqrt(squares / count);
            spreads += spread / population.halfRange(i);
            mean[i] = (float) (smoothing * mean[i] + (1 - smoothing) * center);
            double smoothed = smoothing * deviation[i] + (1 - smoothing) * spread;
            deviation[i] = (float) Math.max(smoothed, leastDeviation * population.halfRange(i));
        }
        population.spread(row, spreads / population.length());
    }
}
