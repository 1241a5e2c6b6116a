package io.ponder.examples.games;

/**
 * Is how people read and write a game: positions drawn in plain text, moves in the usual notation. Stateless and safe for several
 * threads; texts are allocated.
 */
public interface BoardText {
    /**
     * Draws a position, several lines of which each ends with a line break.
     *
     * @param colour whether to use ANSI colours, for a terminal
     */
    String draw(int[] position, boolean colour);

    /** Returns an action, or an outcome where chance moves, in the usual notation. */
    String move(int[] position, int move);

    /**
     * Reads a move in the usual notation, upper and lower case alike.
     *
     * @return the legal action that is meant
     * @throws IllegalArgumentException if the text names no legal action; the message says what would be understood
     */
    int parse(int[] position, String text);

    /** Returns what a player is called, such as the colour of the stones. */
    String player(int player);
}
