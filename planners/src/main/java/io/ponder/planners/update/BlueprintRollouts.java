package io.ponder.planners.update;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.ImperfectInformationGame;
import io.ponder.engine.game.imperfect.GamePolicy;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/** Plays many games to their ends in step, all players by one policy, which is asked once a step for all games that go on. */
final class BlueprintRollouts {
    private final ImperfectInformationGame game;
    private final GamePolicy policy;
    final int[][] position;
    /** What column k has earned for the player it is played for. */
    final double[] returns;
    final long[] seed;
    private final int[] draws;
    private final int[][] asked;
    private final int[] column;
    private final float[] probabilities;

    BlueprintRollouts(ImperfectInformationGame game, GamePolicy policy, int capacity) {
        this.game = game;
        this.policy = policy;
        position = new int[capacity][game.positionSize()];
        returns = new double[capacity];
        seed = new long[capacity];
        draws = new int[capacity];
        asked = new int[capacity][];
        column = new int[capacity];
        probabilities = new float[Math.multiplyExact(game.actionCount(), capacity)];
    }

    /** Makes a move in every column and plays all to their ends; {@code returns} are those from that move on. */
    void play(int columns, int[] firstMove, int player) {
        Arrays.fill(returns, 0, columns, 0);
        Arrays.fill(draws, 0, columns, 0);
        for (int k = 0; k < columns; k++) {
            column[k] = k;
            move(k, firstMove[k], player);
        }
        int live = advance(columns, player);
        while (live > 0) {
            policy.probabilities(asked, live, probabilities);
            for (int i = 0; i < live; i++) {
                int k = column[i];
                float uniform = (float) Bits.uniform(Bits.random(seed[k], draws[k]++));
                move(k, CounterRandom.categorical(game.actionCount(), probabilities, i, live, uniform), player);
            }
            live = advance(live, player);
        }
    }

    private void move(int k, int made, int player) {
        game.play(position[k], made);
        returns[k] += game.reward(position[k], player);
    }

    /** Plays chance until a player must decide, and lists the columns where one must. */
    private int advance(int live, int player) {
        int going = 0;
        for (int i = 0; i < live; i++) {
            int k = column[i];
            int[] at = position[k];
            while (game.playerToMove(at) == Game.CHANCE) {
                move(k, game.randomOutcome(at, Bits.random(seed[k], draws[k]++)), player);
            }
            if (game.playerToMove(at) == Game.TERMINAL) continue;
            asked[going] = at;
            column[going++] = k;
        }
        return going;
    }
}
