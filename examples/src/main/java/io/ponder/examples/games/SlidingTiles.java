package io.ponder.examples.games;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.Symmetry;
import java.util.List;

/**
 * 2048 (G. Cirulli, 2014): all tiles slide, two equal ones that meet become one of double value, which pays its value; then chance puts a
 * 2 (probability 0.9) or a 4 on a free cell. Over when nothing can slide.
 *
 * <p>Action 0 up, 1 right, 2 down, 3 left. Outcome {@code 2 * cell} is a 2, {@code 2 * cell + 1} a 4, cells row by row. Chance moves twice
 * at the start. Position: one entry a row, five bits a cell with the base-2 logarithm of its tile; then which actions are legal, one
 * bit each, or that chance moves; then the reward. Observation {@code [(cells + 2) x cells]}: a plane for each tile from 2 on, the last is
 * 1 where chance moves.
 *
 * <p>A row slides by one look into a table of all rows (4 MiB for four cells, made on first use).
 */
public final class SlidingTiles implements Game {
    static final int UP = 0;
    static final int RIGHT = 1;
    static final int DOWN = 2;
    static final int LEFT = 3;

    private static final int BITS = 5;
    private static final int TILE = (1 << BITS) - 1;
    private static final int CHANCE_MOVES = 16;
    private static final double FOUR = 0.1;

    private final int side;
    private final int cells;
    private final int rowMask;
    private final int legalAt;
    private final int rewardAt;
    private final int planes;
    private final int[] slides;

    /** Creates the game on a board of {@code side} times {@code side} cells, from 2 to 4. */
    public SlidingTiles(int side) {
        this.side = Checks.inRange("side", side, 2, 4);
        cells = side * side;
        rowMask = (1 << BITS * side) - 1;
        legalAt = side;
        rewardAt = side + 1;
        planes = cells + 2;
        slides = RowSlides.of(side);
    }

    @Override
    public String name() {
        return side == 4 ? "2048" : "2048-" + side + "x" + side;
    }

    /** Returns the number of cells of a side. */
    public int side() {
        return side;
    }

    @Override
    public int players() {
        return 1;
    }

    @Override
    public boolean zeroSum() {
        return false;
    }

    @Override
    public int actionCount() {
        return 4;
    }

    @Override
    public int chanceCount() {
        return 2 * cells;
    }

    @Override
    public int positionSize() {
        return side + 2;
    }

    @Override
    public int identitySize() {
        return side + 1;
    }

    @Override
    public void start(int[] position) {
        for (int row = 0; row < side; row++) position[row] = 0;
        position[legalAt] = CHANCE_MOVES;
        position[rewardAt] = 0;
    }

    /** Returns the base-2 logarithm of the tile in a cell, 0 where there is none. */
    public int tile(int[] position, int cell) {
        return position[cell / side] >>> cell % side * BITS & TILE;
    }

    @Override
    public int playerToMove(int[] position) {
        int legal = position[legalAt];
        return legal == CHANCE_MOVES ? CHANCE : legal == 0 ? TERMINAL : 0;
    }

    @Override
    public boolean legal(int[] position, int action) {
        return (position[legalAt] >>> action & 1) != 0;
    }

    @Override
    public int legalActions(int[] position, int[] actions) {
        int count = 0;
        for (int rest = position[legalAt] & 15; rest != 0; rest &= rest - 1) actions[count++] = Integer.numberOfTrailingZeros(rest);
        return count;
    }

    @Override
    public int legalCount(int[] position) {
        return Integer.bitCount(position[legalAt] & 15);
    }

    @Override
    public double chanceProbability(int[] position, int outcome) {
        if (tile(position, outcome >>> 1) != 0) return 0;
        return ((outcome & 1) == 0 ? 1 - FOUR : FOUR) / freeCount(position);
    }

    private int freeCount(int[] position) {
        int free = 0;
        for (int row = 0; row < side; row++) free += Integer.bitCount(freeInRow(position[row]));
        return free;
    }

    /** Returns the lowest bit of every free cell of a row. */
    private int freeInRow(int row) {
        int any = row | row >>> 1;
        any |= any >>> 2 | row >>> 4;
        return ~any & rowMask & RowSlides.LOWEST;
    }

    @Override
    public void play(int[] position, int move) {
        if (position[legalAt] == CHANCE_MOVES) place(position, move >>> 1, 1 + (move & 1));
        else slide(position, move);
    }

    private void place(int[] position, int cell, int tile) {
        position[cell / side] |= tile << cell % side * BITS;
        // One tile alone is on the board only before the second move of chance.
        position[legalAt] = freeCount(position) == cells - 1 ? CHANCE_MOVES : slidable(position);
        position[rewardAt] = 0;
    }

    /** Returns one bit for each direction in which something moves. */
    private int slidable(int[] position) {
        int sideways = 0;
        int upright = 0;
        for (int i = 0; i < side; i++) {
            sideways |= slides[position[i]];
            upright |= slides[column(position, i)];
        }
        return (sideways >>> RowSlides.LEFT_MOVES & 1) << LEFT | (sideways >>> RowSlides.RIGHT_MOVES & 1) << RIGHT
                | (upright >>> RowSlides.LEFT_MOVES & 1) << UP | (upright >>> RowSlides.RIGHT_MOVES & 1) << DOWN;
    }

    /** Returns a column in the form of a row, its upper end first. */
    private int column(int[] position, int column) {
        int line = 0;
        for (int row = side - 1; row >= 0; row--) line = line << BITS | position[row] >>> column * BITS & TILE;
        return line;
    }

    private void slide(int[] position, int action) {
        boolean upright = action == UP || action == DOWN;
        boolean toTheEnd = action == RIGHT || action == DOWN;
        if (upright) transpose(position);
        int gain = 0;
        for (int i = 0; i < side; i++) {
            int line = toTheEnd ? reversed(position[i]) : position[i];
            int slid = slides[line];
            gain += RowSlides.gain(slid);
            position[i] = toTheEnd ? reversed(slid & rowMask) : slid & rowMask;
        }
        if (upright) transpose(position);
        position[legalAt] = CHANCE_MOVES;
        position[rewardAt] = gain;
    }

    private int reversed(int line) {
        int reversed = 0;
        for (int i = 0; i < side; i++) reversed = reversed << BITS | line >>> i * BITS & TILE;
        return reversed;
    }

    private void transpose(int[] position) {
        for (int row = 0; row < side; row++) {
            for (int column = row + 1; column < side; column++) {
                int difference = (position[row] >>> column * BITS ^ position[column] >>> row * BITS) & TILE;
                position[row] ^= difference << column * BITS;
                position[column] ^= difference << row * BITS;
            }
        }
    }

    @Override
    public float reward(int[] position, int player) {
        return position[rewardAt];
    }

    @Override
    public int observationSize() {
        return planes * cells;
    }

    @Override
    public void observe(int[] position, float[] out, int offset, int stride) {
        float chance = position[legalAt] == CHANCE_MOVES ? 1 : 0;
        for (int cell = 0; cell < cells; cell++) {
            int tile = tile(position, cell);
            for (int plane = 0; plane < planes - 1; plane++) {
                out[offset + (plane * cells + cell) * stride] = tile == plane + 1 ? 1 : 0;
            }
            out[offset + ((planes - 1) * cells + cell) * stride] = chance;
        }
    }

    @Override
    public void recognise(float[] observation, int offset, int stride, int[] position) {
        start(position);
        for (int cell = 0; cell < cells; cell++) {
            for (int plane = 0; plane < planes - 1; plane++) {
                if (observation[offset + (plane * cells + cell) * stride] > 0.5f) {
                    position[cell / side] |= plane + 1 << cell % side * BITS;
                }
            }
        }
        if (observation[offset + (planes - 1) * cells * stride] < 0.5f) position[legalAt] = slidable(position);
    }

    @Override
    public List<Symmetry> symmetries() {
        return BoardSymmetries.square(side, planes, this::turnedAction, 4);
    }

    /** Follows a step from one cell to its neighbour. */
    private int turnedAction(int action, int[] turned) {
        int from = action == UP || action == LEFT ? cells - 1 : 0;
        int to = action == UP ? from - side : action == DOWN ? side : action == LEFT ? from - 1 : 1;
        int step = turned[to] - turned[from];
        if (step == side) return DOWN;
        if (step == -side) return UP;
        return step == 1 ? RIGHT : LEFT;
    }

    @Override
    public int randomAction(int[] position, long random) {
        int legal = position[legalAt];
        return Bits.select(legal, Bits.below(Integer.bitCount(legal), random));
    }

    @Override
    public int randomOutcome(int[] position, long random) {
        int skip = Bits.below(freeCount(position), random);
        int row = 0;
        int free = freeInRow(position[0]);
        for (int count = Integer.bitCount(free); skip >= count; count = Integer.bitCount(free)) {
            skip -= count;
            free = freeInRow(position[++row]);
        }
        int cell = row * side + Bits.select(free, skip) / BITS;
        // The upper half chose the cell, the lower half chooses the tile.
        boolean four = (random & 0xFFFFFFFFL) < (long) (FOUR * 0x1p32);
        return 2 * cell + (four ? 1 : 0);
    }
}
