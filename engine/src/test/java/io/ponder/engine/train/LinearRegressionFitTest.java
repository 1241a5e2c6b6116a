package io.ponder.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.data.RunningStatistics;
import io.ponder.engine.data.TransitionBatch;
import io.ponder.engine.data.TransitionStore;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Fits x' = a x + b u by gradient descent, where least squares is known, through the whole loop. */
class LinearRegressionFitTest {
    private static final double A = 0.9;
    private static final double B = -0.4;
    private static final double NOISE = 0.1;

    private static final class LinearLearner implements EnsembleLearner {
        final double[][] weights;
        final double[][] best;
        final TransitionBatch batch = new TransitionBatch(1, 1, 64);
        final RunningStatistics inputs = new RunningStatistics(2);
        int batches;

        LinearLearner(int members) {
            weights = new double[members][2];
            best = new double[members][2];
        }

        @Override
        public int members() {
            return weights.length;
        }

        @Override
        public void prepare(TransitionStore data, int[] rows, int count) {
            inputs.clear();
            for (int i = 0; i < count; i++) {
                batch.gather(data, rows, i, 1);
                inputs.add(new float[] {batch.observations()[0], batch.actions()[0]});
            }
        }

        @Override
        public void trainBatch(TransitionStore data, int[][] rowsPerMember, int count) {
            double rate = 0.5 / (1 + 0.02 * batches++);
            for (int e = 0; e < weights.length; e++) {
                batch.gather(data, rowsPerMember[e], 0, count);
                double toA = 0;
                double toB = 0;
                for (int k = 0; k < count; k++) {
                    double residual = residual(e, k);
                    toA += residual * batch.observations()[k];
                    toB += residual * batch.actions()[k];
                }
                weights[e][0] -= rate * toA / count / (inputs.standardDeviation(0) * inputs.standardDeviation(0));
                weights[e][1] -= rate * toB / count / (inputs.standardDeviation(1) * inputs.standardDeviation(1));
            }
        }

        private double residual(int e, int k) {
            return weights[e][0] * batch.observations()[k] + weights[e][1] * batch.actions()[k] - batch.nextObservations()[k];
        }

        @Override
        public void evaluate(TransitionStore data, int[] rows, int count, double[] lossPerMember) {
            for (int e = 0; e < weights.length; e++) {
                double sum = 0;
                for (int i = 0; i < count; i++) {
                    batch.gather(data, rows, i, 1);
                    sum += Math.pow(residual(e, 0), 2);
                }
                lossPerMember[e] = sum / count;
            }
        }

        @Override
        public void keepBest(int member) {
            best[member] = weights[member].clone();
        }

        @Override
        public void restoreBest() {
            for (int e = 0; e < weights.length; e++) weights[e] = best[e].clone();
        }
    }

    private static TransitionStore data(int rows) {
        var random = new SplittableRandom(12);
        var store = new TransitionStore(1, 1);
        for (int i = 0; i < rows; i++) {
            float x = (float) (4 * random.nextDouble() - 2);
            float u = (float) (2 * random.nextDouble() - 1);
            float next = (float) (A * x + B * u + NOISE * (random.nextDouble() * 2 - 1) * Math.sqrt(3));
            store.add(new float[] {x}, new float[] {u}, 0, new float[] {next}, i % 50 == 49, false);
        }
        return store;
    }

    @Test
    void everyMemberComesCloseToLeastSquares() {
        var learner = new LinearLearner(3);

        FitReport report = new FitLoop(FitParameters.defaults(), 3).fit(learner, data(4000));

        assertThat(report.stop()).isEqualTo(FitReport.Stop.NO_IMPROVEMENT);
        for (int e = 0; e < 3; e++) {
            // The hold-out error cannot fall below the noise; 1 % of it and its own sampling error (800 rows) remain.
            assertThat(report.lossAfter()[e]).isCloseTo(NOISE * NOISE, within(0.1 * NOISE * NOISE));
            assertThat(learner.weights[e][0]).isCloseTo(A, within(0.02));
            assertThat(learner.weights[e][1]).isCloseTo(B, within(0.03));
        }
        assertThat(report.meanLossBefore()).isGreaterThan(100 * report.meanLossAfter());
        assertThat(learner.weights[0]).isNotEqualTo(learner.weights[1]);
    }
}
