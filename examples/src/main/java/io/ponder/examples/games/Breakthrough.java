package io.ponder.examples.games;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Symmetry;
import java.util.List;

/**
 * Breakthrough (D. Troyka, 2000): every piece steps forward, straight to a free cell or diagonally to one that is free or holds an
 * enemy, who is captured. Who reaches the far row or captures the last enemy wins.
 *
 * <p>Player 0 starts in the two bottom rows and moves up. Action {@code 3 * cell + direction} with the cell the piece leaves and direction
 * 0 to the left, 1 straight, 2 to the right, as seen on the board. One word of bits, cells row by row from the top.
 */
public final class Breakthrough extends TwoPlayerBoard {
    private static final int DIRECTIONS = 3;
    private static final int MAX_CELLS = 64;

    private final long full;
    private final long notLeft;
    private final long notRight;
    private final long topRow;
    private final long bottomRow;
    private final long homeOfFirst;
    private final long homeOfSecond;

    /**
     * Creates the game.
     *
     * @param rows    at least 5
     * @param columns at least 2; at most 64 cells
     */
    public Breakthrough(int rows, int columns) {
        super(rows == columns ? "breakthrough" + rows : "breakthrough" + rows + "x" + columns,
                Checks.inRange("rows", rows, 5, MAX_CELLS / 2), Checks.inRange("columns", columns, 2, MAX_CELLS / rows), 1);
        full = -1L >>> MAX_CELLS - cells;
        topRow = (1L << columns) - 1;
        bottomRow = topRow << cells - columns;
        long left = 0;
        for (int row = 0; row < rows; row++) left |= 1L << row * columns;
        notLeft = full & ~left;
        notRight = full & ~(left << columns - 1);
        homeOfFirst = bottomRow | bottomRow >>> columns;
        homeOfSecond = topRow | topRow << columns;
    }

    @Override
    int bit(int cell) {
        return cell;
    }

    @Override
    int resultOf(int[] position) {
        long first = stones(position, 0);
        long second = stones(position, 1);
        if ((first & topRow) != 0 || second == 0) return WON_BY_FIRST;
        return (second & bottomRow) != 0 || first == 0 ? WON_BY_SECOND : PLAYING;
    }

    @Override
    public int actionCount() {
        return DIRECTIONS * cells;
    }

    @Override
    public void start(int[] position) {
        settle(position, homeOfFirst, homeOfSecond, 0, PLAYING);
    }

    // The pieces that can step to the left, straight and to the right. No piece stands on its far row while the game goes on.

    private long leftward(long mover, int turn) {
        return mover & notLeft & (turn == 0 ? ~mover << columns + 1 : ~mover >>> columns - 1);
    }

    private long straight(long mover, long other, int turn) {
        long free = ~(mover | other);
        return mover & (turn == 0 ? free << columns : free >>> columns);
    }

    private long rightward(long mover, int turn) {
        return mover & notRight & (turn == 0 ? ~mover << columns - 1 : ~mover >>> columns + 1);
    }

    private long movable(int[] position, int direction) {
        int turn = position[turnAt];
        long mover = stones(position, turn);
        if (direction == 1) return straight(mover, stones(position, 1 - turn), turn);
        return direction == 0 ? leftward(mover, turn) : rightward(mover, turn);
    }

    @Override
    public boolean legal(int[] position, int action) {
        return position[resultAt] == PLAYING && (movable(position, action % DIRECTIONS) >>> action / DIRECTIONS & 1) != 0;
    }

    @Override
    public int legalActions(int[] position, int[] actions) {
        if (position[resultAt] != PLAYING) return 0;
        long left = movable(position, 0);
        long straight = movable(position, 1);
        long right = movable(position, 2);
        int count = 0;
        for (long rest = left | straight | right; rest != 0; rest &= rest - 1) {
            int cell = Long.numberOfTrailingZeros(rest);
            int action = DIRECTIONS * cell;
            if ((left >>> cell & 1) != 0) actions[count++] = action;
            if ((straight >>> cell & 1) != 0) actions[count++] = action + 1;
            if ((right >>> cell & 1) != 0) actions[count++] = action + 2;
        }
        return count;
    }

    @Override
    public int legalCount(int[] position) {
        if (position[resultAt] != PLAYING) return 0;
        return Long.bitCount(movable(position, 0)) + Long.bitCount(movable(position, 1)) + Long.bitCount(movable(position, 2));
    }

    @Override
    public void play(int[] position, int move) {
        int turn = position[turnAt];
        long from = 1L << move / DIRECTIONS;
        long to = target(from, move % DIRECTIONS, turn);
        long mover = stones(position, turn) ^ (from | to);
        long other = stones(position, 1 - turn) & ~to;
        settle(position, other, mover, 1 - turn, resultOfMove(to, other, turn));
    }

    private long target(long from, int direction, int turn) {
        return turn == 0 ? from >>> columns + 1 - direction : from << columns - 1 + direction;
    }

    private int resultOfMove(long to, long other, int turn) {
        return other == 0 || (to & (turn == 0 ? topRow : bottomRow)) != 0 ? WON_BY_FIRST + turn : PLAYING;
    }

    @Override
    public List<Symmetry> symmetries() {
        return BoardSymmetries.leftRight(rows, columns, 3, this::turnedAction, actionCount());
    }

    private int turnedAction(int action, int[] turned) {
        int direction = action % DIRECTIONS;
        return DIRECTIONS * turned[action / DIRECTIONS] + (turned[0] == 0 ? direction : 2 - direction);
    }

    @Override
    public int randomAction(int[] position, long random) {
        int turn = position[turnAt];
        long mover = stones(position, turn);
        return draw(mover, stones(position, 1 - turn), turn, random);
    }

    /** Draws a move: the steps to the left come first, then those straight, then those to the right. */
    private int draw(long mover, long other, int turn, long random) {
        long left = leftward(mover, turn);
        long straight = straight(mover, other, turn);
        long right = rightward(mover, turn);
        int toLeft = Long.bitCount(left);
        int notToRight = toLeft + Long.bitCount(straight);
        int n = Bits.below(notToRight + Long.bitCount(right), random);
        // Computed rather than branched on: which of the three it will be cannot be foreseen.
        int direction = (toLeft - 1 - n >>> 31) + (notToRight - 1 - n >>> 31);
        long chosen = direction == 0 ? left : direction == 1 ? straight : right;
        int before = direction == 0 ? 0 : direction == 1 ? toLeft : notToRight;
        return DIRECTIONS * Bits.select(chosen, n - before) + direction;
    }

    @Override
    public int rollout(int[] position, long seed, int maxMoves, float[] returns) {
        int turn = position[turnAt];
        int result = position[resultAt];
        long mover = stones(position, turn);
        long other = stones(position, 1 - turn);
        int moves = 0;
        while (moves < maxMoves && result == PLAYING) {
            int move = draw(mover, other, turn, Bits.random(seed, moves++));
            long from = 1L << move / DIRECTIONS;
            long to = target(from, move % DIRECTIONS, turn);
            long moved = mover ^ (from | to);
            mover = other & ~to;
            other = moved;
            result = resultOfMove(to, mover, turn);
            turn ^= 1;
        }
        settle(position, mover, other, turn, result);
        if (moves > 0) pay(result, returns);
        return moves;
    }
}
