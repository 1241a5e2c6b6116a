package io.ponder.examples.arena;

import io.ponder.engine.game.Game;

/** Chooses among the legal moves with equal probability. */
public final class RandomAgent implements Agent {
    private final Game game;

    /** Creates an agent for a game. */
    public RandomAgent(Game game) {
        this.game = game;
    }

    @Override
    public String name() {
        return "random";
    }

    @Override
    public int choose(int[] position, int player, long key) {
        int joint = game.randomAction(position, key);
        return game.playerToMove(position) == Game.SIMULTANEOUS ? game.ownAction(joint, player) : joint;
    }
}
