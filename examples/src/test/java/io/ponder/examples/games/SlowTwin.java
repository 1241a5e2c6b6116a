package io.ponder.examples.games;

import java.util.List;

/** The same rules as a game, written a second time from the rule book with arrays and lists, as slow as it may be. */
interface SlowTwin {
    /** Returns the player who decides, or -1 for chance, -2 for the end. */
    int playerToMove();

    /** Returns the legal actions, or the possible outcomes of chance, in ascending order. */
    List<Integer> moves();

    void play(int move);

    /** Returns what a player got for the last move. */
    double reward(int player);

    /** Returns what can be seen, in the form in which the test reads the fast game. */
    List<Integer> board();

    /** Returns a copy. */
    SlowTwin copy();

    /** Returns the number of sequences of exactly {@code depth} moves. */
    default long sequences(int depth) {
        if (depth == 0) return 1;
        if (playerToMove() == -2) return 0;
        long sum = 0;
        for (int move : moves()) {
            SlowTwin next = copy();
            next.play(move);
            sum += next.sequences(depth - 1);
        }
        return sum;
    }
}
