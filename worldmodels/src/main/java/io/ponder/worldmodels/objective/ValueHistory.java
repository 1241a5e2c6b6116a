package io.ponder.worldmodels.objective;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ValueFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the newest value functions of a learner, oldest first. They must not change after they were added. Not thread-safe.
 */
public final class ValueHistory {
    private final int capacity;
    private final List<ValueFunction> values = new ArrayList<>();

    /** Creates an empty history of up to {@code capacity} value functions. */
    public ValueHistory(int capacity) {
        this.capacity = Checks.positive("capacity", capacity);
    }

    /** Adds the newest value function, and drops the oldest where there are too many. */
    public ValueHistory add(ValueFunction value) {
        if (values.size() == capacity) values.remove(0);
        values.add(value);
        return this;
    }

    /** Returns how many there are. */
    public int size() {
        return values.size();
    }

    /** Returns number {@code i}, 0 the oldest. */
    public ValueFunction get(int i) {
        return values.get(i);
    }
}
