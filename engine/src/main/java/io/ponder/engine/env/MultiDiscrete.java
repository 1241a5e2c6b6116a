package io.ponder.engine.env;

import io.ponder.engine.Checks;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Holds vectors of indices, entry i from 0 to {@code counts[i] - 1}. */
public final class MultiDiscrete implements Space {
    private final Discrete[] entries;

    /**
     * Creates the space with these numbers of elements per entry, each from 1 to 2^24.
     *
     * @throws IllegalArgumentException if there is no entry or a count is out of range
     */
    public MultiDiscrete(int... counts) {
        Checks.positive("number of counts", counts.length);
        entries = new Discrete[counts.length];
        for (int i = 0; i < counts.length; i++) entries[i] = new Discrete(counts[i]);
    }

    /** Returns the number of elements of entry {@code i}. */
    public int count(int i) {
        return entries[i].count();
    }

    @Override
    public int size() {
        return entries.length;
    }

    @Override
    public boolean contains(float[] values, int offset) {
        for (int i = 0; i < entries.length; i++) {
            if (!entries[i].contains(values, offset + i)) return false;
        }
        return true;
    }

    @Override
    public void sample(RandomGenerator random, float[] values, int offset) {
        for (int i = 0; i < entries.length; i++) entries[i].sample(random, values, offset + i);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MultiDiscrete space && Arrays.equals(entries, space.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("MultiDiscrete(");
        for (int i = 0; i < entries.length; i++) text.append(i == 0 ? "" : ", ").append(entries[i].count());
        return text.append(")").toString();
    }
}
