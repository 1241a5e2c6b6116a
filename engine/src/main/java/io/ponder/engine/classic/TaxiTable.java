package io.ponder.engine.classic;

import io.ponder.engine.tabular.MdpTable;

/**
 * Makes the table of Gymnasium's Taxi without rain (Dietterich 2000): 5 x 5 streets with walls, four stands, a passenger to fetch and
 * to bring. Actions are south, north, east, west, pick up, drop off; a step costs 1, a wrong pick-up or drop-off 10, a delivery pays 20.
 *
 * <p>State = ((row * 5 + column) * 5 + passenger) * 4 + destination; passenger 4 sits in the taxi, 0 to 3 waits at that stand.
 */
public final class TaxiTable {
    private static final int SIZE = 5;
    private static final int IN_TAXI = 4;
    private static final int[] STAND_ROW = {0, 0, 4, 4};
    private static final int[] STAND_COLUMN = {0, 4, 0, 3};

    /** What is east of every cell: a colon is open, a bar is a wall. */
    private static final String[] EAST = {":|::|", ":|::|", "::::|", "|:|:|", "|:|:|"};

    private TaxiTable() {}

    /** Returns the table of 500 states and 6 actions; an episode starts with the passenger waiting at a stand that is not the goal. */
    public static MdpTable create() {
        MdpTable.Builder table = new MdpTable.Builder(SIZE * SIZE * 5 * 4, 6);
        double start = 1.0 / (SIZE * SIZE * 4 * 3);
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                for (int passenger = 0; passenger <= IN_TAXI; passenger++) {
                    for (int destination = 0; destination < 4; destination++) {
                        if (passenger != IN_TAXI && passenger != destination) {
                            table.start(state(row, column, passenger, destination), start);
                        }
                        drive(table, row, column, passenger, destination);
                        pickUp(table, row, column, passenger, destination);
                        dropOff(table, row, column, passenger, destination);
                    }
                }
            }
        }
        return table.build();
    }

    private static int state(int row, int column, int passenger, int destination) {
        return ((row * SIZE + column) * 5 + passenger) * 4 + destination;
    }

    private static void drive(MdpTable.Builder table, int row, int column, int passenger, int destination) {
        boolean eastOpen = EAST[row].charAt(column) == ':';
        boolean westOpen = column > 0 && EAST[row].charAt(column - 1) == ':';
        row(table, state(Math.min(row + 1, SIZE - 1), column, passenger, destination), -1, false);
        row(table, state(Math.max(row - 1, 0), column, passenger, destination), -1, false);
        row(table, state(row, eastOpen ? column + 1 : column, passenger, destination), -1, false);
        row(table, state(row, westOpen ? column - 1 : column, passenger, destination), -1, false);
    }

    private static void pickUp(MdpTable.Builder table, int row, int column, int passenger, int destination) {
        boolean here = passenger != IN_TAXI && stand(row, column) == passenger;
        row(table, state(row, column, here ? IN_TAXI : passenger, destination), here ? -1 : -10, false);
    }

    private static void dropOff(MdpTable.Builder table, int row, int column, int passenger, int destination) {
        int stand = stand(row, column);
        boolean delivered = passenger == IN_TAXI && stand == destination;
        boolean leaves = passenger == IN_TAXI && stand >= 0;
        row(table, state(row, column, leaves ? stand : passenger, destination), delivered ? 20 : leaves ? -1 : -10, delivered);
    }

    private static void row(MdpTable.Builder table, int next, double reward, boolean terminated) {
        table.outcome(1, next, reward, terminated).endRow();
    }

    /** Returns the stand at a cell, or -1. */
    private static int stand(int row, int column) {
        for (int stand = 0; stand < 4; stand++) {
            if (STAND_ROW[stand] == row && STAND_COLUMN[stand] == column) return stand;
        }
        return -1;
    }
}
