package io.ponder.engine.tensor;

import java.util.random.RandomGenerator;

/**
 * Generates a sequence of random numbers whose position can be read and set, for shuffles and other sequential uses.
 *
 * <p>Number i of the stream is the Threefry2x32-20 block at counter i under the key of (seed, stream), so key and position are its
 * whole state and any position is reached at once. Not thread-safe. Drawing integers and longs allocates nothing.
 */
public final class RandomStream implements RandomGenerator {
    private final long key;
    private long position;

    /** Creates the stream {@code stream} of a seed, at position 0. */
    public RandomStream(long seed, long stream) {
        this(CounterRandom.key(seed, stream));
    }

    private RandomStream(long key) {
        this.key = key;
    }

    /** Returns a stream with a given key at a given position: what {@link #key()} and {@link #position()} told before. */
    public static RandomStream restore(long key, long position) {
        return new RandomStream(key).position(position);
    }

    /** Returns the key. */
    public long key() {
        return key;
    }

    /** Returns how many blocks have been drawn. */
    public long position() {
        return position;
    }

    /** Moves to a position. */
    public RandomStream position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long nextLong() {
        long i = position++;
        return CounterRandom.block((int) key, (int) (key >>> 32), (int) i, (int) (i >>> 32));
    }

    /** Puts the entries {@code from .. to - 1} in random order. */
    public void shuffle(int[] values, int from, int to) {
        for (int i = to - 1; i > from; i--) {
            int j = from + (int) (((nextLong() >>> 32) * (i + 1 - from)) >>> 32);
            int held = values[i];
            values[i] = values[j];
            values[j] = held;
        }
    }
}
