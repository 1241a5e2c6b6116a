package io.ponder.engine.tensor;

/**
 * Computes random numbers from (key, sample, draw) without any state.
 *
 * <p>The generator is Threefry2x32-20: a block is the encryption of the counter (sample, draw / 2) under a key of two words, and draw d
 * is word {@code d & 1} of its block. A key comes from a seed and a stream number ({@link #key}), and may be split again the same way,
 * one stream for each use. For numbers of a step t that needs D draws, use draws {@code t * D .. t * D + D - 1}.
 *
 * <p>Every function is a pure function of its arguments, written in the part of Java that also runs inside an Aparapi kernel (no switch,
 * no break, no objects). Thread-safe. Nothing is allocated.
 *
 * <p>Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011; checked against the known
 * answers of Random123.
 */
public final class CounterRandom {
    /** Parity constant of the Threefry key schedule. */
    static final int PARITY = 0x1BD11BDA;

    /** Spacing of the uniforms, 2^-23; the half added below keeps them off 0 and 1 without rounding. */
    static final float UNIFORM_SPACING = 0x1p-23f;

    /** One turn of the circle divided by 2^32. */
    private static final double RADIANS_PER_WORD = 2 * Math.PI * 0x1p-32;

    private CounterRandom() {}

    /**
     * Derives the key of a stream.
     *
     * <p>Different streams of one seed have different keys. A key is itself a good seed: {@code key(key(seed, environment), purpose)}.
     *
     * @param seed   any number
     * @param stream any number
     * @return the key; its low half is {@code key0}, its high half {@code key1}
     */
    public static long key(long seed, long stream) {
        return block((int) seed, (int) (seed >>> 32), (int) stream, (int) (stream >>> 32));
    }

    /**
     * Returns the two words of Threefry2x32-20 at a counter.
     *
     * @return the first word in the low half, the second in the high half
     */
    public static long block(int key0, int key1, int counter0, int counter1) {
        return finish(key0, key1, begin(key0, key1, counter0, counter1));
    }

    /**
     * Returns the words of a counter after the first 8 of the 20 rounds. Kernels of other devices call the two parts themselves: each is short enough
     * for their compilers to put it in place of its call, which makes SIMD code of the loop around it possible.
     */
    public static long begin(int key0, int key1, int counter0, int counter1) {
        int key2 = key0 ^ key1 ^ PARITY;
        int x0 = counter0 + key0;
        int x1 = counter1 + key1;

        x0 += x1; x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
        x0 += x1; x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
        x0 += x1; x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
        x0 += x1; x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
        x0 += key1;
        x1 += key2 + 1;

        x0 += x1; x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
        x0 += x1; x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
        x0 += x1; x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
        x0 += x1; x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
        x0 += key2;
        x1 += key0 + 2;
        return ((long) x1 << 32) | (x0 & 0xFFFFFFFFL);
    }

    /** Returns the words of {@link #block} from those of {@link #begin}. */
    public static long finish(int key0, int key1, long begun) {
        int key2 = key0 ^ key1 ^ PARITY;
        int x0 = (int) begun;
        int x1 = (int) (begun >>> 32);

        x0 += x1; x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
        x0 += x1; x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
        x0 += x1; x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
        x0 += x1; x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
        x0 += key0;
        x1 += key1 + 3;

        x0 += x1; x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
        x0 += x1; x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
        x0 += x1; x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
        x0 += x1; x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
        x0 += key1;
        x1 += key2 + 4;

        x0 += x1; x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
        x0 += x1; x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
        x0 += x1; x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
        x0 += x1; x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
        x0 += key2;
        x1 += key0 + 5;
        return ((long) x1 << 32) | (x0 & 0xFFFFFFFFL);
    }

    /** Returns 32 random bits: draw {@code draw} of a sample. */
    public static int word(int key0, int key1, int sample, int draw) {
        return (int) (block(key0, key1, sample, draw >>> 1) >>> (32 * (draw & 1)));
    }

    /** Returns the uniform in (0, 1) of 32 random bits: (its upper 23 bits + 1/2) / 2^23, exactly. */
    public static float uniform(int word) {
        return ((word >>> 9) + 0.5f) * UNIFORM_SPACING;
    }

    /** Returns a uniform in (0, 1), never 0 and never 1. */
    public static float uniform(int key0, int key1, int sample, int draw) {
        return uniform(word(key0, key1, sample, draw));
    }

    /**
     * Returns a standard normal.
     *
     * <p>Box and Muller: draws 2j and 2j + 1 are the cosine and the sine half of one block. The largest magnitude is 5.77.
     */
    public static float normal(int key0, int key1, int sample, int draw) {
        return normal(block(key0, key1, sample, draw >>> 1), draw & 1);
    }

    /** Returns the normal of a block of two words: the cosine half if {@code half} is 0, the sine half if it is 1. */
    public static float normal(long block, int half) {
        double radius = Math.sqrt(-2 * Math.log(uniform((int) block)));
        double angle = (int) (block >>> 32) * RADIANS_PER_WORD;
        return (float) (half == 0 ? radius * Math.cos(angle) : radius * Math.sin(angle));
    }

    /** Returns an exponential with mean 1. */
    public static float exponential(int key0, int key1, int sample, int draw) {
        return (float) -Math.log(uniform(key0, key1, sample, draw));
    }

    /** Returns a standard Gumbel, -ln(-ln u). */
    public static float gumbel(int key0, int key1, int sample, int draw) {
        return (float) -Math.log(-Math.log(uniform(key0, key1, sample, draw)));
    }

    /** Returns an integer in 0 .. bound - 1; the probabilities differ by less than 2^-32. */
    public static int below(int bound, int key0, int key1, int sample, int draw) {
        return (int) (((word(key0, key1, sample, draw) & 0xFFFFFFFFL) * bound) >>> 32);
    }

    /**
     * Draws an index with probability proportional to its weight.
     *
     * @param count   number of weights, at least 1
     * @param weights weights, not negative, at least one positive; need not sum to 1. Not modified.
     * @param offset  place of the first weight
     * @param stride  distance between weights
     * @param uniform a uniform in (0, 1)
     * @return an index in 0 .. count - 1, of a positive weight
     */
    public static int categorical(int count, float[] weights, int offset, int stride, float uniform) {
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += weights[offset + i * stride];
        }
        double left = uniform * total;
        int chosen = -1;
        int last = 0;
        for (int i = 0; i < count; i++) {
            float weight = weights[offset + i * stride];
            if (weight > 0) last = i;
            left -= weight;
            if (left < 0 && chosen < 0) chosen = i;
        }
        return chosen < 0 ? last : chosen;
    }

    /**
     * Draws an index with probability proportional to exp(logit).
     *
     * @param count   number of logits, at least 1
     * @param logits  logits, minus infinity for what must not be drawn. Not modified.
     * @param offset  place of the first logit
     * @param stride  distance between logits
     * @param uniform a uniform in (0, 1)
     * @return an index in 0 .. count - 1
     */
    public static int categoricalFromLogits(int count, float[] logits, int offset, int stride, float uniform) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, logits[offset + i * stride]);
        }
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += Math.exp((double) logits[offset + i * stride] - largest);
        }
        double left = uniform * total;
        int chosen = -1;
        int last = 0;
        for (int i = 0; i < count; i++) {
            double weight = Math.exp((double) logits[offset + i * stride] - largest);
            if (weight > 0) last = i;
            left -= weight;
            if (left < 0 && chosen < 0) chosen = i;
        }
        return chosen < 0 ? last : chosen;
    }

    /**
     * Writes a random permutation of 0 .. count - 1 (Fisher and Yates); uses draws 0 .. count - 2 of the sample.
     *
     * @param count number of entries
     * @param out   receives the permutation from {@code offset} on. Modified.
     */
    public static void permutation(int count, int[] out, int offset, int key0, int key1, int sample) {
        for (int i = 0; i < count; i++) {
            out[offset + i] = i;
        }
        for (int i = count - 1; i > 0; i--) {
            int j = below(i + 1, key0, key1, sample, i - 1);
            int held = out[offset + i];
            out[offset + i] = out[offset + j];
            out[offset + j] = held;
        }
    }
}
