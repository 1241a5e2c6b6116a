package io.ponder.gpu;

import io.ponder.engine.classic.FloatMath;

/** The second pass of a launch: groups average the sequences that the first pass drew, with the weights of MPPI. */
abstract class AveragingKernel extends TileKernel {
    // The bisection of the temperature, as MPPI on the host has it.
    private static final float OCTAVES = 20;
    private static final int HALVINGS = 13;
    static final float LN2 = 0.6931472f;

    AveragingKernel(Arrays arrays, int rowsOfModel) {
        super(arrays, rowsOfModel);
    }

    /** Averages the sequences: each averaging group takes an equal share of their entries. */
    final void averageSequences() {
        int spacing = tiles / averagers;
        int group = getGroupId();
        int averager = group / spacing;
        if (group - averager * spacing == 0 && averager < averagers) {
            int length = horizon * actionSize;
            int from = averager * rows * length / averagers;
            int to = (averager + 1) * rows * length / averagers;
            for (int row = from / length; row * length < to; row++) {
                float sum = weigh(row, 2 * averager * candidates);
                for (int entry = max(0, from - row * length); entry < min(length, to - row * length); entry++) {
                    averageEntry(row, entry, (2 * averager + 1) * candidates, sum);
                }
            }
        }
    }

    private void averageEntry(int row, int entry, int slot, float sum) {
        fill(TOTAL, 0);
        if (particles == 1 && stride == 1) {
            int at = (entry * tiles + row * tilesPerPart) * GROUP;
            for (int base = 0; base < candidates; base += GROUP) {
                int count = min(GROUP, candidates - base);
                for (int i = getLocalId(); i < count; i += items()) {
                    lane[TOTAL + i] = lane[TOTAL + i] + likelihoods[slot + base + i] * drawn[at + base + i];
                }
            }
        } else {
            for (int k = getLocalId(); k < candidates; k += items()) {
                int i = k % GROUP;
                lane[TOTAL + i] = lane[TOTAL + i]
                        + likelihoods[slot + k] * drawn[entry * tiles * GROUP + itemOf(row, k * particles)];
            }
        }
        float total = sumOf(TOTAL);
        if (getLocalId() == 0) average[row * horizon * actionSize + entry] = total / sum;
    }

    /** Returns the place of a sample among those of all tiles. */
    private int itemOf(int row, int sample) {
        int member = (sample + keys[4 * rows + row]) % stride;
        return (row * stride + member) * tilesPerPart * GROUP + sample / stride;
    }

    /**
     * Writes the weights of a row's candidates, the largest 1, and returns their sum. The temperature is the given one, or that at which
     * the weights have the wanted effective size, found by bisection of its logarithm as on the host.
     */
    private float weigh(int row, int slot) {
        meanReturns(row, slot);
        float best = bestReturn(slot);
        float spread = 0;
        float wanted = 1;
        if (shareWanted > 0) {
            spread = spreadOfReturns(slot, best);
            wanted = max(1f, shareWanted * sumOf(WEIGHT));
        }
        int halvings = 0;
        if (spread > 0) halvings = HALVINGS;
        float low = -OCTAVES;
        float high = OCTAVES;
        float sum = 0;
        for (int step = 0; step <= halvings; step++) {
            float middle = 0.5f * (low + high);
            float inverse = 1f / fixedTemperature;
            if (shareWanted > 0) inverse = 1;
            if (spread > 0) inverse = 1f / (spread * exp(middle * LN2));
            likelihoods(row, slot, best, inverse);
            sum = sumOf(TOTAL);
            float size = sum * sum / sumOf(WEIGHT);
            if (size < wanted) low = middle;
            else high = middle;
        }
        return sum;
    }

    /** Writes the returns of a row's candidates, averaged over their particles. */
    private void meanReturns(int row, int slot) {
        int at = row * candidates * particles;
        if (particles == 1) {
            for (int k = getLocalId(); k < candidates; k += items()) likelihoods[slot + k] = returns[at + k];
        } else {
            for (int k = getLocalId(); k < candidates; k += items()) {
                float sum = 0;
                for (int p = at + k * particles; p < at + (k + 1) * particles; p++) sum += returns[p];
                likelihoods[slot + k] = sum / particles;
            }
        }
    }

    /** Returns the largest finite return of a row's candidates. */
    private float bestReturn(int slot) {
        fill(TOTAL, Float.NEGATIVE_INFINITY);
        for (int base = 0; base < candidates; base += GROUP) {
            int count = min(GROUP, candidates - base);
            for (int i = getLocalId(); i < count; i += items()) {
                float mean = likelihoods[slot + base + i];
                if (mean - mean != 0) mean = Float.NEGATIVE_INFINITY;
                lane[TOTAL + i] = max(lane[TOTAL + i], mean);
            }
        }
        return largestOf(TOTAL);
    }

    /** Returns the distance of the worst finite return from the best; row {@link #WEIGHT} counts the finite ones. */
    private float spreadOfReturns(int slot, float best) {
        fill(TOTAL, 0);
        fill(WEIGHT, 0);
        for (int base = 0; base < candidates; base += GROUP) {
            int count = min(GROUP, candidates - base);
            for (int i = getLocalId(); i < count; i += items()) {
                float worse = best - likelihoods[slot + base + i];
                float finite = 1;
                if (worse - worse != 0) {
                    worse = 0;
                    finite = 0;
                }
                lane[TOTAL + i] = max(lane[TOTAL + i], worse);
                lane[WEIGHT + i] = lane[WEIGHT + i] + finite;
            }
        }
        return largestOf(TOTAL);
    }

    /** Writes the weights at a temperature behind the returns, and their sums and those of their squares to a tile's rows. */
    private void likelihoods(int row, int slot, float best, float inverse) {
        fill(TOTAL, Float.NEGATIVE_INFINITY);
        for (int base = 0; base < candidates; base += GROUP) {
            int count = min(GROUP, candidates - base);
            for (int i = getLocalId(); i < count; i += items()) {
                float logit = logit(row, slot, base + i, best, inverse);
                likelihoods[slot + candidates + base + i] = logit;
                lane[TOTAL + i] = max(lane[TOTAL + i], logit);
            }
        }
        float most = largestOf(TOTAL);
        fill(TOTAL, 0);
        fill(WEIGHT, 0);
        for (int base = 0; base < candidates; base += GROUP) {
            int count = min(GROUP, candidates - base);
            for (int i = getLocalId(); i < count; i += items()) {
                float w = likelihood(likelihoods[slot + candidates + base + i] - most);
                likelihoods[slot + candidates + base + i] = w;
                lane[TOTAL + i] = lane[TOTAL + i] + w;
                lane[WEIGHT + i] = lane[WEIGHT + i] + w * w;
            }
        }
    }

    /** Returns exp(x) of an x of at most 0, within 3e-7. */
    private float likelihood(float x) {
        float w = FloatMath.decayAboveFloor(max(x, -24f));
        if (x < -24f) w = 0;
        if (x != x) w = x;
        return w;
    }

    /** Returns the logarithm of a candidate's weight, up to a constant; minus infinity where a particle diverged. */
    private float logit(int row, int slot, int candidate, float best, float inverse) {
        // The best first: what is left is small, and rounds to little before it is multiplied.
        float logit = (likelihoods[slot + candidate] - best) * inverse;
        if (pricing != PRICE_NONE) logit -= prices[row * candidates + candidate];
        if (logit - logit != 0) logit = Float.NEGATIVE_INFINITY;
        return logit;
    }
}
