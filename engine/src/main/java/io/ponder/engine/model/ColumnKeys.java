package io.ponder.engine.model;

import io.ponder.engine.Checks;

/**
 * Says which random numbers each column of a batch uses: a 64-bit key and a sample number per column, and the step all columns are at.
 *
 * <p>A model that draws noise takes it from the counter generator at (key of the column, sample of the column, step, draw). The
 * numbers of a column therefore do not depend on the other columns, on the block it is computed in, or on the thread.
 *
 * <p>The words kept are scrambled from the key that was set, so that a planner may draw its own noise (such as actions) at the same key
 * and sample numbers without meeting the model's.
 *
 * <p>Memory is taken once. Not thread-safe.
 */
public final class ColumnKeys {
    private final int[] key0;
    private final int[] key1;
    private final int[] sample;
    private int columns;
    private int step;

    /** Creates keys for up to {@code capacity} columns, all zero. */
    public ColumnKeys(int capacity) {
        Checks.positive("capacity", capacity);
        key0 = new int[capacity];
        key1 = new int[capacity];
        sample = new int[capacity];
    }

    /** Returns the number of columns. */
    public int columns() {
        return columns;
    }

    /** Sets the number of columns. */
    public ColumnKeys resize(int newColumns) {
        columns = Checks.inRange("columns", newColumns, 0, key0.length);
        return this;
    }

    /** Gives the columns {@code from .. to - 1} the key {@code key} and the samples {@code firstSample, firstSample + 1, ...}. */
    public void set(int from, int to, long key, int firstSample) {
        long scrambled = scramble(key);
        int low = (int) scrambled;
        int high = (int) (scrambled >>> 32);
        for (int k = from; k < to; k++) {
            key0[k] = low;
            key1[k] = high;
            sample[k] = firstSample + k - from;
        }
    }

    /** Separates the model's stream from all others at the same key (the finaliser of MurmurHash3 by Stafford, variant 13). */
    private static long scramble(long key) {
        long z = key + 0x4D4F44454C21L * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns the first key word of every column. */
    public int[] key0() {
        return key0;
    }

    /** Returns the second key word of every column. */
    public int[] key1() {
        return key1;
    }

    /** Returns the sample number of every column. */
    public int[] sample() {
        return sample;
    }

    /** Returns the step, counted from the root of the rollout. */
    public int step() {
        return step;
    }

    /** Sets the step. */
    public ColumnKeys step(int newStep) {
        step = newStep;
        return this;
    }
}
