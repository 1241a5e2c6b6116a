package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CandidateWeightsTest {
    private static final float INFINITE = Float.POSITIVE_INFINITY;
    private static final float[] COSTS = {3, 0, INFINITE, 1, 2, 4, 7, 5, 6, 8};

    private static float[] weights(Weighting weighting, float[] costs) {
        float[] out = new float[costs.length];
        int finite = 0;
        for (float cost : costs) if (cost != INFINITE) finite++;
        new CandidateWeights(weighting, costs.length).weigh(costs, null, 0, costs.length, finite, out);
        return out;
    }

    @Test
    void valueAtRiskFallsLinearlyToTheThreshold() {
        // Four candidates count: 0, 1, 2, 3 of a threshold of 4.
        float[] w = weights(Weighting.conditionalValueAtRisk(0.4), COSTS);
        assertThat(w).containsExactly(new float[] {0.1f, 0.4f, 0, 0.3f, 0.2f, 0, 0, 0, 0, 0}, within(1e-6f));
    }

    @Test
    void tsallisIsItsPower() {
        float[] w = weights(Weighting.tsallis(0.4, 3), COSTS);
        double sum = 1 + Math.sqrt(0.75) + Math.sqrt(0.5) + 0.5;
        assertThat((double) w[3]).isCloseTo(Math.sqrt(0.75) / sum, within(1e-6));
        assertThat((double) w[0]).isCloseTo(0.5 / sum, within(1e-6));
    }

    @Test
    void elitesWeighAlikeAndTheBestAlone() {
        assertThat(weights(Weighting.elite(0.2), COSTS)).containsExactly(0, 0.5f, 0, 0.5f, 0, 0, 0, 0, 0, 0);
        assertThat(weights(Weighting.best(), COSTS)).containsExactly(0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void softmaxReachesItsShare() {
        float[] out = new float[10];
        double effective = new CandidateWeights(Weighting.softmax(0.4), 10).weigh(COSTS, null, 0, 10, 9, out);
        assertThat(effective).isCloseTo(0.4 * 9, within(0.05));
    }

    private static Stream<Weighting> all() {
        return Stream.of(Weighting.softmax(0.3), Weighting.tsallis(0.4, 3), Weighting.elite(0.4), Weighting.best(),
                Weighting.conditionalValueAtRisk(0.4));
    }

    @ParameterizedTest
    @MethodSource("all")
    void unitsAndZeroOfTheCostDoNotMatter(Weighting weighting) {
        float[] other = COSTS.clone();
        for (int k = 0; k < other.length; k++) other[k] = 64 * other[k] - 1024;
        assertThat(weights(weighting, other)).containsExactly(weights(weighting, COSTS), within(1e-4f));
    }

    @ParameterizedTest
    @MethodSource("all")
    void infiniteCostsWeighNothingAndOneFiniteCostEverything(Weighting weighting) {
        assertThat(weights(weighting, COSTS)[2]).isZero();
        float[] one = new float[5];
        Arrays.fill(one, INFINITE);
        one[3] = 2;
        assertThat(weights(weighting, one)).containsExactly(0, 0, 0, 1, 0);
        assertThat(weights(weighting, new float[] {2, 2})).doesNotContain(Float.NaN);
    }

    @Test
    void aPriceIsInTemperaturesAndDoesNotChooseAmongEquals() {
        var costs = new float[100];
        var price = new float[100];
        for (int k = 0; k < 100; k++) {
            costs[k] = k % 2;
            price[k] = 0.002f * k;
        }
        var out = new float[100];
        double effective = new CandidateWeights(Weighting.softmax(0.1), 100).weigh(costs, price, 0, 100, 100, out);

        assertThat(effective).isBetween(49.0, 50.0);
        assertThat(out[98] / out[0]).isCloseTo((float) Math.exp(-0.196), within(1e-4f));
        assertThat(out[99]).isZero();
        new CandidateWeights(Weighting.elite(0.5), 100).weigh(costs, price, 0, 100, 100, out);
        assertThat(out[98] / out[0]).isCloseTo((float) Math.exp(-0.196), within(1e-4f));
    }

    @ParameterizedTest
    @MethodSource("all")
    void hugeCostsLeaveNumbers(Weighting weighting) {
        float[] costs = {-Float.MAX_VALUE, Float.MAX_VALUE, 0, 1e38f, INFINITE, -1e38f, 3e38f, 5, -5, 1};
        assertThat(weights(weighting, costs)).doesNotContain(Float.NaN);
        var price = new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        var out = new float[10];
        assertThat(new CandidateWeights(weighting, 10).weigh(costs, price, 0, 10, 9, out)).isBetween(1 - 1e-6, 10.0);
        assertThat(out).doesNotContain(Float.NaN);
    }

    @Test
    void impossibleSharesAreRefused() {
        assertThatThrownBy(() -> Weighting.softmax(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("share is 0");
        assertThatThrownBy(() -> Weighting.tsallis(0.1, 1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("exponent is 1");
    }
}
