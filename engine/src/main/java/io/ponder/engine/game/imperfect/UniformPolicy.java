package io.ponder.engine.game.imperfect;

import io.ponder.engine.game.Game;

/** Takes every legal action with the same probability. Stateless, safe for several threads; allocates nothing. */
public final class UniformPolicy implements GamePolicy {
    private final Game game;

    /** Creates the policy of all players of a game. */
    public UniformPolicy(Game game) {
        this.game = game;
    }

    @Override
    public void probabilities(int[][] positions, int columns, float[] out) {
        int actions = game.actionCount();
        for (int k = 0; k < columns; k++) {
            float share = 1f / game.legalCount(positions[k]);
            for (int a = 0; a < actions; a++) out[a * columns + k] = game.legal(positions[k], a) ? share : 0;
        }
    }
}
