package io.ponder.engine.model;

import io.ponder.engine.Checks;

/**
 * States the sizes of a model: what one column of a batch holds.
 *
 * @param observationSize entries of an observation, at least 1
 * @param actionSize      rows of the action block {@code [A x K]}, at least 1; a discrete action is one row that holds its index
 * @param actionCount     number of discrete actions, 0 for continuous actions
 * @param stateSize       float rows of a {@link ModelState}, at least 1
 * @param tagSize         integer rows of a {@link ModelState} (an ensemble member, a table row), at least 0
 * @param players         rows of the reward block {@code [players x K]}, at least 1
 */
public record ModelSpec(int observationSize, int actionSize, int actionCount, int stateSize, int tagSize, int players) {
    public ModelSpec {
        Checks.positive("observationSize", observationSize);
        Checks.positive("actionSize", actionSize);
        Checks.nonNegative("actionCount", actionCount);
        Checks.positive("stateSize", stateSize);
        Checks.nonNegative("tagSize", tagSize);
        Checks.positive("players", players);
        if (actionCount > 0) Checks.same("actionSize of a discrete model", actionSize, "one index row", 1);
    }

    /** Returns the spec of a one-player model with continuous actions whose state is its observation. */
    public static ModelSpec continuous(int observationSize, int actionSize) {
        return new ModelSpec(observationSize, actionSize, 0, observationSize, 0, 1);
    }

    /** Returns the spec of a one-player model with {@code actionCount} discrete actions whose state is its observation. */
    public static ModelSpec discrete(int observationSize, int actionCount) {
        return new ModelSpec(observationSize, 1, Checks.positive("actionCount", actionCount), observationSize, 0, 1);
    }

    /** Returns this spec with another state: {@code stateSize} float rows and {@code tagSize} integer rows. */
    public ModelSpec withState(int newStateSize, int newTagSize) {
        return new ModelSpec(observationSize, actionSize, actionCount, newStateSize, newTagSize, players);
    }
}
