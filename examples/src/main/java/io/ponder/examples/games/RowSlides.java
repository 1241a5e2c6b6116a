package io.ponder.examples.games;

import org.jspecify.annotations.Nullable;

/**
 * Holds what becomes of every row of tiles that slides to its beginning (the lowest bits). An entry: the new row in five bits a
 * cell, then the logarithms of the tiles that two mergers made (0 for none), then whether sliding to the beginning and to the end
 * changes the row. Thread-safe.
 */
final class RowSlides {
    /** The lowest bit of each of up to four cells. */
    static final int LOWEST = 0b00001_00001_00001_00001;

    static final int LEFT_MOVES = 30;
    static final int RIGHT_MOVES = 31;

    private static final int BITS = 5;
    private static final int TILE = (1 << BITS) - 1;
    private static final int FIRST_GAIN = 20;
    private static final int SECOND_GAIN = 25;

    private static final int[] @Nullable [] TABLES = new int[5][];

    private RowSlides() {}

    /** Returns the table for rows of {@code side} cells. Not to be modified. */
    static synchronized int[] of(int side) {
        int[] table = TABLES[side];
        if (table == null) {
            table = make(side);
            TABLES[side] = table;
        }
        return table;
    }

    /** Returns the sum of the tiles made by mergers. */
    static int gain(int entry) {
        // A merger makes a 4 at least: a logarithm of 0 means none.
        return (1 << (entry >>> FIRST_GAIN & TILE) & ~1) + (1 << (entry >>> SECOND_GAIN & TILE) & ~1);
    }

    private static int[] make(int side) {
        int[] table = new int[1 << BITS * side];
        for (int row = 0; row < table.length; row++) {
            int slid = slide(row, side);
            int reversed = reverse(row, side);
            boolean left = (slid & table.length - 1) != row;
            boolean right = (slide(reversed, side) & table.length - 1) != reversed;
            table[row] = slid | (left ? 1 << LEFT_MOVES : 0) | (right ? 1 << RIGHT_MOVES : 0);
        }
        return table;
    }

    private static int slide(int row, int side) {
        int out = 0;
        int gains = 0;
        int filled = 0;
        int mergers = 0;
        int held = 0;
        for (int i = 0; i < side; i++) {
            int tile = row >>> i * BITS & TILE;
            if (tile == 0) continue;
            if (tile == held && tile < TILE) {
                out |= tile + 1 << filled++ * BITS;
                gains |= tile + 1 << (mergers++ == 0 ? FIRST_GAIN : SECOND_GAIN);
                held = 0;
            } else {
                if (held != 0) out |= held << filled++ * BITS;
                held = tile;
            }
        }
        if (held != 0) out |= held << filled * BITS;
        return out | gains;
    }

    private static int reverse(int row, int side) {
        int reversed = 0;
        for (int i = 0; i < side; i++) reversed = reversed << BITS | row >>> i * BITS & TILE;
        return reversed;
    }
}
