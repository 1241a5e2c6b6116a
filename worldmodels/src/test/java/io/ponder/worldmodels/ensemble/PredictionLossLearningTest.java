package io.ponder.worldmodels.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.train.EnsembleLearner;
import io.ponder.worldmodels.objective.PredictionLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Weights of samples and losses of predictions, through all stages of a chain. */
final class PredictionLossLearningTest {
    private static final EnsembleParameters NETWORKS = EnsembleParameters.small().withSize(1, 8).withMembers(2).withProbabilistic(false);
    private static final TransitionStore DATA = Toy.transitions(64, 3);

    private static Predictor chain(EnsembleParameters networks) {
        Predictor inside = new InputNormaliser(new GaussianEnsemble(networks, 4, 2, 3, 5));
        return new DeltaTarget(new TargetNormaliser(new InputFeatures(inside, 3, new int[] {1}, 0)));
    }

    private static int[] all(int count) {
        var rows = new int[count];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    private static List<Float> train(Predictor predictor, EnsembleLearner learner, int[] batch) {
        learner.prepare(DATA, all(DATA.size()), DATA.size());
        for (int step = 0; step < 5; step++) learner.trainBatch(DATA, new int[][] {batch, batch}, batch.length);
        List<Float> weights = new ArrayList<>();
        predictor.visitTensors((name, shape, data, offset) -> {
            int size = Arrays.stream(shape).reduce(1, (x, y) -> x * y);
            for (int i = 0; i < size; i++) weights.add(data[offset + i]);
        });
        return weights;
    }

    /** The networks' own loss, written in units of the environment: it needs the scale of the changes. */
    private static PredictionLoss squaredErrorOfStandardisedChanges() {
        double[] scale = new double[3];
        var x = new float[3];
        var y = new float[3];
        double[] mean = new double[3];
        for (int round = 0; round < 2; round++) {
            for (int row = 0; row < DATA.size(); row++) {
                DATA.readObservation(row, x);
                DATA.readNextObservation(row, y);
                for (int d = 0; d < 3; d++) {
                    double change = y[d] - x[d];
                    if (round == 0) mean[d] += change / DATA.size();
                    else scale[d] += (change - mean[d]) * (change - mean[d]) / DATA.size();
                }
            }
        }
        return (prediction, target, rows, columns, loss, cotangent) -> {
            Arrays.fill(loss, 0, columns, 0);
            for (int i = 0; i < rows * columns; i++) {
                float error = prediction[i] - target[i];
                loss[i % columns] += (float) (error * error / scale[i / columns] / rows);
                cotangent[i] = (float) (2 * error / scale[i / columns] / rows);
            }
        };
    }

    private static void assertClose(List<Float> weights, List<Float> wanted) {
        assertThat(weights).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) assertThat(weights.get(i)).isCloseTo(wanted.get(i), within(2e-4f));
    }

    @Test
    void theNetworksOwnLossAsALossOfPredictionsTrainsTheSameWeights() {
        Predictor plain = chain(NETWORKS);
        List<Float> wanted = train(plain, new PredictorLearner(plain), all(64));
        Predictor other = chain(NETWORKS);
        var learner = new PredictorLearner(other, null, squaredErrorOfStandardisedChanges(), 0);
        assertClose(train(other, learner, all(64)), wanted);

        double[] ownScore = new double[2];
        double[] score = new double[2];
        new PredictorLearner(plain).evaluate(DATA, all(64), 64, ownScore);
        learner.evaluate(DATA, all(64), 64, score);
        for (int e = 0; e < 2; e++) assertThat(score[e]).isCloseTo(ownScore[e], within(1e-3 * ownScore[e]));
    }

    @Test
    void sharesAddUp() {
        Predictor plain = chain(NETWORKS);
        List<Float> wanted = train(plain, new PredictorLearner(plain), all(64));
        Predictor other = chain(NETWORKS);
        PredictionLoss whole = squaredErrorOfStandardisedChanges();
        PredictionLoss part = (prediction, target, rows, columns, loss, cotangent) -> {
            whole.compute(prediction, target, rows, columns, loss, cotangent);
            for (int k = 0; k < columns; k++) loss[k] *= 0.7f;
            for (int i = 0; i < rows * columns; i++) cotangent[i] *= 0.7f;
        };
        assertClose(train(other, new PredictorLearner(other, null, part, 0.3), all(64)), wanted);
    }

    @Test
    void weightsOfNoughtAndTwoAreARowLeftOutAndARowTwice() {
        for (@Nullable PredictionLoss loss : new @Nullable PredictionLoss[] {null, squaredErrorOfStandardisedChanges()}) {
            Predictor weighted = chain(NETWORKS);
            var learner = new PredictorLearner(weighted, (batch, weights) -> {
                for (int k = 0; k < batch.columns(); k++) weights[k] = 2 * (batch.rows()[k] % 2);
            }, loss, loss == null ? 1 : 0);
            Predictor repeated = chain(NETWORKS);
            List<Float> wanted = train(repeated, new PredictorLearner(repeated, null, loss, loss == null ? 1 : 0), new int[] {1, 1, 5, 5});
            assertClose(train(weighted, learner, new int[] {0, 1, 4, 5}), wanted);
        }
    }

    @Test
    void aLossOfPredictionsWantsMeansAloneAndAKnownReward() {
        PredictionLoss loss = squaredErrorOfStandardisedChanges();
        Predictor probabilistic = chain(NETWORKS.withProbabilistic(true));
        var learner = new PredictorLearner(probabilistic, null, loss, 0);
        assertThatThrownBy(() -> train(probabilistic, learner, all(4))).hasMessageContaining("Maybe set EnsembleParameters");
        var withReward = new DeltaTarget(new GaussianEnsemble(NETWORKS, 3, 2, 4, 1));
        assertThatThrownBy(() -> new PredictorLearner(withReward, null, loss, 0)).hasMessageContaining("known reward");
    }
}
