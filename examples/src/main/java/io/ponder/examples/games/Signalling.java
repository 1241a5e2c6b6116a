package io.ponder.examples.games;

import io.ponder.engine.Checks;
import io.ponder.engine.game.ImperfectInformationGame;
import io.ponder.engine.tensor.CounterRandom;

/**
 * A game of two players who want the same: nature draws a card for each; the first sees his card and chooses a signal; the
 * second sees his own card and the signal and answers; both get what a table says for the two cards, the signal and the answer.
 * The table is drawn uniformly from 0 to 1.
 *
 * <p>Position: the two cards, the signal and the answer, each plus 1, or 0 before.
 */
public final class Signalling implements ImperfectInformationGame {
    private final int cards;
    private final int actions;
    private final float[] table;

    /**
     * Creates a game.
     *
     * @param cards   cards that a player may get, at least 1
     * @param actions signals, and answers, at least 1
     * @param seed    decides the table
     */
    public Signalling(int cards, int actions, long seed) {
        this.cards = Checks.positive("cards", cards);
        this.actions = Checks.positive("actions", actions);
        table = new float[cards * cards * actions * actions];
        long key = CounterRandom.key(seed, 0x5349474E414CL);
        for (int i = 0; i < table.length; i++) table[i] = CounterRandom.uniform((int) key, (int) (key >>> 32), 0, i);
    }

    @Override
    public String name() {
        return "signalling";
    }

    @Override
    public int players() {
        return 2;
    }

    @Override
    public boolean zeroSum() {
        return false;
    }

    @Override
    public int actionCount() {
        return actions;
    }

    @Override
    public int chanceCount() {
        return cards;
    }

    @Override
    public int positionSize() {
        return 4;
    }

    @Override
    public void start(int[] position) {
        for (int i = 0; i < 4; i++) position[i] = 0;
    }

    @Override
    public int playerToMove(int[] position) {
        if (position[1] == 0) return CHANCE;
        return position[2] == 0 ? 0 : position[3] == 0 ? 1 : TERMINAL;
    }

    @Override
    public boolean legal(int[] position, int action) {
        return playerToMove(position) >= 0;
    }

    @Override
    public double chanceProbability(int[] position, int outcome) {
        return 1.0 / cards;
    }

    @Override
    public void play(int[] position, int move) {
        int i = 0;
        while (position[i] != 0) i++;
        position[i] = move + 1;
    }

    @Override
    public float reward(int[] position, int player) {
        if (position[3] == 0) return 0;
        return table[(((position[0] - 1) * cards + position[1] - 1) * actions + position[2] - 1) * actions + position[3] - 1];
    }

    @Override
    public long informationSet(int[] position, int player) {
        return player == 0 ? position[0] : (long) position[1] * (actions + 1) + position[2];
    }
}
