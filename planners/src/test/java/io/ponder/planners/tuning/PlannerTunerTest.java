package io.ponder.planners.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlannerTunerTest {
    private static final List<TuningRange> RANGES =
            List.of(TuningRange.logarithmic("penalty", 0.01, 100), TuningRange.whole("horizon", 2, 40));

    /** Best at penalty 3 and horizon 17. */
    private static double value(double[] settings) {
        double penalty = Math.log10(settings[0] / 3);
        double horizon = (settings[1] - 17) / 10;
        return -penalty * penalty - horizon * horizon;
    }

    @Test
    void findsASharpOptimumOfMixedScales() {
        var tuner = new PlannerTuner(RANGES, false, 1);
        for (int run = 0; run < 25; run++) {
            double[] settings = tuner.ask();
            assertThat(settings[0]).isBetween(0.01, 100.0);
            assertThat(settings[1]).isBetween(2.0, 40.0).isEqualTo(Math.rint(settings[1]));
            tuner.tell(settings, value(settings));
        }
        assertThat(value(tuner.best())).isGreaterThan(-0.02);
    }

    @Test
    void aLuckyRunIsNotTheBest() {
        var tuner = new PlannerTuner(List.of(TuningRange.linear("x", 0, 1)), true, 2);
        var random = new Random(5);
        for (int i = 0; i <= 20; i++) {
            double x = i / 20.0;
            tuner.tell(new double[] {x}, 1 - 4 * (x - 0.5) * (x - 0.5) + 0.05 * random.nextGaussian());
        }
        tuner.tell(new double[] {0.02}, 1.2);

        assertThat(tuner.best()[0]).isCloseTo(0.5, within(0.2));
    }

    @Test
    void sameSeedSameQuestions() {
        var first = new PlannerTuner(RANGES, true, 9);
        var second = new PlannerTuner(RANGES, true, 9);
        for (int run = 0; run < 8; run++) {
            double[] settings = first.ask();
            assertThat(second.ask()).isEqualTo(settings);
            first.tell(settings, value(settings));
            second.tell(settings, value(settings));
        }
        assertThat(new PlannerTuner(RANGES, true, 10).ask()).isNotEqualTo(new PlannerTuner(RANGES, true, 9).ask());
    }

    @Test
    void wholeNumbersAreAskedForOnceWhileOthersAreLeft() {
        var tuner = new PlannerTuner(List.of(TuningRange.whole("horizon", 1, 12)), false, 3);
        Set<Double> seen = new HashSet<>();
        for (int run = 0; run < 12; run++) {
            double horizon = tuner.ask()[0];
            assertThat(seen.add(horizon)).as("run " + run).isTrue();
            tuner.tell(new double[] {horizon}, -(horizon - 5) * (horizon - 5));
        }
        assertThat(tuner.ask()[0]).isBetween(1.0, 12.0);
        assertThat(tuner.best()[0]).isEqualTo(5);
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> TuningRange.logarithmic("penalty", 0, 1)).hasMessageContaining("low of penalty is 0.0");
        assertThatThrownBy(() -> TuningRange.whole("horizon", 5, 5)).hasMessageContaining("high of horizon is 5.0");
        assertThatThrownBy(() -> new PlannerTuner(RANGES, false, 1).tell(new double[1], 0)).hasMessageContaining("number of settings is 1");
    }
}
