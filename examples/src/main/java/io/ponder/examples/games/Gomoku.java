package io.ponder.examples.games;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Symmetry;
import java.util.Arrays;
import java.util.List;

/**
 * Gomoku: two players take turns to claim a cell, five in a row or more win; a full board is a draw. Action: the cell, row by row from
 * the top. Freestyle rules, black (player 0) begins.
 *
 * <p>A row takes one bit more than it has cells; that bit stays free, so that no line runs from one row's end into the next. A 15 x 15
 * board takes four words a player.
 */
public final class Gomoku extends TwoPlayerBoard {
    private static final int MAX_SIDE = 15;

    private final int stride;
    private final int line;

    /** The cells, as a bitboard. */
    private final long[] board;

    /** Entry b is the cell of bit b. */
    private final int[] cellOfBit;

    /**
     * Creates the game.
     *
     * @param side cells of a side, from 3 to 15
     * @param line stones in a row that win, from 3 to {@code side}
     */
    public Gomoku(int side, int line) {
        super(line == 5 ? "gomoku" + side : "gomoku" + side + "-" + line, Checks.inRange("side", side, 3, MAX_SIDE), side,
                (side * (side + 1) + 63) / 64);
        this.line = Checks.inRange("line", line, 3, side);
        stride = side + 1;
        board = new long[words];
        cellOfBit = new int[64 * words];
        for (int cell = 0; cell < cells; cell++) {
            board[bit(cell) >>> 6] |= 1L << bit(cell);
            cellOfBit[bit(cell)] = cell;
        }
    }

    @Override
    int bit(int cell) {
        return cell / columns * (columns + 1) + cell % columns;
    }

    @Override
    int resultOf(int[] position) {
        boolean free = false;
        for (int cell = 0; cell < cells; cell++) {
            if (owns(position, 0, cell)) {
                if (wins(position, 0, bit(cell))) return WON_BY_FIRST;
            } else if (!owns(position, 1, cell)) {
                free = true;
            } else if (wins(position, 1, bit(cell))) {
                return WON_BY_SECOND;
            }
        }
        return free ? PLAYING : DRAWN;
    }

    /** Tells whether the stone at a bit is part of a long enough line. */
    private boolean wins(int[] position, int player, int bit) {
        int from = 2 * words * player;
        return reach(position, from, bit, 1) >= line || reach(position, from, bit, stride) >= line
                || reach(position, from, bit, stride - 1) >= line || reach(position, from, bit, stride + 1) >= line;
    }

    private int reach(int[] position, int from, int bit, int step) {
        int length = 1;
        for (int b = bit + step; b < 64 * words && isSet(position, from, b); b += step) length++;
        for (int b = bit - step; b >= 0 && isSet(position, from, b); b -= step) length++;
        return length;
    }

    private static boolean isSet(int[] position, int from, int bit) {
        return (position[from + (bit >>> 5)] >>> bit & 1) != 0;
    }

    @Override
    public int actionCount() {
        return cells;
    }

    @Override
    public void start(int[] position) {
        Arrays.fill(position, 0);
    }

    private long free(int[] position, int word) {
        return board[word] & ~(Bits.word(position, 2 * word) | Bits.word(position, 2 * (words + word)));
    }

    @Override
    public boolean legal(int[] position, int action) {
        return position[resultAt] == PLAYING && !owns(position, 0, action) && !owns(position, 1, action);
    }

    @Override
    public int legalActions(int[] position, int[] actions) {
        if (position[resultAt] != PLAYING) return 0;
        int count = 0;
        for (int word = 0; word < words; word++) {
            for (long rest = free(position, word); rest != 0; rest &= rest - 1) {
                actions[count++] = cellOfBit[64 * word + Long.numberOfTrailingZeros(rest)];
            }
        }
        return count;
    }

    @Override
    public int legalCount(int[] position) {
        return position[resultAt] == PLAYING ? freeCount(position) : 0;
    }

    private int freeCount(int[] position) {
        int count = 0;
        for (int word = 0; word < words; word++) count += Long.bitCount(free(position, word));
        return count;
    }

    @Override
    public void play(int[] position, int move) {
        place(position, bit(move), freeCount(position));
    }

    /** Places a stone of the player whose turn it is, where {@code free} cells were free before. */
    private void place(int[] position, int bit, int free) {
        int turn = position[turnAt];
        position[2 * words * turn + (bit >>> 5)] |= 1 << bit;
        position[turnAt] = 1 - turn;
        position[resultAt] = wins(position, turn, bit) ? WON_BY_FIRST + turn : free == 1 ? DRAWN : PLAYING;
    }

    @Override
    public List<Symmetry> symmetries() {
        return BoardSymmetries.square(rows, 3, (cell, turned) -> turned[cell], cells);
    }

    @Override
    public int randomAction(int[] position, long random) {
        return cellOfBit[bitOfFree(position, Bits.below(freeCount(position), random))];
    }

    /** Returns the bit of the free cell number n. */
    private int bitOfFree(int[] position, int n) {
        int word = 0;
        int rest = n;
        long free = free(position, 0);
        for (int count = Long.bitCount(free); rest >= count; count = Long.bitCount(free)) {
            rest -= count;
            free = free(position, ++word);
        }
        return 64 * word + Bits.select(free, rest);
    }

    @Override
    public int rollout(int[] position, long seed, int maxMoves, float[] returns) {
        if (position[resultAt] != PLAYING) return 0;
        int moves = 0;
        for (int free = freeCount(position); moves < maxMoves && position[resultAt] == PLAYING; free--) {
            place(position, bitOfFree(position, Bits.below(free, Bits.random(seed, moves++))), free);
        }
        pay(position[resultAt], returns);
        return moves;
    }
}
