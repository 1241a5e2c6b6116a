package io.ponder.engine.classic;

import io.ponder.engine.tabular.MdpTable;

/**
 * Makes the table of Gymnasium's CliffWalking (Sutton and Barto 2018, example 6.6): 4 rows of 12 cells, from the lower left to the lower
 * right corner along a cliff. Actions are up, right, down, left; a step costs 1, a fall costs 100 and leads back to the start.
 *
 * <p>The goal is an ordinary cell when a transition begins in it, as in Gymnasium: only arriving terminates.
 */
public final class CliffWalkingTable {
    private static final int ROWS = 4;
    private static final int COLUMNS = 12;
    private static final int START = (ROWS - 1) * COLUMNS;
    private static final int GOAL = ROWS * COLUMNS - 1;

    private CliffWalkingTable() {}

    /** Returns the table; state = row * 12 + column. A slippery cliff takes each perpendicular move as often as the intended one. */
    public static MdpTable of(boolean slippery) {
        MdpTable.Builder table = new MdpTable.Builder(ROWS * COLUMNS, 4).start(START, 1);
        for (int state = 0; state < ROWS * COLUMNS; state++) {
            for (int action = 0; action < 4; action++) {
                if (slippery) {
                    move(table, state, (action + 3) % 4, 1.0 / 3.0);
                    move(table, state, action, 1.0 / 3.0);
                    move(table, state, (action + 1) % 4, 1.0 / 3.0);
                } else {
                    move(table, state, action, 1);
                }
                table.endRow();
            }
        }
        return table.build();
    }

    private static void move(MdpTable.Builder table, int state, int direction, double probability) {
        int row = state / COLUMNS;
        int column = state % COLUMNS;
        if (direction == 0) row = Math.max(row - 1, 0);
        else if (direction == 1) column = Math.min(column + 1, COLUMNS - 1);
        else if (direction == 2) row = Math.min(row + 1, ROWS - 1);
        else column = Math.max(column - 1, 0);
        int next = row * COLUMNS + column;
        boolean fell = next > START && next < GOAL;
        table.outcome(probability, fell ? START : next, fell ? -100 : -1, next == GOAL);
    }
}
