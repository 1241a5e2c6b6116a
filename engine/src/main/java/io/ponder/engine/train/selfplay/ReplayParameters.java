package io.ponder.engine.train.selfplay;

import io.ponder.engine.Checks;

/**
 * States what a replay keeps and how it is sampled.
 *
 * @param capacity       positions kept, at least 1; the oldest go first; default 100 000
 * @param priorityPower  alpha: positions are drawn in proportion to (value error)^alpha, at least 0, where 0 draws all alike; default 0
 * @param weightPower    beta: columns weigh (probability)^-beta, scaled to at most 1, from 0 to 1; default 0
 */
public record ReplayParameters(int capacity, double priorityPower, double weightPower) {
    public ReplayParameters {
        Checks.positive("capacity", capacity);
        Checks.inRange("priorityPower", priorityPower, 0, 10);
        Checks.inRange("weightPower", weightPower, 0, 1);
    }

    /** Returns a replay that draws all positions alike. */
    public static ReplayParameters uniform(int capacity) {
        return new ReplayParameters(capacity, 0, 0);
    }

    /** Returns a prioritised replay (Schaul and others 2016) with the powers of MuZero, 1 and 1. */
    public static ReplayParameters prioritised(int capacity) {
        return new ReplayParameters(capacity, 1, 1);
    }
}
