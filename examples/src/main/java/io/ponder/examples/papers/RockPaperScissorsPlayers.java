package io.ponder.examples.papers;

import io.ponder.engine.tensor.GammaDraw;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.examples.games.MatrixGame;
import java.util.Arrays;

/** The four opponents of repeated rock, paper, scissors: each chooses from what both did so far, recent rounds counting more. */
enum RockPaperScissorsPlayers {
    /** Plays a mixed strategy drawn from a Dirichlet distribution of 0.7. */
    FIXED,
    /** Climbs the gradient of what it earns against our recent play: replicator steps of 3. */
    NAIVE,
    /** Answers our recent play by a softmax of temperature 0.1. */
    ANSWERING,
    /** Expects us to answer its own recent play, and answers that. */
    REASONING;

    private static final MatrixGame GAME = MatrixGame.rockPaperScissors();
    private static final double TEMPERATURE = 0.1;
    private static final double STEP = 3;
    private static final double DECAY = 0.9;

    /** Returns an opponent at the start of a match. */
    Player player(RandomStream random) {
        return new Player(this, random);
    }

    /** Returns what our action a earns us against his action b. */
    static double pays(int a, int b) {
        return GAME.payoff(a * 3 + b, 0);
    }

    /** Writes a softmax of what actions earn against a mixed strategy; the game is the same for both. */
    static void answer(double[] strategy, double temperature, double[] out) {
        double sum = 0;
        for (int a = 0; a < 3; a++) {
            double worth = 0;
            for (int b = 0; b < 3; b++) worth += strategy[b] * pays(a, b);
            out[a] = Math.exp(worth / temperature);
            sum += out[a];
        }
        for (int a = 0; a < 3; a++) out[a] /= sum;
    }

    /** One opponent in one match. Not thread-safe. */
    static final class Player {
        private final RockPaperScissorsPlayers kind;
        private final RandomStream random;
        private final double[] ours = new double[3];
        private final double[] his = new double[3];
        private final double[] strategy = new double[3];
        private final double[] expected = new double[3];

        private Player(RockPaperScissorsPlayers kind, RandomStream random) {
            this.kind = kind;
            this.random = random;
            Arrays.fill(ours, 1.0 / 3);
            Arrays.fill(his, 1.0 / 3);
            Arrays.fill(strategy, 1.0 / 3);
            if (kind == FIXED) {
                long key = random.nextLong();
                double sum = 0;
                for (int a = 0; a < 3; a++) {
                    strategy[a] = GammaDraw.draw(0.7, key, a);
                    sum += strategy[a];
                }
                for (int a = 0; a < 3; a++) strategy[a] /= sum;
            }
        }

        /** Returns what he does now. */
        int choose() {
            if (kind == ANSWERING) answer(ours, TEMPERATURE, strategy);
            if (kind == REASONING) {
                answer(his, TEMPERATURE, expected);
                answer(expected, TEMPERATURE, strategy);
            }
            return draw(strategy, random);
        }

        /** Learns what both did. */
        void learn(int our, int own) {
            for (int a = 0; a < 3; a++) {
                ours[a] = DECAY * ours[a] + (a == our ? 1 - DECAY : 0);
                his[a] = DECAY * his[a] + (a == own ? 1 - DECAY : 0);
            }
            if (kind != NAIVE) return;
            // A policy gradient step on logits: each grows by its probability times its advantage.
            double value = 0;
            for (int a = 0; a < 3; a++) for (int b = 0; b < 3; b++) value += strategy[a] * ours[b] * pays(a, b);
            double sum = 0;
            for (int a = 0; a < 3; a++) {
                double worth = 0;
                for (int b = 0; b < 3; b++) worth += ours[b] * pays(a, b);
                expected[a] = strategy[a] * Math.exp(STEP * strategy[a] * (worth - value));
                sum += expected[a];
            }
            for (int a = 0; a < 3; a++) strategy[a] = expected[a] / sum;
        }
    }

    /** Draws an action. */
    static int draw(double[] strategy, RandomStream random) {
        double left = random.nextDouble();
        int chosen = 0;
        for (int a = 0; a < strategy.length && left >= 0; a++) {
            if (strategy[a] == 0) continue;
            left -= strategy[a];
            chosen = a;
        }
        return chosen;
    }
}
