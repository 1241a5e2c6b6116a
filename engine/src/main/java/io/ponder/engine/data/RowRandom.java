package io.ponder.engine.data;

import io.ponder.engine.tensor.CounterRandom;

/** Random numbers for choosing rows: a number depends on its key and its 64-bit index alone. */
final class RowRandom {
    private RowRandom() {}

    /** Returns 64 random bits; also makes a key out of a key and a stream. */
    static long mix(long key, long index) {
        return CounterRandom.key(key, index);
    }

    /** Returns a number from 0 to {@code bound - 1}; the probabilities differ by less than 2^-32. */
    static int below(int bound, long key, long index) {
        return (int) (((mix(key, index) >>> 32) * bound) >>> 32);
    }

    /** Returns a number in (0, 1], in steps of 2^-53: a float's 24 bits would make ties among millions of rows. */
    static double unit(long key, long index) {
        return ((mix(key, index) >>> 11) + 1) * 0x1p-53;
    }
}
