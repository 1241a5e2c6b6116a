package io.ponder.engine.env;

/** Optional contract of an environment in which several players move in turn. {@link StepResult#rewards} has one entry a player. */
public interface TurnBased {
    /** Answer of {@link #playerToMove} where all players decide at once: the next action is a joint one. */
    int SIMULTANEOUS = -3;

    /** Returns the number of players, at least 1. */
    int players();

    /** Returns the player whose move the next action is, from 0, or {@link #SIMULTANEOUS}. Meaningless after the end. */
    int playerToMove();

    /** Tells whether the rewards of all players sum to 0 in every step. */
    boolean zeroSum();
}
