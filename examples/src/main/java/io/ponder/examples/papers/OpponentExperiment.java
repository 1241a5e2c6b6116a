package io.ponder.examples.papers;

import io.ponder.engine.tensor.RandomStream;
import io.ponder.examples.games.MatrixGame;
import io.ponder.examples.games.RepeatedMatrixGame;
import io.ponder.planners.opponent.Frequencies;
import io.ponder.planners.opponent.OpponentModel;
import io.ponder.planners.opponent.RecursiveMixture;
import io.ponder.planners.opponent.SequenceImagination;
import org.jspecify.annotations.Nullable;

/**
 * Opponent modelling: repeated rock, paper, scissors against four kinds of opponents. Our agent answers what its model
 * predicts; the models differ in how many levels of reasoning they mix, and how.
 */
final class OpponentExperiment {
    private static final int ROUNDS = 150;
    private static final double TEMPERATURE = 0.05;

    private OpponentExperiment() {}

    static Experiment experiment() {
        return Experiment.named("mbom", "Model-based opponent modelling")
                .paper("Yu et al.: Model-Based Opponent Modeling, 2022")
                .claim("A mixture of levels of reasoning, weighed by how well each predicts, earns from opponents of every"
                        + " kind; any single level, or a mixture that hardly weighs, does not.")
                .metric("mean payoff a round of rock, paper, scissors over four kinds of opponents", Direction.HIGHER)
                .method("mixture, base e").baseline("level 0").control("deepest level").control("uniform mixture")
                .reference("mixture, base 1.1").reference("equilibrium")
                .detail("mixture: fixed").detail("mixture: naive").detail("mixture: answering").detail("mixture: reasoning")
                .detail("level 0: reasoning")
                .atLeast(0.35).atLeastAbove(0.15, "level 0")
                .require("against the reasoning opponent the mixture earns at least 0.6",
                        outcome -> outcome.mean("mixture: reasoning") >= 0.6)
                .require("on no kind does the mixture lose more than 0.05", outcome -> outcome.mean("mixture: fixed") >= -0.05
                        && outcome.mean("mixture: naive") >= -0.05 && outcome.mean("mixture: answering") >= -0.05)
                .require("level 0 earns at most 0.2", outcome -> outcome.mean("level 0") <= 0.2)
                .require("base 1.1 earns at most 0.8 of base e",
                        outcome -> outcome.mean("mixture, base 1.1") <= 0.8 * outcome.mean("mixture, base e"))
                .remark("Base 1.1 is that of the public code, where it is nearly a uniform mixture.")
                .inTests(2)
                .trial((seed, scale, curves) -> trial(seed, scale == Scale.SMALL ? 20 : 60));
    }

    private static double[] trial(long seed, int matches) {
        var sizes = RecursiveMixture.Parameters.DEFAULT;
        double[] mixture = payoffs(() -> mixture(sizes), seed, matches);
        double[] level0 = payoffs(() -> mixture(sizes.withLevels(1)), seed, matches);
        double[] deepest = payoffs(() -> new OneLevel(mixture(sizes), sizes.levels() - 1), seed, matches);
        double[] uniform = payoffs(() -> mixture(sizes.withBase(1)), seed, matches);
        double[] nearlyUniform = payoffs(() -> mixture(sizes.withBase(1.1)), seed, matches);
        double[] equilibrium = payoffs(() -> null, seed, matches);
        return new double[] {mean(mixture), mean(level0), mean(deepest), mean(uniform), mean(nearlyUniform), mean(equilibrium),
            mixture[0], mixture[1], mixture[2], mixture[3], level0[3]};
    }

    private static RecursiveMixture mixture(RecursiveMixture.Parameters sizes) {
        var game = new RepeatedMatrixGame(MatrixGame.rockPaperScissors(), ROUNDS);
        return new RecursiveMixture(new Frequencies(3, 0.9), 3, () -> new SequenceImagination(game, 1, 1, TEMPERATURE), sizes);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) sum += value / values.length;
        return sum;
    }

    /** Makes a model of the opponent, or null to play the equilibrium. */
    @FunctionalInterface
    private interface Maker {
        @Nullable OpponentModel make();
    }

    /** Returns the mean payoff a round against each kind of opponent. */
    private static double[] payoffs(Maker maker, long seed, int matches) {
        double[] sums = new double[RockPaperScissorsPlayers.values().length];
        OpponentModel model = maker.make();
        RockPaperScissorsPlayers[] kinds = RockPaperScissorsPlayers.values();
        for (int k = 0; k < kinds.length; k++) {
            for (int m = 0; m < matches; m++) {
                if (model != null) model.reset();
                long stream = 2L * (k * (long) matches + m);
                var opponent = kinds[k].player(new RandomStream(seed, stream));
                sums[k] += match(model, opponent, new RandomStream(seed, stream + 1)) / matches;
            }
        }
        return sums;
    }

    private static double match(@Nullable OpponentModel model, RockPaperScissorsPlayers.Player opponent, RandomStream random) {
        double[] predicted = {1.0 / 3, 1.0 / 3, 1.0 / 3};
        double[] policy = new double[3];
        int[] position = {0, 0};
        double sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            position[0] = round;
            if (model != null) model.predict(position, predicted);
            RockPaperScissorsPlayers.answer(predicted, TEMPERATURE, policy);
            int ours = RockPaperScissorsPlayers.draw(policy, random);
            int his = opponent.choose();
            sum += RockPaperScissorsPlayers.pays(ours, his);
            opponent.learn(ours, his);
            if (model != null) model.observe(position, his);
            position[1] = 3 * ours + his + 1;
        }
        return sum / ROUNDS;
    }

    /** A single level of a mixture. */
    private record OneLevel(RecursiveMixture mixture, int level) implements OpponentModel {
        @Override
        public void predict(int[] position, double[] out) {
            mixture.predict(level, position, out);
        }

        @Override
        public void observe(int[] position, int action) {
            mixture.observe(position, action);
        }

        @Override
        public void reset() {
            mixture.reset();
        }
    }
}
