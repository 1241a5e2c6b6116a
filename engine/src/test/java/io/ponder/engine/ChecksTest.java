package io.ponder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChecksTest {
    @Test
    void goodValuesComeBack() {
        assertThat(Checks.positive("horizon", 3)).isEqualTo(3);
        assertThat(Checks.inRange("rate", 0.5, 0, 1)).isEqualTo(0.5);
        assertThat(Checks.nonNegative("steps", 0L)).isZero();
    }

    @Test
    void aMessageHasNameValueAndBound() {
        assertThatThrownBy(() -> Checks.positive("horizon", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("horizon is 0, but it must be at least 1.");
        assertThatThrownBy(() -> Checks.inRange("rate", 1.5, 0, 1)).hasMessageContainingAll("rate", "1.5", "0.0", "1.0");
    }

    @Test
    void aNotANumberIsNeverInRangeNorPositive() {
        assertThatThrownBy(() -> Checks.inRange("rate", Double.NaN, 0, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Checks.positive("scale", Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Checks.positive("scale", Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
    }

    @Test
    void aShortBufferIsNamedWithAdvice() {
        assertThatThrownBy(() -> Checks.length("actions", new float[2], 6, "[2 x 3]"))
                .hasMessageContainingAll("actions has 2 entries", "[2 x 3] needs 6")
                .hasMessageContaining("\nMaybe");
    }
}
