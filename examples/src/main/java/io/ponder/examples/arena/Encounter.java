package io.ponder.examples.arena;

import io.ponder.engine.Checks;

/**
 * Records one game between two agents.
 *
 * @param first  number of the agent that moved first
 * @param second number of the other
 * @param score  what the first agent scored: 1 for a win, 0.5 for a draw, 0 for a loss
 */
public record Encounter(int first, int second, double score) {
    public Encounter {
        Checks.nonNegative("first", first);
        Checks.nonNegative("second", second);
        if (first == second) throw new IllegalArgumentException("first and second are both " + first + ", but an agent cannot play itself.");
        if (!(score >= 0 && score <= 1)) throw new IllegalArgumentException("score is " + score + ", but it must be from 0 to 1.");
    }
}
