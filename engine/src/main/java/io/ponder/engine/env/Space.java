package io.ponder.engine.env;

import java.util.random.RandomGenerator;

/**
 * Describes which float blocks are valid observations or actions. Every space is flat: an element is {@link #size} consecutive
 * entries. Immutable and safe for several threads.
 */
public sealed interface Space permits Box, Discrete, MultiDiscrete, Tuple {
    /** Returns the number of float entries of one element. */
    int size();

    /**
     * Tells whether the entries from {@code offset} on are an element; a NaN never is.
     *
     * @throws IndexOutOfBoundsException if fewer than {@link #size} entries follow {@code offset}
     */
    boolean contains(float[] values, int offset);

    /** Writes a random element from {@code offset} on: uniform where the space is bounded. */
    void sample(RandomGenerator random, float[] values, int offset);

    /** Tells whether the whole array is one element. */
    default boolean contains(float[] values) {
        return values.length == size() && contains(values, 0);
    }

    /** Returns a new random element. */
    default float[] sample(RandomGenerator random) {
        float[] values = new float[size()];
        sample(random, values, 0);
        return values;
    }
}
