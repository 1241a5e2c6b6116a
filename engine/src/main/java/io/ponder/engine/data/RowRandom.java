package io.ponder.engine.data;

/**
 * Stateless random integers for choosing rows: a number depends on its key and its index alone (the finaliser of SplitMix64; Steele,
 * Lea and Flood 2014). Choosing rows happens on the CPU only, so it needs 64 bits and no kernel subset.
 */
final class RowRandom {
    private RowRandom() {}

    /** Scrambles a key and an index into 64 bits; also makes a key out of a key and a stream. */
    static long mix(long key, long index) {
        long z = key + 0x9E3779B97F4A7C15L * (index + 1);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a number from 0 to {@code bound - 1}; the bias of the multiplication is below bound / 2^32. */
    static int below(int bound, long key, long index) {
        return (int) (((mix(key, index) >>> 32) * bound) >>> 32);
    }

    /** Returns a number in (0, 1]. */
    static double unit(long key, long index) {
        return ((mix(key, index) >>> 11) + 1) * 0x1p-53;
    }
}
