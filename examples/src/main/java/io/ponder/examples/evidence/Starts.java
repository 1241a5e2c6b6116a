package io.ponder.examples.evidence;

import io.ponder.engine.tensor.CounterRandom;

/**
 * Names the two sets of random numbers that results are measured with: one to choose sizes and settings by, one to be scored on. They
 * come from different keys, so a setting cannot have been chosen for the starts, the episodes or the nets that its score comes from.
 *
 * <p>Every score is over the same {@link #COUNT} starts, whatever the row and the seed, so that methods are paired start by start.
 */
public enum Starts {
    /** For trying settings: {@code ./ponder results --tuning}. Nothing measured with them is a result. */
    TUNING(77),
    /** For the results. Settings are not to be chosen by them. */
    SCORING(2_718_281_828L);

    /** Number of starts of a score. */
    static final int COUNT = 10;
    /** Streams of the key. */
    private static final long STARTS_STREAM = 1;
    private static final long RUNS_STREAM = 2;

    private final long key;

    Starts(long key) {
        this.key = key;
    }

    /** Returns the seeds of the environment's resets that planners are scored from; no learning run begins at one of them. */
    long[] seeds() {
        long[] seeds = new long[COUNT];
        for (int i = 0; i < COUNT; i++) seeds[i] = CounterRandom.key(CounterRandom.key(key, STARTS_STREAM), i);
        return seeds;
    }

    /** Returns the seed of everything else that is random in the measurement numbered {@code number}, from 1: nets, episodes, plans. */
    long run(long number) {
        return CounterRandom.key(CounterRandom.key(key, RUNS_STREAM), number);
    }

    /** Returns a text for definitions. */
    String text() {
        return "random numbers of key " + key + ", " + COUNT + " starts to score";
    }
}
