package io.ponder.examples.games;

import java.util.function.IntFunction;

/** Draws a board of cells with labels along its sides, in plain text. */
final class Grid {
    static final String RED = "\u001B[31;1m";
    static final String YELLOW = "\u001B[33;1m";
    static final String CYAN = "\u001B[36;1m";
    static final String FAINT = "\u001B[2m";
    private static final String RESET = "\u001B[0m";

    private Grid() {}

    /** Returns a text in a colour, or as it is if there is no colour. */
    static String paint(String text, String colour, boolean colours) {
        return colours ? colour + text + RESET : text;
    }

    /**
     * Draws a board.
     *
     * @param rowLabels    one a row, from the top; none for no labels
     * @param columnLabels one a column; none for no labels
     * @param width        characters a cell takes
     * @param cell         what a cell shows, all {@code width} characters of it (colours not counted)
     */
    static String draw(int rows, int columns, String[] rowLabels, String[] columnLabels, int width, IntFunction<String> cell) {
        int margin = 0;
        for (String label : rowLabels) margin = Math.max(margin, label.length());
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            if (rowLabels.length > 0) text.append(" ".repeat(margin - rowLabels[row].length())).append(rowLabels[row]).append(' ');
            for (int column = 0; column < columns; column++) {
                if (column > 0) text.append(' ');
                text.append(cell.apply(row * columns + column));
            }
            text.append('\n');
        }
        if (columnLabels.length == 0) return text.toString();
        text.append(" ".repeat(rowLabels.length > 0 ? margin + 1 : 0));
        for (int column = 0; column < columns; column++) {
            text.append(column > 0 ? " " : "").append(" ".repeat(width - columnLabels[column].length())).append(columnLabels[column]);
        }
        return text.append('\n').toString();
    }

    /** Returns 1 to {@code count}, or {@code count} to 1. */
    static String[] numbers(int count, boolean rising) {
        String[] labels = new String[count];
        for (int i = 0; i < count; i++) labels[i] = String.valueOf(rising ? i + 1 : count - i);
        return labels;
    }

    /** Returns the first letters of the alphabet. */
    static String[] letters(int count) {
        String[] labels = new String[count];
        for (int i = 0; i < count; i++) labels[i] = String.valueOf((char) ('a' + i));
        return labels;
    }
}
