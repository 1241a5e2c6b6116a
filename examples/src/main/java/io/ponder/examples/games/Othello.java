package io.ponder.examples.games;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Symmetry;
import java.util.List;

/**
 * Othello: a disc is placed so that it encloses enemy discs in a line, which change sides; who cannot must pass. The game ends when
 * neither can place a disc, the majority wins.
 *
 * <p>Player 0 is black. Action: the cell, row by row from the top, or {@code cells} to pass, legal only where nothing else is. One word of
 * bits; lines are followed by shifts of whole boards (Kogge and Stone's parallel prefix).
 */
public final class Othello extends TwoPlayerBoard {
    private final long full;

    /** Cells that a line to the side can pass through: all but the leftmost and the rightmost column. */
    private final long inner;

    /** Creates the game on a board of {@code side} times {@code side} cells, 4, 6 or 8. */
    public Othello(int side) {
        super("othello" + side, even(side), side, 1);
        full = -1L >>> 64 - cells;
        long left = 0;
        for (int row = 0; row < side; row++) left |= 1L << row * side;
        inner = full & ~(left | left << side - 1);
    }

    private static int even(int side) {
        Checks.inRange("side", side, 4, 8);
        if (side % 2 != 0) throw new IllegalArgumentException("side is " + side + ", but it must be even: 4, 6 or 8.");
        return side;
    }

    @Override
    int bit(int cell) {
        return cell;
    }

    @Override
    int resultOf(int[] position) {
        long first = stones(position, 0);
        long second = stones(position, 1);
        return placements(first, second) != 0 || placements(second, first) != 0 ? PLAYING : majority(first, second);
    }

    private static int majority(long first, long second) {
        int lead = Long.bitCount(first) - Long.bitCount(second);
        return lead > 0 ? WON_BY_FIRST : lead < 0 ? WON_BY_SECOND : DRAWN;
    }

    @Override
    public int actionCount() {
        return cells + 1;
    }

    /** Returns the action to pass. */
    public int pass() {
        return cells;
    }

    @Override
    public void start(int[] position) {
        int upperLeft = (rows / 2 - 1) * columns + columns / 2 - 1;
        long rising = 1L << upperLeft + 1 | 1L << upperLeft + columns;
        long falling = 1L << upperLeft | 1L << upperLeft + columns + 1;
        settle(position, rising, falling, 0, PLAYING);
    }

    /** Returns the cells where the mover encloses something. */
    private long placements(long mover, long other) {
        long side = other & inner;
        return (enclosedBy(mover, side, 1) | enclosedBy(mover, other, columns) | enclosedBy(mover, side, columns - 1)
                | enclosedBy(mover, side, columns + 1)) & full & ~(mover | other);
    }

    /** Returns the cells that follow lines of passable cells which begin at stones, in both directions of a shift. */
    private static long enclosedBy(long stones, long passable, int shift) {
        long up = passable & stones << shift;
        long down = passable & stones >>> shift;
        up |= passable & up << shift;
        down |= passable & down >>> shift;
        long both = passable & passable << shift;
        long bothDown = both >>> shift;
        up |= both & up << 2 * shift;
        down |= bothDown & down >>> 2 * shift;
        up |= both & up << 2 * shift;
        down |= bothDown & down >>> 2 * shift;
        return up << shift | down >>> shift;
    }

    /** Returns the discs that change sides. */
    private long flips(long disc, long mover, long other) {
        long side = other & inner;
        return line(disc, mover, side, 1) | line(disc, mover, other, columns) | line(disc, mover, side, columns - 1)
                | line(disc, mover, side, columns + 1);
    }

    private static long line(long disc, long mover, long passable, int shift) {
        long up = passable & disc << shift;
        long down = passable & disc >>> shift;
        up |= passable & up << shift;
        down |= passable & down >>> shift;
        long both = passable & passable << shift;
        long bothDown = both >>> shift;
        up |= both & up << 2 * shift;
        down |= bothDown & down >>> 2 * shift;
        up |= both & up << 2 * shift;
        down |= bothDown & down >>> 2 * shift;
        return ((up << shift & mover) != 0 ? up : 0) | ((down >>> shift & mover) != 0 ? down : 0);
    }

    private long placements(int[] position) {
        int turn = position[turnAt];
        return placements(stones(position, turn), stones(position, 1 - turn));
    }

    @Override
    public boolean legal(int[] position, int action) {
        if (position[resultAt] != PLAYING) return false;
        long placements = placements(position);
        return action == cells ? placements == 0 : (placements >>> action & 1) != 0;
    }

    @Override
    public int legalActions(int[] position, int[] actions) {
        if (position[resultAt] != PLAYING) return 0;
        int count = 0;
        for (long rest = placements(position); rest != 0; rest &= rest - 1) actions[count++] = Long.numberOfTrailingZeros(rest);
        if (count == 0) actions[count++] = cells;
        return count;
    }

    @Override
    public int legalCount(int[] position) {
        return position[resultAt] == PLAYING ? Math.max(1, Long.bitCount(placements(position))) : 0;
    }

    @Override
    public void play(int[] position, int move) {
        int turn = position[turnAt];
        long mover = stones(position, turn);
        long other = stones(position, 1 - turn);
        if (move == cells) {
            settle(position, other, mover, 1 - turn, PLAYING);
            return;
        }
        long disc = 1L << move;
        long flips = flips(disc, mover, other);
        settle(position, other & ~flips, mover | disc | flips, 1 - turn, PLAYING);
        position[resultAt] = resultOf(position);
    }

    private int majorityOf(int[] position) {
        return majority(stones(position, 0), stones(position, 1));
    }

    @Override
    public List<Symmetry> symmetries() {
        return BoardSymmetries.square(rows, 3, (action, turned) -> action == cells ? cells : turned[action], actionCount());
    }

    @Override
    public int randomAction(int[] position, long random) {
        long placements = placements(position);
        return placements == 0 ? cells : Bits.select(placements, Bits.below(Long.bitCount(placements), random));
    }

    @Override
    public int rollout(int[] position, long seed, int maxMoves, float[] returns) {
        if (position[resultAt] != PLAYING || maxMoves == 0) return 0;
        int turn = position[turnAt];
        long mover = stones(position, turn);
        long other = stones(position, 1 - turn);
        long placements = placements(mover, other);
        int moves = 0;
        boolean over = false;
        while (moves < maxMoves && !over) {
            long random = Bits.random(seed, moves++);
            long flips = 0;
            long disc = 0;
            if (placements != 0) {
                disc = 1L << Bits.select(placements, Bits.below(Long.bitCount(placements), random));
                flips = flips(disc, mover, other);
            }
            long moved = mover | disc | flips;
            mover = other & ~flips;
            other = moved;
            turn ^= 1;
            placements = placements(mover, other);
            over = placements == 0 && placements(other, mover) == 0;
        }
        settle(position, mover, other, turn, PLAYING);
        if (over) {
            position[resultAt] = majorityOf(position);
            pay(position[resultAt], returns);
        }
        return moves;
    }
}
