package io.ponder.engine.env;

import java.util.random.RandomGenerator;

/**
 * Draws the random numbers of an environment's episodes; it can be seeded again without allocating.
 *
 * <p>A counter passed through the finaliser of SplitMix64 (Steele, Lea and Flood 2014), so neighbouring seeds give unrelated streams.
 * Not thread-safe.
 */
public final class EpisodeRandom implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private long counter;

    /** Creates the stream of seed 0. */
    public EpisodeRandom() {
        seed(0);
    }

    /** Starts the stream that belongs to {@code seed}. */
    public void seed(long seed) {
        // Scrambled, because consecutive counters are neighbours in one stream, not different streams.
        counter = mix(seed ^ GOLDEN_GAMMA);
    }

    @Override
    public long nextLong() {
        counter += GOLDEN_GAMMA;
        return mix(counter);
    }

    private static long mix(long word) {
        long z = word;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
