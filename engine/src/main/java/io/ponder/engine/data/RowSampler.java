package io.ponder.engine.data;

import io.ponder.engine.Checks;

/**
 * Chooses rows: uniformly with replacement, or in a random order. Every call uses the next stream of the seed, so a sampler that is
 * set to the same {@link #draws} continues the same way.
 *
 * <p>Not thread-safe; allocates nothing.
 */
public final class RowSampler {
    private final long seed;
    private long draws;

    /** Creates a sampler. */
    public RowSampler(long seed) {
        this.seed = RowRandom.mix(seed, 0x2035);
    }

    /** Returns how many calls were made. */
    public long draws() {
        return draws;
    }

    /** Continues as after {@code newDraws} calls. */
    public RowSampler draws(long newDraws) {
        draws = Checks.nonNegative("draws", newDraws);
        return this;
    }

    /** Writes {@code count} rows drawn uniformly from 0 to {@code bound - 1} into {@code out}. */
    public void uniform(int bound, int count, int[] out) {
        Checks.positive("bound", bound);
        long key = nextKey();
        for (int i = 0; i < count; i++) out[i] = RowRandom.below(bound, key, i);
    }

    /** Writes {@code count} rows drawn uniformly from {@code rows[0 .. rowCount - 1]} into {@code out}. */
    public void uniform(int[] rows, int rowCount, int count, int[] out) {
        uniform(rowCount, count, out);
        for (int i = 0; i < count; i++) out[i] = rows[out[i]];
    }

    /** Puts {@code rows[0 .. count - 1]} into a random order (Fisher and Yates). */
    public void shuffle(int[] rows, int count) {
        long key = nextKey();
        for (int i = count - 1; i > 0; i--) {
            int j = RowRandom.below(i + 1, key, i);
            int swap = rows[i];
            rows[i] = rows[j];
            rows[j] = swap;
        }
    }

    private long nextKey() {
        return RowRandom.mix(seed, draws++);
    }
}
