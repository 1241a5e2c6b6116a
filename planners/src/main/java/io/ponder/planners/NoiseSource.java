package io.ponder.planners;

/**
 * Supplies the standard normals of a population. The default computes them from the key; a test or a replay of logged noise puts its
 * own in place.
 *
 * <p>Called from several threads for disjoint candidates; what a candidate gets must depend on the key and its number alone.
 */
@FunctionalInterface
public interface NoiseSource {
    /**
     * Writes standard normals for some candidates of one row.
     *
     * @param key       random key of the row in this iteration
     * @param iteration number of the iteration, from 0
     * @param row       the row
     * @param first     the first candidate
     * @param count     number of candidates
     * @param length    numbers per candidate, T * A: number {@code t * A + a} belongs to entry a of the action at step t
     * @param out       {@code [length x count]}, entry (i, j) at {@code offset + i * stride + j}. Modified.
     */
    void fill(long key, int iteration, int row, int first, int count, int length, float[] out, int offset, int stride);

    /** Returns the counter-based source: number i of candidate k is draw i of sample k at the key. */
    static NoiseSource counter() {
        return CounterNoise.INSTANCE;
    }
}
