package io.ponder.examples.games;

import io.ponder.engine.game.Game;

/** Counts the ways to play, for comparison with published totals. */
final class Perft {
    private Perft() {}

    /** Returns the number of sequences of exactly {@code depth} moves. */
    static long sequences(Game game, int[] position, int depth) {
        if (depth == 0) return 1;
        int[] actions = new int[game.actionCount()];
        int[] next = new int[game.positionSize()];
        int count = game.legalActions(position, actions);
        if (depth == 1) return count;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            System.arraycopy(position, 0, next, 0, next.length);
            game.play(next, actions[i]);
            sum += sequences(game, next, depth - 1);
        }
        return sum;
    }

    /** Returns the number of sequences of exactly {@code depth} moves from the start. */
    static long sequences(Game game, int depth) {
        return sequences(game, start(game), depth);
    }

    /** Returns the number of games that are over after exactly {@code depth} moves from the start. */
    static long finished(Game game, int depth) {
        return finished(game, start(game), depth);
    }

    private static long finished(Game game, int[] position, int depth) {
        if (game.playerToMove(position) == Game.TERMINAL) return depth == 0 ? 1 : 0;
        if (depth == 0) return 0;
        int[] actions = new int[game.actionCount()];
        int[] next = new int[game.positionSize()];
        int count = game.legalActions(position, actions);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            System.arraycopy(position, 0, next, 0, next.length);
            game.play(next, actions[i]);
            sum += finished(game, next, depth - 1);
        }
        return sum;
    }

    static int[] start(Game game) {
        int[] position = new int[game.positionSize()];
        game.start(position);
        return position;
    }
}
