package io.ponder.worldmodels.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.EnsembleView;
import io.ponder.engine.model.Prediction;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Closed forms and laws of the six estimators. */
final class EnsembleUncertaintyTest {
    private static final float TOLERANCE = 1e-4f;

    /** Means and variances {@code [E][D]} that hold for every column; entry 2 is a reward, which must not count. */
    private record Fixed(double[][] means, double[][] variances) implements EnsembleView {
        @Override
        public int members() {
            return means.length;
        }

        @Override
        public int targetSize() {
            return 3;
        }

        @Override
        public void predict(int[] member, float[] observations, float[] actions, int columns, Prediction out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void predictAll(float[] observations, float[] actions, int columns, Prediction out) {
            for (int e = 0; e < members(); e++) {
                for (int d = 0; d < 3; d++) {
                    for (int k = 0; k < columns; k++) {
                        out.mean()[(e * 3 + d) * columns + k] = d == 2 ? 99 * e : (float) means[e][d];
                        out.logVariance()[(e * 3 + d) * columns + k] = (float) Math.log(d == 2 ? 7 : variances[e][d]);
                    }
                }
            }
        }
    }

    private static final Fixed TWO = new Fixed(new double[][] {{1, 0}, {3, 4}}, new double[][] {{1, 0.25}, {3, 0.75}});

    private static float score(UncertaintyEstimator estimator, EnsembleView ensemble, float[] next, int member, float... scale) {
        var forecast = new Forecast(ensemble, 2);
        if (scale.length > 0) System.arraycopy(scale, 0, forecast.scale(), 0, 2);
        forecast.predict(ensemble, new float[4], new float[2], 2);
        for (int d = 0; d < 2; d++) forecast.next()[2 * d + 1] = next[d];
        forecast.member()[1] = member;
        var out = new float[2];
        estimator.score(forecast, out);
        return out[1];
    }

    @Test
    void momentsOfTheMixture() {
        // Variances of the mixture: (1 + 3) / 2 + 1 = 3 and (0.25 + 0.75) / 2 + 4 = 4.5.
        assertThat(score(EnsembleUncertainty.ENSEMBLE_DEVIATION, TWO, new float[2], 0)).isCloseTo((float) Math.sqrt(7.5), within(TOLERANCE));
        assertThat(score(EnsembleUncertainty.ENSEMBLE_VARIANCE, TWO, new float[2], 0))
                .isCloseTo((float) Math.hypot(3, 4.5), within(TOLERANCE));
    }

    @Test
    void largestDistancesAndVariances() {
        assertThat(score(EnsembleUncertainty.MAX_PAIRWISE, TWO, new float[2], 0)).isCloseTo((float) Math.sqrt(20), within(TOLERANCE));
        assertThat(score(EnsembleUncertainty.MAX_ALEATORIC, TWO, new float[2], 0)).isCloseTo((float) Math.hypot(3, 0.75), within(TOLERANCE));
    }

    @Test
    void densitiesOfWhatWasDrawn() {
        double first = -0.5 * (0 + 4 * 4 / 0.25 + Math.log(4 * Math.PI * Math.PI * 1 * 0.25));
        double second = -0.5 * (4 / 3.0 + 0 + Math.log(4 * Math.PI * Math.PI * 3 * 0.75));
        double wanted = (first - second) * (first - second) / 4;
        assertThat(score(EnsembleUncertainty.LIKELIHOOD_VARIANCE, TWO, new float[] {1, 4}, 0))
                .isCloseTo((float) wanted, within(1e-3f * (float) wanted));
    }

    @Test
    void divergenceFromTheOthers() {
        // Only the other member is left: KL(N(1, 1) || N(3, 3)) + KL(N(0, 0.25) || N(4, 0.75)).
        double first = 0.5 * (1 / 3.0 + 4 / 3.0 - 1 + Math.log(3));
        double second = 0.5 * (1 / 3.0 + 16 / 0.75 - 1 + Math.log(3));
        assertThat(score(EnsembleUncertainty.LEAVE_ONE_OUT_KL, TWO, new float[2], 0))
                .isCloseTo((float) (first + second), within(1e-3f));
        assertThat(score(EnsembleUncertainty.LEAVE_ONE_OUT_KL, TWO, new float[2], 1)).isNotCloseTo((float) (first + second), within(1f));
    }

    @Test
    void membersThatAgreeDisagreeInNothing() {
        var agreed = new Fixed(new double[][] {{1, 2}, {1, 2}, {1, 2}}, new double[][] {{4, 9}, {4, 9}, {4, 9}});
        assertThat(score(EnsembleUncertainty.MAX_PAIRWISE, agreed, new float[2], 0)).isZero();
        assertThat(score(EnsembleUncertainty.LIKELIHOOD_VARIANCE, agreed, new float[] {5, 5}, 0)).isZero();
        assertThat(score(EnsembleUncertainty.LEAVE_ONE_OUT_KL, agreed, new float[2], 2)).isCloseTo(0, within(TOLERANCE));
        assertThat(score(EnsembleUncertainty.ENSEMBLE_DEVIATION, agreed, new float[2], 0)).isCloseTo((float) Math.sqrt(13), within(TOLERANCE));
    }

    @Test
    void scalesDivideEntries() {
        var random = new Random(1);
        double[][] means = new double[4][2];
        double[][] variances = new double[4][2];
        double[][] scaledMeans = new double[4][2];
        double[][] scaledVariances = new double[4][2];
        float[] scale = {0.5f, 4};
        for (int e = 0; e < 4; e++) {
            for (int d = 0; d < 2; d++) {
                means[e][d] = random.nextGaussian();
                variances[e][d] = random.nextDouble() + 0.1;
                scaledMeans[e][d] = means[e][d] / scale[d];
                scaledVariances[e][d] = variances[e][d] / (scale[d] * scale[d]);
            }
        }
        for (EnsembleUncertainty estimator : EnsembleUncertainty.values()) {
            float wanted = score(estimator, new Fixed(scaledMeans, scaledVariances), new float[] {0.6f / 0.5f, 0.8f / 4}, 2);
            float found = score(estimator, new Fixed(means, variances), new float[] {0.6f, 0.8f}, 2, scale);
            assertThat(found).as(estimator.name()).isCloseTo(wanted, within(1e-3f * (1 + wanted)));
        }
    }

    @Test
    void meanOneOverTheData() {
        var data = new TransitionStore(2, 1);
        for (int i = 0; i < 5; i++) data.add(new float[] {i, 0}, new float[1], 0, new float[] {i, 1}, false, true);
        float[] scale = {1, 1};
        for (EnsembleUncertainty estimator : EnsembleUncertainty.values()) {
            var scaled = ScaledUncertainty.meanOne(estimator, TWO, data, scale);
            if (estimator == EnsembleUncertainty.LIKELIHOOD_VARIANCE || estimator == EnsembleUncertainty.LEAVE_ONE_OUT_KL) continue;
            assertThat(score(scaled, TWO, new float[2], 0)).as(estimator.name()).isCloseTo(1, within(TOLERANCE));
        }
    }
}
