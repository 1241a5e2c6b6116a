package io.ponder.engine.env;

import io.ponder.engine.Checks;
import java.util.random.RandomGenerator;

/**
 * Holds the whole numbers from 0 to {@code count - 1}; an element is one entry.
 *
 * @param count number of elements, from 1 to 2^24 (every index is then an exact float)
 */
public record Discrete(int count) implements Space {
    private static final int LARGEST_EXACT = 1 << 24;

    public Discrete {
        Checks.inRange("count", count, 1, LARGEST_EXACT);
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public boolean contains(float[] values, int offset) {
        float value = values[offset];
        return value >= 0 && value < count && value == (int) value;
    }

    @Override
    public void sample(RandomGenerator random, float[] values, int offset) {
        values[offset] = random.nextInt(count);
    }

    /**
     * Returns the index that the first entry of an action holds.
     *
     * @throws IllegalArgumentException if the entry is not a whole number from 0 to {@code count - 1}
     */
    public int index(float[] action) {
        float value = action[0];
        int index = (int) value;
        if (index != value || index < 0 || index >= count) throw notAnIndex(value);
        return index;
    }

    private IllegalArgumentException notAnIndex(float value) {
        return new IllegalArgumentException(
                "action is " + value + ", but it must be a whole number from 0 to " + (count - 1) + ".");
    }
}
