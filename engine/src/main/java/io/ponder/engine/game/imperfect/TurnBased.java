package io.ponder.engine.game.imperfect;

import io.ponder.engine.game.Game;
import io.ponder.engine.game.ImperfectInformationGame;

/**
 * Lets players who decide at once decide one after the other instead, without seeing what those before them chose: the same
 * game, in the form that histories have.
 *
 * <p>Position: that of the game, and behind it what each player has chosen, plus 1, or 0. Immutable, safe for several threads;
 * allocates nothing.
 */
public final class TurnBased implements ImperfectInformationGame {
    private final ImperfectInformationGame game;
    private final int size;

    /** Creates the form of a game. */
    public TurnBased(ImperfectInformationGame game) {
        this.game = game;
        size = game.positionSize();
    }

    @Override
    public String name() {
        return game.name();
    }

    @Override
    public int players() {
        return game.players();
    }

    @Override
    public boolean zeroSum() {
        return game.zeroSum();
    }

    @Override
    public int actionCount() {
        return game.actionCount();
    }

    @Override
    public int chanceCount() {
        return game.chanceCount();
    }

    @Override
    public int positionSize() {
        return size + game.players();
    }

    @Override
    public void start(int[] position) {
        game.start(position);
        for (int p = 0; p < players(); p++) position[size + p] = 0;
    }

    @Override
    public int playerToMove(int[] position) {
        int player = game.playerToMove(position);
        if (player != Game.SIMULTANEOUS) return player;
        int next = 0;
        while (position[size + next] != 0) next++;
        return next;
    }

    @Override
    public boolean legal(int[] position, int action) {
        if (game.playerToMove(position) != Game.SIMULTANEOUS) return game.legal(position, action);
        int player = playerToMove(position);
        return action < game.ownActionCount(player) && game.ownLegal(position, player, action);
    }

    @Override
    public double chanceProbability(int[] position, int outcome) {
        return game.chanceProbability(position, outcome);
    }

    @Override
    public void play(int[] position, int move) {
        if (game.playerToMove(position) != Game.SIMULTANEOUS) {
            game.play(position, move);
            return;
        }
        int player = playerToMove(position);
        position[size + player] = move + 1;
        if (player < players() - 1) return;
        int joint = 0;
        for (int p = 0; p < players(); p++) {
            joint = joint * game.ownActionCount(p) + position[size + p] - 1;
            position[size + p] = 0;
        }
        game.play(position, joint);
    }

    @Override
    public float reward(int[] position, int player) {
        // While they choose, what the transition before paid was paid already.
        return position[size] != 0 ? 0 : game.reward(position, player);
    }

    @Override
    public long informationSet(int[] position, int player) {
        return game.informationSet(position, player);
    }
}
