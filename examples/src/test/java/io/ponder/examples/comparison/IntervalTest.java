package io.ponder.examples.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void twoValuesGiveTheExactBootstrapQuantiles() {
        // The mean of two resampled values is 0, 0.5 or 1 with probabilities 1/4, 1/2, 1/4, so the 2.5 % quantile is 0.
        assertThat(Interval.of(0, 1)).isEqualTo(new Interval(2, 0.5, 0, 1));
    }

    @Test
    void ofBernoulliValuesIsTheBinomialInterval() {
        // 40 values, half of them 1: resampled sums are binomial(40, 1/2), whose 2.5 % and 97.5 % quantiles are 14 and 26.
        double[] values = new double[40];
        for (int i = 0; i < 20; i++) values[i] = 1;

        Interval interval = Interval.of(values);

        assertThat(interval.mean()).isEqualTo(0.5);
        assertThat(interval.low()).isEqualTo(14 / 40.0, within(1e-9));
        assertThat(interval.high()).isEqualTo(26 / 40.0, within(1e-9));
    }

    @Test
    void coversTheTrueMeanAboutNineteenTimesInTwenty() {
        var random = new SplittableRandom(7);
        int covered = 0;
        for (int trial = 0; trial < 200; trial++) {
            double[] values = new double[30];
            for (int i = 0; i < values.length; i++) values[i] = 3 + 2 * random.nextGaussian();
            Interval interval = Interval.of(values);
            if (interval.low() <= 3 && 3 <= interval.high()) covered++;
        }
        // The percentile interval of 30 values covers about 93.5 %; five standard errors of 200 trials are 0.09.
        assertThat(covered / 200.0).isBetween(0.85, 0.99);
    }

    @Test
    void shiftsAndScalesWithTheValues() {
        Interval plain = Interval.of(1, 2, 4, 8);
        Interval moved = Interval.of(-7, -4, 2, 14);

        assertThat(moved.low()).isEqualTo(3 * plain.low() - 10, within(1e-9));
        assertThat(moved.high()).isEqualTo(3 * plain.high() - 10, within(1e-9));
    }

    @Test
    void leavesOutWhatIsNotFinite() {
        assertThat(Interval.of(Double.NaN, 5, Double.POSITIVE_INFINITY)).isEqualTo(new Interval(1, 5, 5, 5));
        assertThat(Interval.of().mean()).isNaN();
        assertThat(Interval.of(Double.NaN).count()).isZero();
    }

    @Test
    void quantilesInterpolate() {
        double[] sorted = {1, 2, 4};

        assertThat(Interval.quantile(sorted, 0)).isEqualTo(1);
        assertThat(Interval.quantile(sorted, 0.75)).isEqualTo(3);
        assertThat(Interval.quantile(sorted, 1)).isEqualTo(4);
        assertThat(Interval.quantile(new double[0], 0.5)).isNaN();
    }
}
