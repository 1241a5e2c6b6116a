package io.ponder.examples.games;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;

/**
 * What the games of two players with stones on a board share: the winner's last move pays 1 to the winner and -1 to the loser.
 *
 * <p>Position: the bitboard of player 0 in W words, that of player 1, the player whose turn it is (or would be), and the result.
 * Observation {@code [3 x cells]}: own stones, the other's, and a plane of 1 where it is player 1's turn; cells row by row from the top.
 */
abstract class TwoPlayerBoard implements Game {
    static final int PLAYING = 0;
    static final int WON_BY_FIRST = 1;
    static final int WON_BY_SECOND = 2;
    static final int DRAWN = 3;

    private static final float[] FIRST_REWARD = {0, 1, -1, 0};

    final int rows;
    final int columns;
    final int cells;

    /** Words of one player's bitboard. */
    final int words;

    /** Entry of the position that holds the player whose turn it is; the result follows. */
    final int turnAt;

    /** Entry that holds the result. */
    final int resultAt;

    private final String name;

    TwoPlayerBoard(String name, int rows, int columns, int words) {
        this.name = name;
        this.rows = Checks.positive("rows", rows);
        this.columns = Checks.positive("columns", columns);
        this.words = words;
        cells = rows * columns;
        turnAt = 4 * words;
        resultAt = turnAt + 1;
    }

    /** Returns the bit of a cell in a player's bitboard, counted over all its words. */
    abstract int bit(int cell);

    /** Returns the result of a position of which the stones and the turn are known, but not how it came about. */
    abstract int resultOf(int[] position);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int players() {
        return 2;
    }

    @Override
    public final boolean zeroSum() {
        return true;
    }

    @Override
    public final int positionSize() {
        return resultAt + 1;
    }

    /** Returns whether a player has a stone in a cell. */
    final boolean owns(int[] position, int player, int cell) {
        int bit = bit(cell);
        return (position[2 * words * player + (bit >>> 5)] >>> (bit & 31) & 1) != 0;
    }

    @Override
    public final int playerToMove(int[] position) {
        return position[resultAt] == PLAYING ? position[turnAt] : TERMINAL;
    }

    @Override
    public final float reward(int[] position, int player) {
        float first = FIRST_REWARD[position[resultAt]];
        return player == 0 ? first : 0 - first;
    }

    /** Adds what a result pays to both players. */
    static void pay(int result, float[] returns) {
        float first = FIRST_REWARD[result];
        returns[0] += first;
        returns[1] -= first;
    }

    @Override
    public final int observationSize() {
        return 3 * cells;
    }

    @Override
    public final void observe(int[] position, float[] out, int offset, int stride) {
        int turn = position[turnAt];
        int own = 2 * words * turn;
        int others = 2 * words - own;
        for (int cell = 0; cell < cells; cell++) {
            int bit = bit(cell);
            int entry = bit >>> 5;
            out[offset + cell * stride] = position[own + entry] >>> (bit & 31) & 1;
            out[offset + (cells + cell) * stride] = position[others + entry] >>> (bit & 31) & 1;
            out[offset + (2 * cells + cell) * stride] = turn;
        }
    }

    @Override
    public final void recognise(float[] observation, int offset, int stride, int[] position) {
        int turn = observation[offset + 2 * cells * stride] > 0.5f ? 1 : 0;
        int own = 2 * words * turn;
        int others = 2 * words - own;
        for (int i = 0; i < position.length; i++) position[i] = 0;
        for (int cell = 0; cell < cells; cell++) {
            int bit = bit(cell);
            int entry = bit >>> 5;
            if (observation[offset + cell * stride] > 0.5f) position[own + entry] |= 1 << (bit & 31);
            if (observation[offset + (cells + cell) * stride] > 0.5f) position[others + entry] |= 1 << (bit & 31);
        }
        position[turnAt] = turn;
        position[resultAt] = resultOf(position);
    }

    /** Returns the first (or only) word of a player's stones. */
    final long stones(int[] position, int player) {
        return Bits.word(position, 2 * words * player);
    }

    /** Writes the stones of both sides of a one-word board, whose turn it is, and the result. */
    final void settle(int[] position, long stonesOfTurn, long stonesWaiting, int turn, int result) {
        Bits.setWord(position, 2 * turn, stonesOfTurn);
        Bits.setWord(position, 2 - 2 * turn, stonesWaiting);
        position[turnAt] = turn;
        position[resultAt] = result;
    }
}
