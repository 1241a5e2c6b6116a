package io.ponder.examples.arena;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Game;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds what perfect play is worth, by alpha-beta over everything that can follow, with a memory of the positions that were seen. For
 * small games and for the ends of large ones, and as a judge of other searches. Two players, zero sum, no chance, no simultaneous moves.
 *
 * <p>Source: D. Knuth and R. Moore, "An analysis of alpha-beta pruning", 1975. Not thread-safe; the memory is kept from call to call.
 */
public final class ExactSolver {
    /** What is known of the value of a position for the player to move. */
    private record Bounds(double low, double high) {}

    /** A position by what decides its future. */
    private static final class Key {
        private final int[] entries;
        private final int hash;

        Key(int[] position, int size) {
            entries = Arrays.copyOf(position, size);
            hash = Arrays.hashCode(entries);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(entries, key.entries);
        }
    }

    private static final Bounds UNKNOWN = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    private final Game game;
    private final int mostPositions;
    private final Map<Key, Bounds> known = new HashMap<>();

    /**
     * Creates a solver.
     *
     * @param mostPositions positions that may be remembered; a search that needs more is given up
     */
    public ExactSolver(Game game, int mostPositions) {
        if (game.players() != 2 || !game.zeroSum() || game.simultaneous() || game.chanceCount() > 0) {
            throw new IllegalArgumentException(
                    "game is " + game.name() + ", but a solver needs two players who take turns for a sum of 0.\nMaybe search it instead.");
        }
        this.game = game;
        this.mostPositions = Checks.positive("mostPositions", mostPositions);
    }

    /**
     * Returns the sum of the rewards that the player to move will get where both play perfectly.
     *
     * @throws IllegalArgumentException if more positions would have to be remembered than the solver may
     */
    public double value(int[] position) {
        return value(position, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** Returns what an action is worth to the player who makes it. */
    public double value(int[] position, int action) {
        int player = game.playerToMove(position);
        int[] next = position.clone();
        game.play(next, action);
        double reward = game.reward(next, player);
        int mover = game.playerToMove(next);
        if (mover == Game.TERMINAL) return reward;
        return reward + (mover == player ? value(next) : -value(next));
    }

    /** Returns the number of positions that are remembered. */
    public int positions() {
        return known.size();
    }

    /** Returns the value, or a bound of it that lies outside of (alpha, beta). */
    private double value(int[] position, double alpha, double beta) {
        int player = game.playerToMove(position);
        if (player == Game.TERMINAL) return 0;
        var key = new Key(position, game.identitySize());
        Bounds bounds = known.getOrDefault(key, UNKNOWN);
        if (bounds.low >= beta || bounds.low == bounds.high) return bounds.low;
        if (bounds.high <= alpha) return bounds.high;
        double from = Math.max(alpha, bounds.low);
        double best = best(position, player, from, Math.min(beta, bounds.high));
        if (known.size() >= mostPositions && !known.containsKey(key)) {
            throw new IllegalArgumentException("game is " + game.name() + ", which is too large: " + mostPositions
                    + " positions were not enough to solve it.\nMaybe search it instead.");
        }
        known.put(key, new Bounds(best > from ? best : bounds.low, best < Math.min(beta, bounds.high) ? best : bounds.high));
        return best;
    }

    private double best(int[] position, int player, double alpha, double beta) {
        int[] actions = new int[game.actionCount()];
        int count = game.legalActions(position, actions);
        int[] next = new int[position.length];
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count && best < beta; i++) {
            System.arraycopy(position, 0, next, 0, position.length);
            game.play(next, actions[i]);
            double reward = game.reward(next, player);
            double from = Math.max(alpha, best) - reward;
            double rest = game.playerToMove(next) == player
                    ? value(next, from, beta - reward)
                    : -value(next, reward - beta, -from);
            best = Math.max(best, reward + rest);
        }
        return best;
    }
}
