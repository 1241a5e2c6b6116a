package io.ponder.planners.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyOperatorTest {
    private static final double[] POLICY = {0.5, 0.2, 0.3};
    private static final double[] MAGNET = {0.2, 0.2, 0.6};
    private static final double[] Q = {0.1, 0.7, -0.4};
    private static final double ROUNDING = 1e-12;
    /** What an extremely large or small step leaves over, or a value at a fine grid misses. */
    private static final double LIMIT = 1e-5;

    /** An operator and what it maximises beside {@code <p, q>}. */
    private record Law(PolicyOperator operator, ToDoubleFunction<double[]> penalty) {
        double objective(double[] p) {
            return p[0] * Q[0] + p[1] * Q[1] + p[2] * Q[2] - penalty.applyAsDouble(p);
        }

        @Override
        public String toString() {
            return operator.toString();
        }
    }

    static List<Law> laws() {
        return List.of(
                new Law(new Argmax(), p -> 0),
                new Law(new Softmax(0.3), p -> -0.3 * (-p[0] * ln(p[0]) - p[1] * ln(p[1]) - p[2] * ln(p[2]))),
                new Law(new MirrorDescent(2), p -> divergence(p, POLICY) / 2),
                new Law(new MagneticMirrorDescent(2, 0.4), p -> 0.4 * divergence(p, MAGNET) + divergence(p, POLICY) / 2),
                new Law(new ExactRegularised(0.3), p -> 0.3 * divergence(POLICY, p)));
    }

    private static double ln(double x) {
        return x == 0 ? 0 : Math.log(x);
    }

    private static double divergence(double[] p, double[] from) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) if (p[i] > 0) sum += p[i] * Math.log(p[i] / from[i]);
        return sum;
    }

    private static double[] apply(PolicyOperator operator, double[] policy, double[] magnet, double... q) {
        double[] out = new double[q.length];
        operator.apply(policy, magnet, q, 0, q.length, out);
        return out;
    }

    @ParameterizedTest
    @MethodSource("laws")
    void answersTheMaximumAndReturnsIt(Law law) {
        double[] out = new double[3];
        double value = law.operator.apply(POLICY, MAGNET, Q, 0, 3, out);

        assertThat(out[0] + out[1] + out[2]).isEqualTo(1, within(ROUNDING));
        assertThat(value).isEqualTo(law.objective(out), within(ROUNDING));
        for (int i = 0; i <= 60; i++) {
            for (int j = 0; j <= 60 - i; j++) {
                double[] p = {i / 60.0, j / 60.0, (60 - i - j) / 60.0};
                assertThat(law.objective(p)).isLessThanOrEqualTo(value + ROUNDING);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void worksInPlaceAndInsideATable(Law law) {
        double[] table = {9, 0.5, 0.2, 0.3, 9};
        double[] magnet = {9, 0.2, 0.2, 0.6, 9};
        double value = law.operator.apply(table, magnet, new double[] {9, 0.1, 0.7, -0.4, 9}, 1, 3, table);

        double[] out = new double[3];
        assertThat(law.operator.apply(POLICY, MAGNET, Q, 0, 3, out)).isEqualTo(value);
        assertThat(table).containsExactly(9, out[0], out[1], out[2], 9);
    }

    @ParameterizedTest
    @MethodSource("laws")
    void addingTheSameToAllValuesChangesOnlyTheValue(Law law) {
        double[] out = new double[3];
        double value = law.operator.apply(POLICY, MAGNET, Q, 0, 3, out);
        double[] moved = new double[3];

        double higher = law.operator.apply(POLICY, MAGNET, new double[] {5.1, 5.7, 4.6}, 0, 3, moved);
        assertThat(higher).isEqualTo(value + 5, within(1e-9));
        for (int i = 0; i < 3; i++) assertThat(moved[i]).isEqualTo(out[i], within(1e-9));
    }

    @Test
    void largeStepsAreArgmaxAndSmallOnesChangeNothing() {
        for (var operator : List.of(
                new MirrorDescent(1e6), new MagneticMirrorDescent(1e6, 1e-7), new Softmax(1e-6), new ExactRegularised(1e-6))) {
            assertThat(apply(operator, POLICY, MAGNET, Q)[1]).isEqualTo(1, within(LIMIT));
        }
        for (var operator : List.of(new MirrorDescent(1e-7), new MagneticMirrorDescent(1e-7, 1), new ExactRegularised(1e7))) {
            for (int i = 0; i < 3; i++) assertThat(apply(operator, POLICY, MAGNET, Q)[i]).isEqualTo(POLICY[i], within(LIMIT));
        }
    }

    @Test
    void withoutPullMagneticMirrorDescentIsMirrorDescentAndWithAllItIsTheMagnet() {
        assertThat(apply(new MagneticMirrorDescent(2, 0), POLICY, MAGNET, Q))
                .containsExactly(apply(new MirrorDescent(2), POLICY, MAGNET, Q));
        double[] drawn = apply(new MagneticMirrorDescent(2, 1e7), POLICY, MAGNET, Q);
        for (int i = 0; i < 3; i++) assertThat(drawn[i]).isEqualTo(MAGNET[i], within(LIMIT));
    }

    @Test
    void whatIsNeverDoneStaysSoNearAPolicy() {
        double[] policy = {0.6, 0, 0.4};
        for (var operator : List.of(new MirrorDescent(3), new MagneticMirrorDescent(3, 1), new ExactRegularised(0.5))) {
            assertThat(apply(operator, policy, MAGNET, Q)[1]).isZero();
        }
        assertThat(apply(new Argmax(), policy, MAGNET, Q)[1]).isEqualTo(1);
    }

    @Test
    void refusesSizesThatAreNoStep() {
        assertThatThrownBy(() -> new MirrorDescent(0)).hasMessageContaining("step is 0.0");
        assertThatThrownBy(() -> new MagneticMirrorDescent(1, -1)).hasMessageContaining("pull is -1.0");
        assertThatThrownBy(() -> new Softmax(Double.NaN)).hasMessageContaining("temperature is NaN");
        assertThatThrownBy(() -> new ExactRegularised(-1)).hasMessageContaining("strength is -1.0");
    }
}
