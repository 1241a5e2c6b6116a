package io.ponder.examples.games;

import io.ponder.engine.game.ImperfectInformationGame;

/**
 * Poker with three cards (H. W. Kuhn, 1950): each player antes 1 and gets a card; in turn they pass (0) or bet 1 (1), once
 * around, and who has passed may answer a bet. Who does not answer a bet loses his ante, else the higher card wins. Worth -1/18
 * to the first player.
 *
 * <p>Position: the two cards plus 1 (0 before the deal), how many actions there were, and the actions, one bit each, the last
 * one lowest.
 */
public final class KuhnPoker implements ImperfectInformationGame {
    private static final int ACTIONS = 2;
    private static final int LENGTH = 2;
    private static final int BITS = 3;

    @Override
    public String name() {
        return "kuhn-poker";
    }

    @Override
    public int players() {
        return 2;
    }

    @Override
    public boolean zeroSum() {
        return true;
    }

    @Override
    public int actionCount() {
        return ACTIONS;
    }

    @Override
    public int chanceCount() {
        return 3;
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
        int length = position[LENGTH];
        if (length < 2) return length;
        return length == 2 && position[BITS] == 0b01 ? 0 : TERMINAL;
    }

    @Override
    public boolean legal(int[] position, int action) {
        return playerToMove(position) >= 0;
    }

    @Override
    public double chanceProbability(int[] position, int outcome) {
        if (position[0] == 0) return 1.0 / 3;
        return outcome + 1 == position[0] ? 0 : 0.5;
    }

    @Override
    public void play(int[] position, int move) {
        if (position[0] == 0) {
            position[0] = move + 1;
        } else if (position[1] == 0) {
            position[1] = move + 1;
        } else {
            position[LENGTH]++;
            position[BITS] = position[BITS] << 1 | move;
        }
    }

    @Override
    public float reward(int[] position, int player) {
        if (playerToMove(position) != TERMINAL) return 0;
        int bits = position[BITS];
        float first;
        if (position[LENGTH] == 2 && bits == 0b10) first = 1;
        else if (position[LENGTH] == 3 && bits == 0b010) first = -1;
        else first = (position[0] > position[1] ? 1 : -1) * (bits == 0 ? 1 : 2);
        return player == 0 ? first : -first;
    }

    @Override
    public long informationSet(int[] position, int player) {
        return (long) position[player] << 4 | 1 << position[LENGTH] | position[BITS];
    }
}
