package io.ponder.engine.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FloatMathTest {
    /** What the Javadoc promises. */
    private static final double PROMISED = 3e-7;

    @Test
    void sineAndCosineKeepThePromisedError() {
        double worst = 0;
        for (int i = -300_000; i <= 300_000; i++) {
            float angle = i * 0.01f;
            worst = Math.max(worst, Math.abs(FloatMath.sine(angle) - Math.sin(angle)));
            worst = Math.max(worst, Math.abs(FloatMath.cosine(angle) - Math.cos(angle)));
        }
        assertThat(worst).isLessThan(PROMISED);
    }

    @Test
    void wrappedAnglesLieWithinHalfATurnAndNameTheSameDirection() {
        for (int i = -10_000; i <= 10_000; i++) {
            float angle = i * 0.0137f;
            float wrapped = FloatMath.wrapped(angle);

            assertThat(Math.abs(wrapped)).isLessThan((float) Math.PI + 1e-5f);
            assertThat(Math.IEEEremainder(angle - (double) wrapped, 2 * Math.PI)).isCloseTo(0, within(2e-6));
        }
    }

    @Test
    void decayKeepsThePromisedError() {
        double worst = 0;
        for (int i = 0; i <= 200_000; i++) {
            float x = i * -0.0002f;
            worst = Math.max(worst, Math.abs(FloatMath.decay(x) - Math.exp(x)));
        }
        assertThat(worst).isLessThan(PROMISED);
        assertThat(FloatMath.decay(0)).isEqualTo(1);
        assertThat(FloatMath.decay(Float.NEGATIVE_INFINITY)).isBetween(0f, 1e-9f);
    }

    @Test
    void aLimitIsPassedByTheSmallestFloatAboveIt() {
        assertThat(FloatMath.withinLimit(0)).isEqualTo(1);
        assertThat(FloatMath.withinLimit(-3)).isEqualTo(1);
        assertThat(FloatMath.withinLimit(Math.nextUp(0.2f) - 0.2f)).isZero();
        assertThat(FloatMath.withinLimit(Float.POSITIVE_INFINITY)).isZero();
    }

    @Test
    void notANumberStaysNotANumber() {
        assertThat(FloatMath.sine(Float.NaN)).isNaN();
        assertThat(FloatMath.cosine(Float.NaN)).isNaN();
        assertThat(FloatMath.wrapped(Float.NaN)).isNaN();
        assertThat(FloatMath.decay(Float.NaN)).isNaN();
        assertThat(FloatMath.withinLimit(Float.NaN)).isNaN();
    }
}
