package io.ponder.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunningStatisticsTest {
    /** Welford's recursion loses a few units in the last place of a double against two passes. */
    private static final double TOLERANCE = 1e-12;

    private static float[] samples(int size, int columns) {
        var random = new SplittableRandom(4);
        float[] samples = new float[size * columns];
        for (int d = 0; d < size; d++) {
            for (int k = 0; k < columns; k++) samples[d * columns + k] = (float) (1000 * d + Math.pow(10, -d) * random.nextDouble());
        }
        return samples;
    }

    private static void assertTwoPass(RunningStatistics statistics, float[] samples, int columns) {
        for (int d = 0; d < statistics.size(); d++) {
            double mean = 0;
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < columns; k++) {
                mean += samples[d * columns + k] / (double) columns;
                low = Math.min(low, samples[d * columns + k]);
                high = Math.max(high, samples[d * columns + k]);
            }
            double variance = 0;
            for (int k = 0; k < columns; k++) variance += Math.pow(samples[d * columns + k] - mean, 2) / columns;
            assertThat(statistics.mean(d)).isCloseTo(mean, within(TOLERANCE * Math.max(1, Math.abs(mean))));
            assertThat(statistics.standardDeviation(d)).isCloseTo(Math.sqrt(variance), within(1e-9 * Math.sqrt(variance)));
            assertThat(statistics.minimum(d)).isEqualTo(low);
            assertThat(statistics.maximum(d)).isEqualTo(high);
        }
    }

    @Test
    void onePassEqualsTwoPasses() {
        float[] samples = samples(4, 5000);
        var statistics = new RunningStatistics(4);

        statistics.addColumns(samples, 5000);

        assertThat(statistics.count()).isEqualTo(5000);
        assertTwoPass(statistics, samples, 5000);
    }

    @Test
    void samplesAndColumnsCountAlike() {
        float[] samples = samples(3, 40);
        var byColumns = new RunningStatistics(3);
        var bySample = new RunningStatistics(3);

        byColumns.addColumns(samples, 40);
        for (int k = 0; k < 40; k++) bySample.add(new float[] {samples[k], samples[40 + k], samples[80 + k]});

        for (int d = 0; d < 3; d++) {
            assertThat(bySample.mean(d)).isEqualTo(byColumns.mean(d));
            assertThat(bySample.standardDeviation(d)).isEqualTo(byColumns.standardDeviation(d));
        }
    }

    @Test
    void mergedPartsEqualTheWhole() {
        float[] samples = samples(1, 999);
        var whole = new RunningStatistics(1);
        var one = new RunningStatistics(1);
        var two = new RunningStatistics(1);
        whole.addColumns(samples, 999);
        one.addColumns(samples, 0, 100);
        two.addColumns(samples, 100, 899);

        one.merge(two);
        one.merge(new RunningStatistics(1));

        assertThat(one.count()).isEqualTo(999);
        assertTwoPass(one, samples, 999);
    }

    @Test
    void aConstantIsDividedByOne() {
        var statistics = new RunningStatistics(3);
        for (int i = 0; i < 1000; i++) statistics.add(new float[] {0.1f, 0, 1e6f + (i & 1)});

        assertThat(statistics.scale(0)).isEqualTo(1);
        assertThat(statistics.scale(1)).isEqualTo(1);
        assertThat(statistics.scale(2)).isEqualTo(1);
        assertThat(new RunningStatistics(1).scale(0)).isEqualTo(1);
    }

    @Test
    void smallSpreadAroundZeroIsSpread() {
        var statistics = new RunningStatistics(1);
        for (int i = 0; i < 10; i++) statistics.add(new float[] {1e-9f * i});

        assertThat(statistics.scale(0)).isEqualTo(statistics.standardDeviation(0)).isLessThan(1e-8);
    }

    @Test
    void importRestoresWhatWasExported() {
        var statistics = new RunningStatistics(2);
        statistics.addColumns(samples(2, 30), 30);
        var restored = RunningStatistics.of(
                30,
                new double[] {statistics.mean(0), statistics.mean(1)},
                new double[] {statistics.standardDeviation(0), statistics.standardDeviation(1)},
                new double[] {statistics.minimum(0), statistics.minimum(1)},
                new double[] {statistics.maximum(0), statistics.maximum(1)});

        for (int d = 0; d < 2; d++) {
            assertThat(restored.mean(d)).isEqualTo(statistics.mean(d));
            assertThat(restored.scale(d)).isCloseTo(statistics.scale(d), within(1e-15));
            assertThat(restored.maximum(d)).isEqualTo(statistics.maximum(d));
        }
        assertThatThrownBy(() -> RunningStatistics.of(1, new double[1], new double[] {-1}, new double[1], new double[1]))
                .hasMessageContaining("standardDeviation[0] is -1.0");
    }
}
