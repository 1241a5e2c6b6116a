package io.ponder.worldmodels.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.data.TransitionStore;
import io.ponder.worldmodels.linear.LinearGaussianFit;
import io.ponder.worldmodels.linear.LinearGaussianModel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SampleWeightingTest {
    private static final double EXACT = 1e-6;

    /** Rows with observations 0, 1, 2, ..., action 0 and a next observation of each. */
    private static TransitionStore line(double... next) {
        var store = new TransitionStore(1, 1);
        for (int i = 0; i < next.length; i++) {
            store.add(new float[] {i}, new float[] {i % 2}, 0, new float[] {(float) next[i]}, false, true);
        }
        return store;
    }

    @Test
    void weightsHaveMeanOneOverTheRowsOfTheFitAndAreZeroElsewhere() {
        TransitionStore data = line(0, 0, 0, 0);
        float[] weights = SampleWeighting.byRow((batch, w) -> {
            for (int k = 0; k < batch.columns(); k++) w[k] = batch.observations()[k];
        }, data, new int[] {3, 1}, 2);

        assertThat(weights).containsExactly(0, 0.5f, 0, 1.5f);
        assertThatThrownBy(() -> SampleWeighting.ofAll((batch, w) -> Arrays.fill(w, 0), data)).hasMessageContaining("All 4 weights are 0");
    }

    @Test
    void effectiveSamplesAreTheNumberOfEqualOnes() {
        assertThat(SampleWeighting.effectiveSampleSize(new float[] {2, 2, 2, 9}, 3)).isEqualTo(3, within(EXACT));
        assertThat(SampleWeighting.effectiveSampleSize(new float[] {1, 0, 0}, 3)).isEqualTo(1, within(EXACT));
        assertThat(SampleWeighting.effectiveSampleSize(new float[] {3, 1}, 2)).isEqualTo(1.6, within(EXACT));
    }

    @Test
    void expertDistanceFallsByStandardDeviations() {
        TransitionStore data = line(0, 0, 0, 0, 0);
        TransitionStore expert = line(0);
        float[] weights = SampleWeighting.ofAll(new ExpertDistanceWeighting(data, expert, 0.5), data);

        // Observations 0 to 4 deviate by sqrt 2, actions 0, 1, 0, 1, 0 by sqrt 0.24.
        for (int i = 1; i < 5; i++) {
            double distance = Math.sqrt(i * i / 2.0 + (i % 2) / 0.24);
            assertThat(weights[i] / weights[0]).isEqualTo((float) Math.exp(-distance / 0.5), within(1e-5f));
        }
    }

    @Test
    void aFitWithWholeWeightsIsTheFitOfRepeatedRows() {
        var weighted = new TransitionStore(1, 1);
        var repeated = new TransitionStore(1, 1);
        for (int i = 0; i < 12; i++) {
            float[] x = {(float) Math.sin(i)};
            float[] u = {(float) Math.cos(3 * i)};
            float[] next = {0.3f * x[0] * x[0] + u[0] + 0.1f * i};
            weighted.add(x, u, 0, next, false, true);
            for (int copy = 0; copy < i % 3; copy++) repeated.add(x, u, 0, next, false, true);
        }
        LinearGaussianModel fit = LinearGaussianFit.fit(weighted, 0, (batch, w) -> {
            for (int k = 0; k < batch.columns(); k++) w[k] = batch.rows()[k] % 3;
        });
        LinearGaussianModel wanted = LinearGaussianFit.fit(repeated, 0);

        assertThat(fit.transition(0, 0)).isCloseTo(wanted.transition(0, 0), within(1e-4f));
        assertThat(fit.control(0, 0)).isCloseTo(wanted.control(0, 0), within(1e-4f));
        assertThat(fit.bias(0)).isCloseTo(wanted.bias(0), within(1e-4f));
        assertThat(fit.bias(0)).isNotCloseTo(LinearGaussianFit.fit(weighted, 0).bias(0), within(0.01f));
        assertThat(fit.covariance(0, 0)).isCloseTo(wanted.covariance(0, 0), within(1e-4));
    }
}
