package io.ponder.engine.env;

import io.ponder.engine.Checks;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Holds one element of each of several spaces, one after the other.
 *
 * @param spaces the parts in order, at least one
 */
public record Tuple(List<Space> spaces) implements Space {
    public Tuple {
        spaces = List.copyOf(spaces);
        Checks.positive("number of spaces", spaces.size());
    }

    /** Creates the tuple of these parts. */
    public Tuple(Space... spaces) {
        this(List.of(spaces));
    }

    @Override
    public int size() {
        int size = 0;
        for (int i = 0; i < spaces.size(); i++) size += spaces.get(i).size();
        return size;
    }

    @Override
    public boolean contains(float[] values, int offset) {
        int at = offset;
        for (int i = 0; i < spaces.size(); i++) {
            if (!spaces.get(i).contains(values, at)) return false;
            at += spaces.get(i).size();
        }
        return true;
    }

    @Override
    public void sample(RandomGenerator random, float[] values, int offset) {
        int at = offset;
        for (int i = 0; i < spaces.size(); i++) {
            spaces.get(i).sample(random, values, at);
            at += spaces.get(i).size();
        }
    }
}
