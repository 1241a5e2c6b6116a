package io.ponder.planners.opponent;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Game;
import java.util.Arrays;

/**
 * Imagines the opponent's best answer by the rules of a game of two who decide at once: he looks some steps ahead, over all his
 * actions, while we take the softmax of what an action earns at once against the lower level. Equally good answers get equal
 * shares.
 *
 * <p>A look costs {@code (A x B)^steps} moves, and as many predictions of the lower level, so it is for few actions. Rewards
 * are those of the game, undiscounted; what comes after the last step counts as 0. Where the position is not one where both
 * decide, what follows counts as 0 as well. Allocates nothing after the constructor.
 *
 * <p>Source: X. Yu, J. Jiang, W. Zhang, H. Jiang, Z. Lu, "Model-based opponent modeling", 2022, section 4.1. There he chooses a
 * sequence, here he may choose by what happened; over one step they are the same.
 */
public final class SequenceImagination implements Imagination {
    private final Game game;
    private final int opponent;
    private final int steps;
    private final double temperature;
    // Scratch of each step.
    private final int[][] after;
    private final double[][] expected;
    private final double[][] own;
    private final double[][] worth;

    /**
     * Creates an imagination.
     *
     * @param opponent    whose answer it is, 0 or 1
     * @param steps       how far he looks, at least 1
     * @param temperature of our softmax, greater than 0, in units of the rewards
     */
    public SequenceImagination(Game game, int opponent, int steps, double temperature) {
        this.game = game;
        Checks.same("players of the game", game.players(), "two players", 2);
        this.opponent = Checks.inRange("opponent", opponent, 0, 1);
        this.steps = Checks.positive("steps", steps);
        this.temperature = Checks.positive("temperature", temperature);
        after = new int[steps][game.positionSize()];
        expected = new double[steps][game.ownActionCount(opponent)];
        own = new double[steps][game.ownActionCount(1 - opponent)];
        worth = new double[steps][game.ownActionCount(opponent)];
    }

    @Override
    public void answer(int[] position, Level lower, double[] out) {
        look(position, lower, 0);
        double most = Double.NEGATIVE_INFINITY;
        for (double w : worth[0]) most = Math.max(most, w);
        int equal = 0;
        for (double w : worth[0]) if (w == most) equal++;
        for (int b = 0; b < worth[0].length; b++) out[b] = worth[0][b] == most ? 1.0 / equal : 0;
    }

    /** Fills {@code worth} of a step and returns its largest entry. */
    private double look(int[] position, Level lower, int step) {
        if (game.playerToMove(position) != Game.SIMULTANEOUS) {
            Arrays.fill(worth[step], 0);
            return 0;
        }
        respond(position, lower, step);
        double most = Double.NEGATIVE_INFINITY;
        for (int b = 0; b < worth[step].length; b++) {
            double sum = 0;
            for (int a = 0; a < own[step].length; a++) {
                double earned = play(position, a, b, step, opponent);
                if (step + 1 < steps) earned += look(after[step], lower, step + 1);
                sum += own[step][a] * earned;
            }
            worth[step][b] = sum;
            most = Math.max(most, sum);
        }
        return most;
    }

    /** Writes our softmax answer to the lower level. */
    private void respond(int[] position, Level lower, int step) {
        lower.predict(position, expected[step]);
        double most = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < own[step].length; a++) {
            double sum = 0;
            for (int b = 0; b < expected[step].length; b++) sum += expected[step][b] * play(position, a, b, step, 1 - opponent);
            own[step][a] = sum;
            most = Math.max(most, sum);
        }
        double all = 0;
        for (int a = 0; a < own[step].length; a++) {
            own[step][a] = Math.exp((own[step][a] - most) / temperature);
            all += own[step][a];
        }
        for (int a = 0; a < own[step].length; a++) own[step][a] /= all;
    }

    /** Plays our action a and his action b, and returns what it pays a player. */
    private float play(int[] position, int a, int b, int step, int player) {
        System.arraycopy(position, 0, after[step], 0, after[step].length);
        int joint = opponent == 1 ? a * game.ownActionCount(1) + b : b * game.ownActionCount(1) + a;
        game.play(after[step], joint);
        return game.reward(after[step], player);
    }
}
