package io.ponder.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void ticksAreRoundAndInside() {
        assertThat(Axis.between(0, 1).ticks(5)).hasSize(6);
        assertThat(Axis.around(-1230, -120).ticks(5).stream().map(Axis::label)).containsExactly(
                "-1200", "-1000", "-800", "-600", "-400", "-200");
        assertThat(Axis.around(5, 5).ticks(5)).isNotEmpty();
        assertThat(Axis.around(Double.NaN, Double.NaN).ticks(5)).isNotEmpty();
    }

    @Test
    void logarithmicTicksAreRound() {
        assertThat(Axis.logarithmic(0.8, 14).ticks(6).stream().map(Axis::label)).containsExactly("1", "2", "5", "10");
        assertThat(Axis.logarithmic(3, 3).place(3)).isEqualTo(0.5, within(0.01));
    }

    @Test
    void labelsAreShort() {
        assertThat(Stream.of(0.0, -0.25, 1200.0, 2e6, 3e-5).map(Axis::label)).containsExactly("0", "-0.25", "1200", "2e6", "3e-5");
    }

    @Test
    void numbersHaveTheDigitsTheyDeserve() {
        assertThat(Stream.of(-1216.4, -99.96, 12.34, 0.723, -0.001, Double.NaN).map(Numbers::score))
                .containsExactly("-1216", "-100", "12.3", "0.72", "0.00", "-");
        assertThat(Stream.of(140.2, 14.02, 1.402, 0.0502).map(Numbers::millis)).containsExactly("140", "14.0", "1.40", "0.050");
    }
}
