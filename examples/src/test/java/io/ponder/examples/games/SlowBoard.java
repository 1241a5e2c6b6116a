package io.ponder.examples.games;

import java.util.ArrayList;
import java.util.List;

/** A board of two players in a two-dimensional array: -1 free, else the owner. */
abstract class SlowBoard implements SlowTwin {
    static final int FREE = -1;
    static final int NOBODY = -1;

    final int[][] owner;
    int turn;
    boolean over;
    int winner = NOBODY;

    SlowBoard(int rows, int columns) {
        owner = new int[rows][columns];
        for (int[] row : owner) java.util.Arrays.fill(row, FREE);
    }

    SlowBoard(SlowBoard other) {
        owner = new int[other.owner.length][];
        for (int r = 0; r < owner.length; r++) owner[r] = other.owner[r].clone();
        turn = other.turn;
        over = other.over;
        winner = other.winner;
    }

    final boolean onBoard(int row, int column) {
        return row >= 0 && row < owner.length && column >= 0 && column < owner[0].length;
    }

    @Override
    public final int playerToMove() {
        return over ? -2 : turn;
    }

    @Override
    public final double reward(int player) {
        return !over || winner == NOBODY ? 0 : winner == player ? 1 : -1;
    }

    @Override
    public final List<Integer> board() {
        List<Integer> cells = new ArrayList<>();
        for (int[] row : owner) for (int cell : row) cells.add(cell);
        return cells;
    }
}
