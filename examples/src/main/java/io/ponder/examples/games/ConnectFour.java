package io.ponder.examples.games;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Symmetry;
import java.util.List;

/**
 * Connect Four on 6 rows and 7 columns: a stone falls to the lowest free cell of its column, four in a row win. Action: the column.
 *
 * <p>A bitboard has seven bits a column, the lowest cell first; the seventh stays free, so that no line runs from one column's top into
 * the next (J. Tromp's layout).
 */
public final class ConnectFour extends TwoPlayerBoard {
    private static final int ROWS = 6;
    private static final int COLUMNS = 7;
    private static final int HEIGHT = ROWS + 1;
    private static final long COLUMN = (1 << ROWS) - 1;
    private static final long BOTTOM = 0x0000_0408_1020_4081L;
    private static final long TOP = BOTTOM << ROWS - 1;
    private static final long FULL = BOTTOM * COLUMN;

    /** Creates the game. */
    public ConnectFour() {
        super("connect4", ROWS, COLUMNS, 1);
    }

    @Override
    int bit(int cell) {
        return cell % COLUMNS * HEIGHT + ROWS - 1 - cell / COLUMNS;
    }

    @Override
    int resultOf(int[] position) {
        if (four(stones(position, 0))) return WON_BY_FIRST;
        if (four(stones(position, 1))) return WON_BY_SECOND;
        return (stones(position, 0) | stones(position, 1)) == FULL ? DRAWN : PLAYING;
    }

    /** Tells whether stones hold four in a row. */
    private static boolean four(long stones) {
        long columns = stones & stones >>> 1;
        long rows = stones & stones >>> HEIGHT;
        long rising = stones & stones >>> HEIGHT + 1;
        long falling = stones & stones >>> HEIGHT - 1;
        return (columns & columns >>> 2 | rows & rows >>> 2 * HEIGHT | rising & rising >>> 2 * (HEIGHT + 1)
                | falling & falling >>> 2 * (HEIGHT - 1)) != 0;
    }

    @Override
    public int actionCount() {
        return COLUMNS;
    }

    @Override
    public void start(int[] position) {
        settle(position, 0, 0, 0, PLAYING);
    }

    /** Returns the free cells of the top row; a bit a column that can take a stone. */
    private long open(int[] position) {
        return ~(stones(position, 0) | stones(position, 1)) & TOP;
    }

    @Override
    public boolean legal(int[] position, int action) {
        return position[resultAt] == PLAYING && (open(position) >>> action * HEIGHT + ROWS - 1 & 1) != 0;
    }

    @Override
    public int legalActions(int[] position, int[] actions) {
        if (position[resultAt] != PLAYING) return 0;
        int count = 0;
        for (long open = open(position); open != 0; open &= open - 1) {
            actions[count++] = Long.numberOfTrailingZeros(open) / HEIGHT;
        }
        return count;
    }

    @Override
    public int legalCount(int[] position) {
        return position[resultAt] == PLAYING ? Long.bitCount(open(position)) : 0;
    }

    @Override
    public void play(int[] position, int move) {
        int turn = position[turnAt];
        long mover = stones(position, turn);
        long other = stones(position, 1 - turn);
        // Adding the column's lowest cell to its stones carries into its lowest free cell.
        long taken = mover | other;
        mover |= taken + (1L << move * HEIGHT) & COLUMN << move * HEIGHT;
        int result = four(mover) ? WON_BY_FIRST + turn : (mover | other) == FULL ? DRAWN : PLAYING;
        settle(position, other, mover, 1 - turn, result);
    }

    @Override
    public List<Symmetry> symmetries() {
        return BoardSymmetries.leftRight(ROWS, COLUMNS, 3, (column, turned) -> turned[column], COLUMNS);
    }

    @Override
    public int randomAction(int[] position, long random) {
        return bitOfOpen(open(position), random) / HEIGHT;
    }

    private static int bitOfOpen(long open, long random) {
        return Bits.select(open, Bits.below(Long.bitCount(open), random));
    }

    @Override
    public int rollout(int[] position, long seed, int maxMoves, float[] returns) {
        int turn = position[turnAt];
        int result = position[resultAt];
        long mover = stones(position, turn);
        long other = stones(position, 1 - turn);
        int moves = 0;
        while (moves < maxMoves && result == PLAYING) {
            long taken = mover | other;
            // One bit a column that is not full: its lowest free cell.
            long next = taken + BOTTOM & FULL;
            long stone = 1L << bitOfOpen(next, Bits.random(seed, moves++));
            long moved = mover | stone;
            result = four(moved) ? WON_BY_FIRST + turn : (taken | stone) == FULL ? DRAWN : PLAYING;
            mover = other;
            other = moved;
            turn ^= 1;
        }
        settle(position, mover, other, turn, result);
        if (moves > 0) pay(result, returns);
        return moves;
    }
}
