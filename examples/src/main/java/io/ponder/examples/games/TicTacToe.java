package io.ponder.examples.games;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.Symmetry;
import java.util.List;

/**
 * Tic-tac-toe: two players take turns to claim a square, three in a row win 1, the other loses 1. Action {@code 3 * row + column}.
 *
 * <p>Position: the squares of player 0, those of player 1, one bit a square; player 0 moves where both own the same number. Observation
 * {@code [3 x 9]}: own squares, the other's, and a plane of 1 where player 1 is to move.
 */
public final class TicTacToe implements Game {
    private static final int SQUARES = 9;
    private static final int FULL = 0x1FF;
    private static final int[] LINES = {0007, 0070, 0700, 0111, 0222, 0444, 0421, 0124};

    /** Entry s tells whether the squares s hold a line. */
    private static final boolean[] WON = new boolean[FULL + 1];

    /** Entry {@code n << 9 | s} is the square number n of the set s. */
    private static final byte[] SELECTED = new byte[SQUARES << 9];

    static {
        for (int s = 0; s <= FULL; s++) {
            for (int line : LINES) WON[s] |= (s & line) == line;
            for (int n = 0; n < Integer.bitCount(s); n++) SELECTED[n << 9 | s] = (byte) Bits.select(s, n);
        }
    }

    @Override
    public String name() {
        return "tictactoe";
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
        return SQUARES;
    }

    @Override
    public int positionSize() {
        return 2;
    }

    @Override
    public void start(int[] position) {
        position[0] = 0;
        position[1] = 0;
    }

    @Override
    public int playerToMove(int[] position) {
        int first = position[0];
        int second = position[1];
        if (WON[first] || WON[second] || (first | second) == FULL) return TERMINAL;
        return turn(first, second);
    }

    /** Returns whose turn it is, or would be were the game not over: 1 where the first player owns a square more. */
    private static int turn(int first, int second) {
        return Integer.bitCount(first) - Integer.bitCount(second);
    }

    @Override
    public boolean legal(int[] position, int action) {
        return ((position[0] | position[1]) >>> action & 1) == 0 && playerToMove(position) != TERMINAL;
    }

    @Override
    public int legalActions(int[] position, int[] actions) {
        if (playerToMove(position) == TERMINAL) return 0;
        int count = 0;
        for (int free = ~(position[0] | position[1]) & FULL; free != 0; free &= free - 1) {
            actions[count++] = Integer.numberOfTrailingZeros(free);
        }
        return count;
    }

    @Override
    public int legalCount(int[] position) {
        return playerToMove(position) == TERMINAL ? 0 : SQUARES - Integer.bitCount(position[0] | position[1]);
    }

    @Override
    public void play(int[] position, int move) {
        position[turn(position[0], position[1])] |= 1 << move;
    }

    @Override
    public float reward(int[] position, int player) {
        if (WON[position[player]]) return 1;
        return WON[position[1 - player]] ? -1 : 0;
    }

    @Override
    public int observationSize() {
        return 3 * SQUARES;
    }

    @Override
    public void observe(int[] position, float[] out, int offset, int stride) {
        int turn = turn(position[0], position[1]);
        for (int s = 0; s < SQUARES; s++) {
            out[offset + s * stride] = position[turn] >>> s & 1;
            out[offset + (SQUARES + s) * stride] = position[1 - turn] >>> s & 1;
            out[offset + (2 * SQUARES + s) * stride] = turn;
        }
    }

    @Override
    public void recognise(float[] observation, int offset, int stride, int[] position) {
        int turn = observation[offset + 2 * SQUARES * stride] > 0.5f ? 1 : 0;
        start(position);
        for (int s = 0; s < SQUARES; s++) {
            if (observation[offset + s * stride] > 0.5f) position[turn] |= 1 << s;
            if (observation[offset + (SQUARES + s) * stride] > 0.5f) position[1 - turn] |= 1 << s;
        }
    }

    @Override
    public List<Symmetry> symmetries() {
        return BoardSymmetries.square(3, 3, (cell, turned) -> turned[cell], SQUARES);
    }

    @Override
    public int randomAction(int[] position, long random) {
        int free = ~(position[0] | position[1]) & FULL;
        return SELECTED[Bits.below(Integer.bitCount(free), random) << 9 | free];
    }

    @Override
    public int rollout(int[] position, long seed, int maxMoves, float[] returns) {
        int first = position[0];
        int second = position[1];
        if (WON[first] || WON[second]) return 0;
        int turn = turn(first, second);
        int mover = turn == 0 ? first : second;
        int other = turn == 0 ? second : first;
        int free = ~(first | second) & FULL;
        int empty = Integer.bitCount(free);
        int moves = 0;
        boolean won = false;
        while (moves < maxMoves && moves < empty && !won) {
            int square = SELECTED[Bits.below(empty - moves, Bits.random(seed, moves)) << 9 | free];
            int moved = mover | 1 << square;
            free ^= 1 << square;
            won = WON[moved];
            mover = other;
            other = moved;
            moves++;
        }
        int end = turn ^ moves & 1;
        position[end] = mover;
        position[1 - end] = other;
        if (won) {
            returns[end]--;
            returns[1 - end]++;
        }
        return moves;
    }
}
