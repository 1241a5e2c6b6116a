package io.ponder.engine.data;

import io.ponder.engine.Checks;

/**
 * Chooses chunks of consecutive steps that never cross the end of an episode, uniformly over all of them. Every call uses the next
 * stream of the seed.
 *
 * <p>Not thread-safe. Allocates only where the number of episodes has outgrown the index; the index is made anew when the store or
 * the length has changed.
 */
public final class ChunkSampler {
    private final long seed;
    private int[] chunksBefore = {};
    private long indexedRows = -1;
    private int indexedLength;
    private int chunks;
    private long draws;

    /** Creates a sampler. */
    public ChunkSampler(long seed) {
        this.seed = RowRandom.mix(seed, 0xC0C4);
    }

    /** Returns how many chunks of a length there are; chunks that overlap count as different ones. */
    public int chunks(TransitionStore store, int length) {
        Checks.positive("length", length);
        if (indexedRows != store.added() || indexedLength != length) index(store, length);
        return chunks;
    }

    /**
     * Writes the first rows of {@code count} chunks of {@code length} rows.
     *
     * @throws IllegalArgumentException if no episode of the store is that long
     */
    public void sample(TransitionStore store, int length, int count, int[] out) {
        if (chunks(store, length) == 0) {
            throw new IllegalArgumentException(
                    "length is " + length + ", but no stored episode is that long.\nMaybe pad: gather from any row.");
        }
        long key = RowRandom.mix(seed, draws++);
        for (int i = 0; i < count; i++) out[i] = rowOf(store, RowRandom.below(chunks, key, i));
    }

    private void index(TransitionStore store, int length) {
        int episodes = store.episodes();
        if (chunksBefore.length < episodes) chunksBefore = new int[episodes + episodes / 2];
        chunks = 0;
        for (int e = 0; e < episodes; e++) {
            chunksBefore[e] = chunks;
            chunks += Math.max(0, store.episodeLength(e) - length + 1);
        }
        indexedRows = store.added();
        indexedLength = length;
    }

    /** Finds the last episode with at most {@code chunk} chunks before it; those without any come before it at the same count. */
    private int rowOf(TransitionStore store, int chunk) {
        int low = 0;
        int high = store.episodes() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (chunksBefore[middle] <= chunk) low = middle;
            else high = middle - 1;
        }
        return store.episodeStart(low) + chunk - chunksBefore[low];
    }
}
