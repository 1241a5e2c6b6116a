package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.tensor.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColouredNoiseTest {
    /** Returns the covariance {@code [T x T]} of the noise. */
    static double[][] covariance(ColouredNoise colour) {
        int length = colour.length();
        float[] unit = new float[length * length];
        for (int i = 0; i < length; i++) unit[i * length + i] = 1;
        float[] factor = new float[length * length];
        colour.transform(length, unit, factor, 0, length);
        double[][] out = new double[length][length];
        for (int s = 0; s < length; s++) {
            for (int t = 0; t < length; t++) {
                for (int i = 0; i < length; i++) out[s][t] += (double) factor[s * length + i] * factor[t * length + i];
            }
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 2, 3})
    void powerFallsWithTheExponent(double exponent) {
        int length = 128;
        int rows = 1500;
        float[] normal = new float[length * rows];
        float[] noise = new float[length * rows];
        Kernels.get().fillNormal(5, 6, 0, 0, length, rows, normal, 0, rows);
        new ColouredNoise(exponent, length).transform(rows, normal, noise, 0, rows);

        double sumX = 0, sumY = 0, sumXx = 0, sumXy = 0;
        int count = length / 2 - 1;
        for (int f = 1; f <= count; f++) {
            double power = 0;
            for (int k = 0; k < rows; k++) {
                double real = 0, imaginary = 0;
                for (int t = 0; t < length; t++) {
                    int turn = f * t % length;
                    real += noise[t * rows + k] * COSINE[turn];
                    imaginary += noise[t * rows + k] * COSINE[(turn + 3 * length / 4) % length];
                }
                power += real * real + imaginary * imaginary;
            }
            double x = Math.log(f);
            double y = Math.log(power / rows);
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        double slope = (count * sumXy - sumX * sumY) / (count * sumXx - sumX * sumX);
        assertThat(slope).isCloseTo(-exponent, within(0.05));
    }

    private static final double[] COSINE = new double[128];

    static {
        for (int i = 0; i < 128; i++) COSINE[i] = Math.cos(2 * Math.PI * i / 128);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 2, 3})
    void varianceIsOneBesideTheConstantComponent(double exponent) {
        for (int length : new int[] {31, 64, 200}) {
            double[][] covariance = covariance(new ColouredNoise(exponent, length));
            double constant = 0;
            for (int t = 0; t < length; t++) constant += covariance[0][t] / length;
            for (int t = 0; t < length; t++) assertThat(covariance[t][t] - constant).isCloseTo(1, within(0.02));
        }
    }

    @Test
    void exponentZeroIsWhite() {
        double[][] covariance = covariance(new ColouredNoise(0, 30));
        for (int s = 0; s < 30; s++) {
            for (int t = 0; t < 30; t++) {
                assertThat(covariance[s][t]).isCloseTo(s == t ? covariance[0][0] : 0, within(1e-5));
            }
        }
    }

    @Test
    void oneStepIsLeftAsItIs() {
        float[] out = new float[3];
        new ColouredNoise(2, 1).transform(3, new float[] {1, -2, 3}, out, 0, 3);

        assertThat(out).containsExactly(1, -2, 3);
    }

    @Test
    void negativeExponentIsRefused() {
        assertThatThrownBy(() -> new ColouredNoise(-1, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exponent is -1.0");
    }
}
