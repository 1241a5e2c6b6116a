package io.ponder.examples.games;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.ImperfectInformationGame;

/**
 * Hex in which nobody sees the other's stones. The first player joins the top and the bottom row, the second the left and the
 * right column. Who tries a cell that the other has taken learns so; in the classic form he moves again, in the abrupt form he
 * has lost his turn. Cells that a player knows to be taken are not legal. Who wins gets 1, the other loses 1; there is no draw.
 *
 * <p>Position: the cells (0, or 1 plus the player), whose turn it is, 1 plus the winner or 0, and what each player has tried so
 * far, as a 64-bit word: a digit of base {@code 2 * cells + 1} for each attempt, 1 plus twice the cell plus whether it
 * succeeded.
 */
public final class DarkHex implements ImperfectInformationGame {
    private static final int[] ROW_STEPS = {-1, 1, 0, 0, 1, -1};
    private static final int[] COLUMN_STEPS = {0, 0, -1, 1, -1, 1};

    private final int side;
    private final int cells;
    private final boolean abrupt;

    /**
     * Creates the game.
     *
     * @param side   cells of a side, 2 or 3
     * @param abrupt whether a failed attempt loses the turn
     */
    public DarkHex(int side, boolean abrupt) {
        this.side = Checks.inRange("side", side, 2, 3);
        this.abrupt = abrupt;
        cells = side * side;
    }

    @Override
    public String name() {
        return (abrupt ? "abrupt-dark-hex" : "dark-hex") + side;
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
        return cells;
    }

    @Override
    public int positionSize() {
        return cells + 6;
    }

    @Override
    public void start(int[] position) {
        for (int i = 0; i < positionSize(); i++) position[i] = 0;
    }

    @Override
    public int playerToMove(int[] position) {
        return position[cells + 1] != 0 ? TERMINAL : position[cells];
    }

    @Override
    public boolean legal(int[] position, int action) {
        if (position[cells + 1] != 0) return false;
        for (long past = informationSet(position, position[cells]); past != 0; past /= 2L * cells + 1) {
            if ((past % (2L * cells + 1) - 1) / 2 == action) return false;
        }
        return true;
    }

    @Override
    public void play(int[] position, int move) {
        int player = position[cells];
        boolean free = position[move] == 0;
        long past = informationSet(position, player) * (2L * cells + 1) + 1 + 2L * move + (free ? 1 : 0);
        Bits.setWord(position, cells + 2 + 2 * player, past);
        if (free) {
            position[move] = player + 1;
            if (joined(position, player)) position[cells + 1] = player + 1;
        }
        if (free || abrupt) position[cells] = 1 - player;
    }

    /** Tells whether a player's stones join his two sides: spreads from the first side until nothing is added. */
    private boolean joined(int[] position, int player) {
        int reached = 0;
        for (int i = 0; i < side; i++) {
            int cell = player == 0 ? i : i * side;
            if (position[cell] == player + 1) reached |= 1 << cell;
        }
        for (int before = 0; before != reached; ) {
            before = reached;
            for (int cell = 0; cell < cells; cell++) {
                if ((reached >> cell & 1) != 0) reached |= neighbours(position, player, cell);
            }
        }
        for (int i = 0; i < side; i++) {
            int cell = player == 0 ? cells - side + i : i * side + side - 1;
            if ((reached >> cell & 1) != 0) return true;
        }
        return false;
    }

    private int neighbours(int[] position, int player, int cell) {
        int found = 0;
        for (int d = 0; d < ROW_STEPS.length; d++) {
            int row = cell / side + ROW_STEPS[d];
            int column = cell % side + COLUMN_STEPS[d];
            if (row < 0 || row >= side || column < 0 || column >= side) continue;
            if (position[row * side + column] == player + 1) found |= 1 << (row * side + column);
        }
        return found;
    }

    @Override
    public float reward(int[] position, int player) {
        int winner = position[cells + 1];
        return winner == 0 ? 0 : winner - 1 == player ? 1 : -1;
    }

    @Override
    public long informationSet(int[] position, int player) {
        return Bits.word(position, cells + 2 + 2 * player);
    }
}
