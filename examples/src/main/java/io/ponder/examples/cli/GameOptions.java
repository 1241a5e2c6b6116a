package io.ponder.examples.cli;

import io.ponder.engine.game.Game;
import io.ponder.examples.arena.AgentSpec;
import io.ponder.examples.arena.Tournament;
import io.ponder.examples.comparison.PlanBudget;

/** Reads what the commands that play games have in common. */
final class GameOptions {
    /** Transitions after which a game is given up; no game here is longer, but for 2048 in the hands of a very strong player. */
    static final int MOST_MOVES = 100_000;

    private GameOptions() {}

    /**
     * Returns how to make the agent that a text names, or says what could be written, {@code besides} included; {@code atOnce} of them
     * share the memory.
     */
    static Tournament.AgentMaker agent(String option, String text, PlanBudget usual, Game game, int atOnce, String... besides) {
        try {
            return AgentSpec.parse(option, text, usual, besides).maker(game, atOnce);
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** Returns what an agent may use for a move. */
    static PlanBudget think(String option, String text) {
        PlanBudget think = AgentSpec.think(text);
        if (think != null) return think;
        throw new UsageException(option + " is '" + text + "', but it must be " + AgentSpec.THINK + ".", "write 1s for a second a move.");
    }
}
