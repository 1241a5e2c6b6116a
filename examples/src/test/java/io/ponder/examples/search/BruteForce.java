package io.ponder.examples.search;

import io.ponder.engine.game.Game;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Returns of best play by looking at everything that can follow, in doubles and as plainly as can be. */
final class BruteForce {
    private final Game game;
    private final int against;
    private final Map<List<Integer>, double[]> known = new HashMap<>();

    private BruteForce(Game game, int against) {
        this.game = game;
        this.against = against;
    }

    /** Everyone for himself. */
    static BruteForce selfish(Game game) {
        return new BruteForce(game, -1);
    }

    /** All others against one player. */
    static BruteForce paranoid(Game game, int player) {
        return new BruteForce(game, player);
    }

    /** Returns what follows for every player. */
    double[] values(int[] position) {
        List<Integer> key = new ArrayList<>();
        for (int i = 0; i < game.identitySize(); i++) key.add(position[i]);
        double[] found = known.get(key);
        if (found == null) {
            found = search(position);
            known.put(key, found);
        }
        return found;
    }

    private double[] search(int[] position) {
        double[] values = new double[game.players()];
        int mover = game.playerToMove(position);
        if (mover == Game.TERMINAL) return values;
        if (mover == Game.CHANCE) {
            for (int o = 0; o < game.chanceCount(); o++) {
                double probability = game.chanceProbability(position, o);
                if (probability == 0) continue;
                double[] next = after(position, o);
                for (int p = 0; p < values.length; p++) values[p] += probability * next[p];
            }
            return values;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < game.actionCount(); a++) {
            if (!game.legal(position, a)) continue;
            double[] next = after(position, a);
            double wanted = against < 0 || mover == against ? next[against < 0 ? mover : against] : -next[against];
            if (wanted > best) {
                best = wanted;
                values = next;
            }
        }
        return values;
    }

    /** Returns what a move brings, and what follows. */
    double[] after(int[] position, int move) {
        int[] next = position.clone();
        game.play(next, move);
        double[] values = Arrays.copyOf(values(next), game.players());
        for (int p = 0; p < values.length; p++) values[p] += game.reward(next, p);
        return values;
    }
}
