package io.ponder.engine.data;

import io.ponder.engine.Checks;

/**
 * Computes the n-step returns of every position of a {@link SequenceBatch}: with m = min(n, steps left in the episode), the target of
 * position t is {@code reward + discount * V(observation)}, where reward is the discounted sum of m real rewards, observation is the
 * one m steps later, and discount is {@code gamma^m}, or 0 where the episode terminated on the way (Mnih et al. 2016; as MuZero's
 * value targets). Rewards and observations beyond the stretch are read from the store.
 *
 * <p>Positions run from 0 to L: the last is that of the state after the last step. In the padding behind a terminated episode the
 * target is 0 (reward and discount are 0); behind any other end it is not known.
 *
 * <p>The arrays are dense in the number of columns B of the batch. Owned by the caller, reused without allocation; not thread-safe.
 */
public final class NStepTargets {
    private final int observationSize;
    private final float[] rewards;
    private final float[] discounts;
    private final float[] observations;
    private final float[] known;
    private final float[] observation;

    /** Creates the memory for batches of up to {@code capacity} stretches of {@code length} steps. */
    public NStepTargets(int observationSize, int length, int capacity) {
        this.observationSize = Checks.positive("observationSize", observationSize);
        int positions = Math.multiplyExact(Checks.positive("length", length) + 1, Checks.positive("capacity", capacity));
        rewards = new float[positions];
        discounts = new float[positions];
        known = new float[positions];
        observations = new float[Math.multiplyExact(positions, observationSize)];
        observation = new float[observationSize];
    }

    /**
     * Computes the targets of a batch that was gathered from {@code store}.
     *
     * @param n     steps, at least 1
     * @param gamma discount of a step, from 0 to 1
     */
    public NStepTargets compute(TransitionStore store, SequenceBatch batch, int n, double gamma) {
        Checks.positive("n", n);
        Checks.inRange("gamma", gamma, 0, 1);
        Checks.length("observations", observations, (batch.length() + 1) * observationSize * batch.columns(), "the batch");
        for (int b = 0; b < batch.columns(); b++) {
            int start = batch.starts()[b];
            int episode = store.episodeOf(start);
            int end = store.episodeStart(episode) + store.episodeLength(episode);
            boolean ends = store.terminated(end - 1);
            for (int t = 0; t <= batch.length(); t++) {
                computePosition(store, start + t, end, ends, n, gamma, t, b, batch.columns());
            }
        }
        return this;
    }

    private void computePosition(
            TransitionStore store, int row, int end, boolean ends, int n, double gamma, int t, int b, int columns) {
        int steps = Math.min(n, Math.max(0, end - row));
        double sum = 0;
        double weight = 1;
        for (int i = 0; i < steps; i++) {
            sum += weight * store.reward(row + i);
            weight *= gamma;
        }
        boolean reachesEnd = row + steps >= end;
        boolean isKnown = row <= end || ends;
        int at = t * columns + b;
        rewards[at] = (float) sum;
        discounts[at] = (reachesEnd && ends) || !isKnown ? 0 : (float) weight;
        known[at] = isKnown ? 1 : 0;
        if (reachesEnd) store.readNextObservation(end - 1, observation);
        else store.readObservation(row + steps, observation);
        for (int d = 0; d < observationSize; d++) observations[(t * observationSize + d) * columns + b] = observation[d];
    }

    /** Returns the discounted sums of rewards {@code [(L + 1) x B]}. */
    public float[] rewards() {
        return rewards;
    }

    /** Returns the discounts of the value to come {@code [(L + 1) x B]}. */
    public float[] discounts() {
        return discounts;
    }

    /** Returns the observations {@code [(L + 1) x O x B]} whose value is to come. */
    public float[] observations() {
        return observations;
    }

    /** Returns 1 where a target is known and 0 where it is not, {@code [(L + 1) x B]}. */
    public float[] known() {
        return known;
    }
}
