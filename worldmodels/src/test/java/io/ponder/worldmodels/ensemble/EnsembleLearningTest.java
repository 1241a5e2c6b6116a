package io.ponder.worldmodels.ensemble;

import io.ponder.testing.Allocation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.Prediction;
import io.ponder.engine.train.FitLoop;
import io.ponder.engine.train.FitParameters;
import io.ponder.engine.train.FitReport;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EnsembleLearningTest {
    private static final EnsembleParameters NETWORKS = EnsembleParameters.small().withSize(2, 32).withLearningRate(3e-3);

    /** One entry x in [-1, 1]; next = x + sin 3x + u / 2 plus noise whose deviation grows from 0.02 to 0.4 with x. */
    private static TransitionStore noisy(int count, long seed) {
        var random = new Random(seed);
        var data = new TransitionStore(1, 1);
        for (int i = 0; i < count; i++) {
            double x = 2 * random.nextDouble() - 1;
            double u = 2 * random.nextDouble() - 1;
            double next = x + Math.sin(3 * x) + u / 2 + deviation(x) * random.nextGaussian();
            data.add(new float[] {(float) x}, new float[] {(float) u}, 0, new float[] {(float) next}, false, false);
        }
        return data;
    }

    private static double deviation(double x) {
        return 0.21 + 0.19 * x;
    }

    private static LearnedChain fitted(EnsembleParameters networks, TransitionStore data, int epochs) {
        LearnedChain chain = LearnedChain.of(1, 1).ensemble(networks).reward((o, a, n, k, out) -> {}).seed(5).build();
        new FitLoop(FitParameters.defaults().withBatchSize(64).withMaximumEpochs(epochs).withStopRule(0.001, 12), 3).fit(chain.learner(), data);
        return chain;
    }

    @Test
    void ensembleLearnsNoiseThatDependsOnTheState() {
        LearnedChain chain = fitted(NETWORKS, noisy(1500, 1), 60);
        TransitionStore heldOut = noisy(1000, 2);
        var prediction = new Prediction(5, 1, 1);
        var x = new float[1];
        var u = new float[1];
        var next = new float[1];
        double likelihood = 0;
        double squaredError = 0;
        var errors = new double[heldOut.size()];
        for (int row = 0; row < heldOut.size(); row++) {
            heldOut.readObservation(row, x);
            heldOut.readAction(row, u);
            heldOut.readNextObservation(row, next);
            chain.predictor().predictAll(x, u, 1, prediction);
            double density = 0;
            double mean = 0;
            for (int e = 0; e < 5; e++) {
                double variance = Math.exp(prediction.logVariance()[e]);
                double error = next[0] - prediction.mean()[e];
                density += Math.exp(-error * error / (2 * variance)) / Math.sqrt(2 * Math.PI * variance) / 5;
                mean += prediction.mean()[e] / 5;
            }
            likelihood -= Math.log(density) / heldOut.size();
            errors[row] = next[0] - mean;
            squaredError += errors[row] * errors[row] / heldOut.size();
        }
        // The control: the same means with the one constant variance that fits the held-out data best.
        double constant = 0.5 * Math.log(2 * Math.PI * squaredError) + 0.5;
        double truth = 0;
        for (int i = 0; i < 1000; i++) truth += 0.5 * Math.log(2 * Math.PI * Math.E * Math.pow(deviation((i + 0.5) / 500 - 1), 2)) / 1000;

        // The true entropy is about -0.29, the constant-variance control 0.05: the ensemble must close at least half of the gap.
        assertThat(likelihood).isLessThan(constant - 0.5 * (constant - truth));
        // The noise alone gives 0.237, the spread of the data about 0.8.
        assertThat(Math.sqrt(squaredError)).isLessThan(0.28);

        chain.predictor().predictAll(new float[] {-0.8f}, new float[] {0}, 1, prediction);
        double quiet = Math.exp(0.5 * prediction.logVariance()[0]);
        chain.predictor().predictAll(new float[] {0.8f}, new float[] {0}, 1, prediction);
        double loud = Math.exp(0.5 * prediction.logVariance()[0]);
        assertThat(quiet).isCloseTo(deviation(-0.8), within(0.06));
        assertThat(loud).isCloseTo(deviation(0.8), within(0.12));
    }

    @Test
    void membersDisagreeMoreOutsideTheData() {
        LearnedChain chain = fitted(NETWORKS, noisy(400, 4), 40);

        double inside = 0;
        double outside = 0;
        for (int i = 0; i < 21; i++) {
            inside += disagreement(chain, -1 + 0.1f * i) / 21;
            outside += disagreement(chain, (i % 2 == 0 ? 1 : -1) * (2.5f + 0.05f * i)) / 21;
        }

        assertThat(outside).isGreaterThan(5 * inside);
    }

    private static double disagreement(LearnedChain chain, float x) {
        var prediction = new Prediction(5, 1, 1);
        chain.predictor().predictAll(new float[] {x}, new float[] {0}, 1, prediction);
        double mean = 0;
        double square = 0;
        for (int e = 0; e < 5; e++) {
            mean += prediction.mean()[e] / 5;
            square += prediction.mean()[e] * prediction.mean()[e] / 5;
        }
        return Math.sqrt(Math.max(0, square - mean * mean));
    }

    @Test
    void deterministicNetworkLearnsTheMeanAndPredictsNoVariance() {
        LearnedChain chain = fitted(EnsembleParameters.deterministic(2, 32).withLearningRate(3e-3), noisy(1500, 1), 40);
        var prediction = new Prediction(1, 1, 1);
        double worst = 0;
        for (int i = 0; i <= 16; i++) {
            float x = -0.8f + 0.1f * i;
            chain.predictor().predictAll(new float[] {x}, new float[] {0.4f}, 1, prediction);
            worst = Math.max(worst, Math.abs(prediction.mean()[0] - (x + Math.sin(3 * x) + 0.2)));
            assertThat(prediction.logVariance()[0]).isEqualTo(Float.NEGATIVE_INFINITY);
        }
        assertThat(worst).isLessThan(0.15);
    }

    @Test
    void sameSeedFitsTheSameWeights() {
        TransitionStore data = noisy(200, 6);
        var first = new Prediction(5, 1, 1);
        var second = new Prediction(5, 1, 1);

        fitted(NETWORKS, data, 3).predictor().predictAll(new float[] {0.3f}, new float[] {0.1f}, 1, first);
        fitted(NETWORKS, data, 3).predictor().predictAll(new float[] {0.3f}, new float[] {0.1f}, 1, second);

        assertThat(second.mean()).isEqualTo(first.mean());
        assertThat(second.logVariance()).isEqualTo(first.logVariance());
    }

    @Test
    void bestWeightsComeBackMemberByMember() {
        LearnedChain chain = Toy.warmed(LearnedChain.of(3, 2).ensemble(NETWORKS).learnReward().build());
        TransitionStore data = Toy.transitions(300, 1);
        var rows = new int[64];
        for (int i = 0; i < 64; i++) rows[i] = i;
        var before = new double[5];
        var after = new double[5];
        chain.learner().evaluate(data, rows, 64, before);
        for (int e = 0; e < 5; e++) if (e != 2) chain.learner().keepBest(e);
        for (int i = 0; i < 5; i++) chain.learner().trainBatch(data, new int[][] {rows, rows, rows, rows, rows}, 64);
        chain.learner().keepBest(2);
        chain.learner().evaluate(data, rows, 64, after);

        chain.learner().restoreBest();

        var restored = new double[5];
        chain.learner().evaluate(data, rows, 64, restored);
        for (int e = 0; e < 5; e++) assertThat(restored[e]).isEqualTo(e == 2 ? after[e] : before[e]);
        assertThat(after[0]).isNotEqualTo(before[0]);
    }

    @Test
    void startingAfreshForgetsTheOldWeights() {
        // The loss before a second fit, relative to that after the first.
        assertThat(lossBeforeSecondFit(NETWORKS.withAfresh(true))).isGreaterThan(1.8);
        assertThat(lossBeforeSecondFit(NETWORKS)).isLessThan(1.1);
    }

    private static double lossBeforeSecondFit(EnsembleParameters networks) {
        TransitionStore data = noisy(200, 6);
        LearnedChain chain = LearnedChain.of(1, 1).ensemble(networks).reward((o, a, n, k, out) -> {}).seed(5).build();
        var loop = new FitLoop(FitParameters.defaults().withMaximumEpochs(30), 3);
        FitReport first = loop.fit(chain.learner(), data);
        FitReport second = loop.fit(chain.learner(), data);
        return second.lossBefore()[0] / first.lossAfter()[0];
    }

    @Test
    void batchesAllocateNothingOnceWarm() {
        LearnedChain chain = Toy.warmed(LearnedChain.of(3, 2).ensemble(NETWORKS).angles(1).learnReward().build());
        TransitionStore data = Toy.transitions(300, 1);
        var rows = new int[64];
        for (int i = 0; i < 64; i++) rows[i] = i;
        var perMember = new int[][] {rows, rows, rows, rows, rows};
        var loss = new double[5];

        long bytes = Allocation.onceWarm(() -> {
            chain.learner().trainBatch(data, perMember, 64);
            chain.learner().evaluate(data, rows, 64, loss);
        });

        assertThat(bytes).isZero();
    }

    @Test
    void forksOnlyPredict() {
        Predictor fork = new GaussianEnsemble(NETWORKS, 1, 1, 1, 0).fork();
        assertThatThrownBy(() -> fork.train(new Samples(1, 1, 1).resize(5, 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("train the original");
    }

    @Test
    void standardisationRoundTripsAndSurvivesConstants() {
        var standardisation = new Standardisation(2);
        float[] x = {1, 2, 3, 4, 7, 7, 7, 7};
        standardisation.fit(x, 4);
        var z = new float[8];
        var back = new float[8];

        standardisation.apply(x, 1, 4, z);
        standardisation.invert(z, 1, 4, back);

        assertThat(back).containsExactly(x, within(1e-6f));
        assertThat(z[0] + z[1] + z[2] + z[3]).isCloseTo(0, within(1e-6f));
        assertThat((z[0] * z[0] + z[1] * z[1] + z[2] * z[2] + z[3] * z[3]) / 4).isCloseTo(1, within(1e-6f));
        assertThat(z[4]).isZero();
        assertThat(standardisation.scale(1)).isEqualTo(1);
    }
}
