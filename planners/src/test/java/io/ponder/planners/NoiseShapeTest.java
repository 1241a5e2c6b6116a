package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoiseShapeTest {
    private static final int HORIZON = 13;

    private static Stream<NoiseShape> all() {
        return Stream.of(NoiseShape.white(), NoiseShape.coloured(1), NoiseShape.hold(4), NoiseShape.linear(4), NoiseShape.cubic(4),
                NoiseShape.cubic(0), NoiseShape.kernel(4), NoiseShape.integrated(), NoiseShape.hold(1), NoiseShape.linear(1),
                NoiseShape.cubic(2), NoiseShape.kernel(1));
    }

    @ParameterizedTest
    @MethodSource("all")
    void averageVarianceIsOne(NoiseShape shape) {
        for (int horizon : new int[] {1, 2, HORIZON}) {
            double squares = 0;
            for (float m : shape.mixture(horizon)) squares += m * m;
            assertThat(squares / horizon).isCloseTo(1, within(1e-4));
        }
    }

    /** Returns what a shape makes of values at its knots, without its scale. */
    private static double[] through(NoiseShape shape, double... knots) {
        float[] mixture = shape.mixture(HORIZON);
        double[] out = new double[HORIZON];
        for (int t = 0; t < HORIZON; t++) for (int p = 0; p < knots.length; p++) out[t] += mixture[t * knots.length + p] * knots[p];
        return out;
    }

    @Test
    void splinesPassThroughTheirKnotsAndReproduceStraightLines() {
        for (NoiseShape shape : new NoiseShape[] {NoiseShape.linear(4), NoiseShape.cubic(4)}) {
            double[] line = through(shape, 0, 1, 2, 3);
            double scale = line[HORIZON - 1] / 3;
            for (int t = 0; t < HORIZON; t++) assertThat(line[t] / scale).isCloseTo(t / 4.0, within(1e-5));
            double[] bent = through(shape, 1, -1, 2, 0.5);
            assertThat(bent[4] / scale).isCloseTo(-1, within(1e-5));
            assertThat(bent[8] / scale).isCloseTo(2, within(1e-5));
        }
    }

    @Test
    void cubicSplineIsTheNaturalOne() {
        double[] out = through(NoiseShape.cubic(4), 0, 1, 0, 0);
        double scale = out[4];

        // The natural spline through (0, 1, 0, 0): second derivatives -12 * 4/15 + ... solve [4 1; 1 4] M = (-12, 6).
        double first = (-12 * 4 - 6) / 15.0;
        double second = (6 * 4 + 12) / 15.0;
        double half = 0.5 + (0.125 - 0.5) * (first + second) / 6;
        assertThat(out[6] / scale).isCloseTo(half, within(1e-5));
    }

    @Test
    void kernelPassesThroughItsKnots() {
        double[] out = through(NoiseShape.kernel(4), 1, -1, 2, 0.5);
        double[] unit = through(NoiseShape.kernel(4), 1, 1, 1, 1);
        double scale = unit[0];
        assertThat(out[0] / scale).isCloseTo(1, within(1e-3));
        assertThat(out[4] / scale).isCloseTo(-1, within(1e-3));
        assertThat(out[12] / scale).isCloseTo(0.5, within(1e-3));
    }

    @Test
    void knotsAreChosenByTheHorizon() {
        assertThat(NoiseShape.cubic(0).normals(40)).isEqualTo(10);
        assertThat(NoiseShape.cubic(0).normals(8)).isEqualTo(3);
        assertThat(NoiseShape.cubic(0).normals(2)).isEqualTo(2);
        assertThat(NoiseShape.kernel(50).normals(8)).isEqualTo(8);
    }
}
