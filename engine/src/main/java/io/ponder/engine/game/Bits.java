package io.ponder.engine.game;

/**
 * Bit tricks for games on bitboards and their random play. Pure functions, safe for several threads; nothing is allocated.
 *
 * <p>Sources: SplitMix64 (Steele, Lea and Flood 2014); the multiplication instead of a remainder (Lemire 2019); selection by summed
 * byte counts (Vigna, "Broadword implementation of rank/select queries", 2008).
 */
public final class Bits {
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** Entry {@code n << 8 | b} is the index of the bit number n, from 0, among the set bits of byte b. */
    private static final byte[] IN_BYTE = new byte[8 << 8];

    static {
        for (int b = 0; b < 256; b++) {
            int n = 0;
            for (int i = 0; i < 8; i++) if ((b >>> i & 1) != 0) IN_BYTE[n++ << 8 | b] = (byte) i;
        }
    }

    private Bits() {}

    /** Returns the 64-bit word whose low half is entry {@code i} and whose high half is entry {@code i + 1}. */
    public static long word(int[] position, int i) {
        return (position[i] & 0xFFFFFFFFL) | (long) position[i + 1] << 32;
    }

    /** Writes a 64-bit word to the entries {@code i} (low half) and {@code i + 1} (high half). */
    public static void setWord(int[] position, int i, long word) {
        position[i] = (int) word;
        position[i + 1] = (int) (word >>> 32);
    }

    /**
     * Returns the index of a set bit.
     *
     * @param word a word with more than {@code n} bits set
     * @param n    which one, from 0 for the lowest; at least {@code Long.bitCount(word)} gives a meaningless answer
     */
    public static int select(long word, int n) {
        long pairs = word - (word >>> 1 & 0x5555555555555555L);
        long nibbles = (pairs & 0x3333333333333333L) + (pairs >>> 2 & 0x3333333333333333L);
        // Byte i of sums counts the set bits of the bytes 0 to i.
        long sums = ((nibbles + (nibbles >>> 4)) & 0x0F0F0F0F0F0F0F0FL) * EACH_BYTE;
        // The high bit of a byte is set where its sum is at most n; a sum is at most 64, so nothing is borrowed.
        long before = ((n * EACH_BYTE | HIGH_BITS) - sums) & HIGH_BITS;
        int shift = Long.bitCount(before) << 3;
        int rest = n - (int) (sums << 8 >>> shift & 0xFF);
        return shift + IN_BYTE[rest << 8 | (int) (word >>> shift & 0xFF)];
    }

    /** Returns draw {@code i} of the stream that belongs to a seed: 64 random bits that depend on nothing else. */
    public static long random(long seed, int i) {
        long z = seed + (i + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a number in 0 .. bound - 1 from the upper 32 of 64 random bits; the probabilities differ by less than 2^-32. */
    public static int below(int bound, long random) {
        return (int) ((random >>> 32) * bound >>> 32);
    }

    /** Returns a uniform in [0, 1) from the upper 53 of 64 random bits. */
    public static double uniform(long random) {
        return (random >>> 11) * 0x1p-53;
    }
}
