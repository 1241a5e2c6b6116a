package io.ponder.planners.tabular;

import io.ponder.engine.tensor.CounterRandom;

/** Plans where a draw says so: with a fixed probability, or with one that falls with what was kept of the pair. */
final class SampledSchedule implements SwitchSchedule {
    /** Of each pair the weights of what was kept: each stands for as many transitions as it took to keep it. */
    private final double[] kept;
    private final double constant;
    private final double ridge;
    private final long key;
    private int step;

    /** Creates a schedule; with no pairs {@code constant} is the probability. */
    SampledSchedule(int pairs, double constant, double ridge, long seed) {
        kept = new double[pairs];
        this.constant = constant;
        this.ridge = ridge;
        key = CounterRandom.key(seed, 0);
    }

    @Override
    public boolean due(int pair, long visits) {
        double probability = kept.length == 0 ? constant : Math.min(1, constant / (ridge + kept[pair]));
        boolean due = CounterRandom.uniform((int) key, (int) (key >>> 32), step++, 0) < probability;
        if (due && kept.length > 0) kept[pair] += 1 / probability;
        return due;
    }
}
