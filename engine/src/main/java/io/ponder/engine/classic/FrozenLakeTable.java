package io.ponder.engine.classic;

import io.ponder.engine.tabular.MdpTable;
import java.util.List;

/**
 * Makes the tables of Gymnasium's FrozenLake from a map: S start, F ice, H hole, G goal. Actions are left, down, right, up; on slippery
 * ice each perpendicular move is as likely as the intended one.
 */
public final class FrozenLakeTable {
    /** The map of FrozenLake-v1. */
    public static final List<String> MAP_4X4 = List.of("SFFF", "FHFH", "FFFH", "HFFG");

    /** The map of FrozenLake8x8-v1. */
    public static final List<String> MAP_8X8 = List.of(
            "SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG");

    private static final double INTENDED = 1.0 / 3.0;

    private FrozenLakeTable() {}

    /**
     * Returns the table of a map; state = row * width + column.
     *
     * @throws IllegalArgumentException if the rows differ in length, hold another letter, or there is no start
     */
    public static MdpTable of(List<String> map, boolean slippery) {
        int width = requireMap(map);
        MdpTable.Builder table = new MdpTable.Builder(map.size() * width, 4);
        markStarts(table, map, width);
        for (int state = 0; state < map.size() * width; state++) {
            for (int action = 0; action < 4; action++) {
                if (isEnd(map, width, state)) {
                    table.outcome(1, state, 0, true);
                } else if (slippery) {
                    slide(table, map, width, state, (action + 3) % 4, (1 - INTENDED) / 2);
                    slide(table, map, width, state, action, INTENDED);
                    slide(table, map, width, state, (action + 1) % 4, (1 - INTENDED) / 2);
                } else {
                    slide(table, map, width, state, action, 1);
                }
                table.endRow();
            }
        }
        return table.build();
    }

    private static void slide(MdpTable.Builder table, List<String> map, int width, int state, int direction, double probability) {
        int row = state / width;
        int column = state % width;
        if (direction == 0) column = Math.max(column - 1, 0);
        else if (direction == 1) row = Math.min(row + 1, map.size() - 1);
        else if (direction == 2) column = Math.min(column + 1, width - 1);
        else row = Math.max(row - 1, 0);
        int next = row * width + column;
        table.outcome(probability, next, letter(map, width, next) == 'G' ? 1 : 0, isEnd(map, width, next));
    }

    private static void markStarts(MdpTable.Builder table, List<String> map, int width) {
        int starts = 0;
        for (int state = 0; state < map.size() * width; state++) if (letter(map, width, state) == 'S') starts++;
        if (starts == 0) throw new IllegalArgumentException("map has no start.\nMaybe mark a cell with S.");
        for (int state = 0; state < map.size() * width; state++) {
            if (letter(map, width, state) == 'S') table.start(state, 1.0 / starts);
        }
    }

    private static boolean isEnd(List<String> map, int width, int state) {
        char letter = letter(map, width, state);
        return letter == 'G' || letter == 'H';
    }

    private static char letter(List<String> map, int width, int state) {
        return map.get(state / width).charAt(state % width);
    }

    private static int requireMap(List<String> map) {
        if (map.isEmpty() || map.get(0).isEmpty()) throw new IllegalArgumentException("map is empty, but it needs at least one cell.");
        int width = map.get(0).length();
        for (String row : map) {
            if (row.length() != width || !row.matches("[SFHG]+")) {
                throw new IllegalArgumentException(
                        "map has the row '" + row + "', but every row must hold " + width + " letters out of S, F, H and G.");
            }
        }
        return width;
    }
}
