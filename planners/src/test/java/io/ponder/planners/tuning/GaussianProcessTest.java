package io.ponder.planners.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class GaussianProcessTest {
    private static double[][] points(int count, int size, long seed) {
        var random = new Random(seed);
        double[][] points = new double[count][size];
        for (double[] point : points) for (int d = 0; d < size; d++) point[d] = random.nextDouble();
        return points;
    }

    @Test
    void goesThroughValuesWithoutNoiseAndKnowsNothingFarAway() {
        double[][] points = {{0.1}, {0.4}, {0.5}, {0.9}};
        double[] values = {3, -1, 0, 5};
        var process = GaussianProcess.fit(points, values, false);
        for (int i = 0; i < 4; i++) {
            assertThat(process.mean(points[i])).isCloseTo(values[i], within(1e-3));
            assertThat(process.deviation(points[i])).isLessThan(0.02);
        }
        assertThat(process.mean(new double[] {1000})).isCloseTo(7 / 4.0, within(1e-9));
        assertThat(process.deviation(new double[] {1000})).isCloseTo(Math.sqrt((9 + 1 + 25) / 4.0 - 49 / 16.0), within(1e-6));
    }

    @Test
    void ofOnePointTheFormulasAreClosed() {
        // y standardises to 0; k(r) of Matern 5/2 at distance 0.35 and length 0.35 is (1 + s + s^2 / 3) exp(-s), s = sqrt 5.
        var process = GaussianProcess.fit(new double[][] {{0.5}}, new double[] {2}, false);
        double s = Math.sqrt(5) * 0.2 / process.lengths()[0];
        double k = (1 + s + s * s / 3) * Math.exp(-s);
        assertThat(process.mean(new double[] {0.7})).isEqualTo(2, within(1e-12));
        assertThat(process.deviation(new double[] {0.7})).isEqualTo(Math.sqrt(1 - k * k / (1 + 1e-6)), within(1e-9));
    }

    @Test
    void expectedImprovementIsTheIntegralOfTheImprovement() {
        var process = GaussianProcess.fit(points(6, 2, 1), new double[] {1, 2, 0, 4, 1, 3}, true);
        double[] at = {0.3, 0.8};
        double mean = process.mean(at);
        double deviation = process.deviation(at);
        double toBeat = mean + 0.5 * deviation;
        double integral = 0;
        int cells = 200000;
        for (int i = 0; i < cells; i++) {
            double z = -8 + 16 * (i + 0.5) / cells;
            double density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
            integral += Math.max(0, mean + deviation * z - toBeat) * density * 16 / cells;
        }
        assertThat(process.expectedImprovement(at, toBeat)).isCloseTo(integral, within(1e-5 * deviation));
    }

    @Test
    void likelihoodFindsThatOneEntryDoesNotMatterAndHowNoisyValuesAre() {
        double[][] points = points(40, 2, 2);
        var random = new Random(3);
        double[] values = new double[40];
        for (int i = 0; i < 40; i++) values[i] = Math.sin(9 * points[i][0]) + 0.3 * random.nextGaussian();
        var process = GaussianProcess.fit(points, values, true);

        assertThat(process.lengths()[1]).isGreaterThanOrEqualTo(2 * process.lengths()[0]);
        double squares = 0;
        for (int i = 1; i <= 9; i++) squares += Math.pow(process.mean(new double[] {0.1 * i, 0.5}) - Math.sin(0.9 * i), 2);
        assertThat(Math.sqrt(squares / 9)).isLessThan(0.3);
    }

    @Test
    void normalDistributionFunction() {
        assertThat(GaussianProcess.distribution(0)).isCloseTo(0.5, within(1e-7));
        assertThat(GaussianProcess.distribution(1.959964)).isCloseTo(0.975, within(1e-6));
        assertThat(GaussianProcess.distribution(-1)).isCloseTo(0.158655, within(1e-6));
    }
}
