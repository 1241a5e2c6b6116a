package io.ponder.examples.games;

import io.ponder.engine.game.ImperfectInformationGame;

/**
 * Poker with six cards, two of each of three ranks (F. Southey and others 2005): each player antes 1 and gets a card; after a
 * round of betting a card is laid open, and a second round follows. In turn the players fold (0, only against a raise), call or
 * check (1), or raise (2, at most twice a round) by 2 in the first round and 4 in the second. Who pairs the open card wins,
 * else the higher card; equal ones share.
 *
 * <p>Position: the two cards and the open one, each plus 1 or 0; what each has paid; the round; raises and actions in the
 * round; whose turn it is; who has folded, plus 1; whether the cards are compared; all actions so far, a digit of base 3 each,
 * behind a 1.
 */
public final class LeducPoker implements ImperfectInformationGame {
    static final int FOLD = 0;
    static final int CALL = 1;
    static final int RAISE = 2;

    private static final int CARDS = 6;
    private static final int RANKS = 3;
    private static final int RAISES = 2;

    private static final int OPEN = 2;
    private static final int PAID = 3;
    private static final int ROUND = 5;
    private static final int RAISED = 6;
    private static final int ACTED = 7;
    private static final int TURN = 8;
    private static final int FOLDED = 9;
    private static final int SHOWN = 10;
    private static final int PAST = 11;
    private static final int SIZE = 12;

    @Override
    public String name() {
        return "leduc-poker";
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
        return 3;
    }

    @Override
    public int chanceCount() {
        return CARDS;
    }

    @Override
    public int positionSize() {
        return SIZE;
    }

    @Override
    public void start(int[] position) {
        for (int i = 0; i < SIZE; i++) position[i] = 0;
        position[PAID] = 1;
        position[PAID + 1] = 1;
        position[PAST] = 1;
    }

    @Override
    public int playerToMove(int[] position) {
        if (position[FOLDED] != 0 || position[SHOWN] != 0) return TERMINAL;
        if (position[1] == 0 || (position[ROUND] == 1 && position[OPEN] == 0)) return CHANCE;
        return position[TURN];
    }

    @Override
    public boolean legal(int[] position, int action) {
        if (playerToMove(position) < 0) return false;
        if (action == FOLD) return position[PAID] != position[PAID + 1];
        return action == CALL || position[RAISED] < RAISES;
    }

    @Override
    public double chanceProbability(int[] position, int outcome) {
        int dealt = position[0] == 0 ? 0 : position[1] == 0 ? 1 : 2;
        for (int i = 0; i < dealt; i++) if (position[i] == outcome + 1) return 0;
        return 1.0 / (CARDS - dealt);
    }

    @Override
    public void play(int[] position, int move) {
        if (position[1] == 0) {
            position[position[0] == 0 ? 0 : 1] = move + 1;
            return;
        }
        if (position[ROUND] == 1 && position[OPEN] == 0) {
            position[OPEN] = move + 1;
            return;
        }
        int player = position[TURN];
        position[PAST] = position[PAST] * 3 + move;
        position[ACTED]++;
        position[TURN] = 1 - player;
        if (move == FOLD) {
            position[FOLDED] = player + 1;
        } else if (move == RAISE) {
            position[RAISED]++;
            position[PAID + player] = position[PAID + 1 - player] + (position[ROUND] == 0 ? 2 : 4);
        } else {
            position[PAID + player] = position[PAID + 1 - player];
            if (position[ACTED] > 1) endRound(position);
        }
    }

    private static void endRound(int[] position) {
        if (position[ROUND] == 1) {
            position[SHOWN] = 1;
            return;
        }
        position[ROUND] = 1;
        position[RAISED] = 0;
        position[ACTED] = 0;
        position[TURN] = 0;
    }

    private static int rank(int card) {
        return (card - 1) / 2;
    }

    /** Returns 1 more than the rank, or 10 more for a pair. */
    private static int strength(int[] position, int player) {
        int own = rank(position[player]);
        return own == rank(position[OPEN]) ? 10 : own + 1;
    }

    @Override
    public float reward(int[] position, int player) {
        if (position[FOLDED] != 0) {
            int folded = position[FOLDED] - 1;
            return player == folded ? -position[PAID + folded] : position[PAID + folded];
        }
        if (position[SHOWN] == 0) return 0;
        int compared = Integer.compare(strength(position, player), strength(position, 1 - player));
        return compared * position[PAID];
    }

    /** Suits are left out: they decide nothing. */
    @Override
    public long informationSet(int[] position, int player) {
        int open = position[OPEN] == 0 ? 0 : rank(position[OPEN]) + 1;
        return rank(position[player]) + RANKS * (open + (RANKS + 1L) * position[PAST]);
    }
}
