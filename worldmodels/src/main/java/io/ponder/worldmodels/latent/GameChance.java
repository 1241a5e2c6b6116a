package io.ponder.worldmodels.latent;

import io.ponder.engine.game.Game;

/**
 * Reads off two observations of a game what chance did in between: the outcome after which the position is the one that was seen. For games
 * whose observations tell the whole position, and where chance moves at most once between two decisions.
 *
 * <p>One thread at a time; allocates nothing.
 */
public final class GameChance implements ChanceReader {
    private final Game game;
    private final int[] played;
    private final int[] tried;
    private final int[] seen;

    /** Creates a reader. */
    public GameChance(Game game) {
        this.game = game;
        played = new int[game.positionSize()];
        tried = new int[game.positionSize()];
        seen = new int[game.positionSize()];
    }

    @Override
    public int codes() {
        return game.chanceCount();
    }

    @Override
    public int read(float[] observations, int before, int after, int stride, int action) {
        game.recognise(observations, before, stride, played);
        if (game.playerToMove(played) < 0 || !game.legal(played, action)) return -1;
        game.play(played, action);
        if (game.playerToMove(played) != Game.CHANCE) return -1;
        game.recognise(observations, after, stride, seen);
        for (int outcome = 0; outcome < game.chanceCount(); outcome++) {
            if (game.chanceProbability(played, outcome) > 0 && leadsToSeen(outcome)) return outcome;
        }
        return -1;
    }

    private boolean leadsToSeen(int outcome) {
        System.arraycopy(played, 0, tried, 0, tried.length);
        game.play(tried, outcome);
        for (int i = 0; i < game.identitySize(); i++) {
            if (tried[i] != seen[i]) return false;
        }
        return true;
    }
}
