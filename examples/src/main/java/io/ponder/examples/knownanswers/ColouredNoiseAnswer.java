package io.ponder.examples.knownanswers;

import io.ponder.engine.tensor.Kernels;
import io.ponder.planners.ColouredNoise;

/** T9: the power of coloured noise falls with the frequency as f^-exponent, and a step has unit variance. */
final class ColouredNoiseAnswer implements KnownAnswer {
    private static final int LENGTH = 128;
    private static final int ROWS = 1500;
    private static final double[] COSINES = new double[LENGTH];
    private static final double[] SINES = new double[LENGTH];

    static {
        for (int i = 0; i < LENGTH; i++) {
            COSINES[i] = Math.cos(2 * Math.PI * i / LENGTH);
            SINES[i] = Math.sin(2 * Math.PI * i / LENGTH);
        }
    }

    @Override
    public String name() {
        return "coloured-noise";
    }

    @Override
    public void measure(AnswerTable table) {
        for (double exponent : new double[] {0, 0.25, 2, 3}) {
            var normal = new float[LENGTH * ROWS];
            var noise = new float[LENGTH * ROWS];
            Kernels.get().fillNormal(5, 6, 0, 0, LENGTH, ROWS, normal, 0, ROWS);
            new ColouredNoise(exponent, LENGTH).transform(ROWS, normal, noise, 0, ROWS);
            table.row("T9 coloured noise: slope of the periodogram, exponent " + exponent, 0 - exponent, slope(noise), 0.05);
            table.row("T9 coloured noise: variance without the constant part, " + exponent, 1, variance(noise), 0.05);
        }
    }

    /** Fits the slope of log power over log frequency to the average periodogram. */
    private static double slope(float[] noise) {
        int count = LENGTH / 2 - 1;
        double sumX = 0, sumY = 0, sumXx = 0, sumXy = 0;
        for (int f = 1; f <= count; f++) {
            double power = 0;
            for (int k = 0; k < ROWS; k++) {
                double real = 0, imaginary = 0;
                for (int t = 0; t < LENGTH; t++) {
                    real += noise[t * ROWS + k] * COSINES[f * t % LENGTH];
                    imaginary += noise[t * ROWS + k] * SINES[f * t % LENGTH];
                }
                power += real * real + imaginary * imaginary;
            }
            double x = Math.log(f);
            double y = Math.log(power);
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        return (count * sumXy - sumX * sumY) / (count * sumXx - sumX * sumX);
    }

    private static double variance(float[] noise) {
        double sum = 0;
        for (int k = 0; k < ROWS; k++) {
            double mean = 0;
            for (int t = 0; t < LENGTH; t++) mean += noise[t * ROWS + k] / LENGTH;
            for (int t = 0; t < LENGTH; t++) {
                double off = noise[t * ROWS + k] - mean;
                sum += off * off;
            }
        }
        return sum / ROWS / LENGTH;
    }
}
