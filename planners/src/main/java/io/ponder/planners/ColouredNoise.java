package io.ponder.planners;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Kernels;

/**
 * Turns white noise of T steps into noise whose power falls with the frequency as {@code f^-exponent}: 0 stays white, 1 is pink, 2
 * brown. Every step has unit variance (up to the constant component, see below).
 *
 * <p>The noise is the inverse Fourier transform of independent normal components with amplitude {@code f^(-exponent/2)}. Exactly T real
 * normals go into it, so it is one product with a fixed T x T matrix: for the horizons of planners that is faster than an FFT, and any
 * block of candidates is transformed by itself. The constant component has the amplitude of the lowest frequency and comes on top of
 * the variance, as in the reference.
 *
 * <p>Immutable and thread-safe. Source: Timmer and Koenig 1995, On generating power law noise; in a planner, Pinneri et al. 2020.
 */
public final class ColouredNoise {
    private final int length;
    private final float[] factor;
    private final Kernels kernels = Kernels.get();

    /**
     * Creates the transform.
     *
     * @param exponent from 0 to 10
     * @param length   steps T, at least 1
     */
    public ColouredNoise(double exponent, int length) {
        Checks.inRange("exponent", exponent, 0, 10);
        this.length = Checks.positive("length", length);
        factor = new float[length * length];
        if (length == 1) {
            factor[0] = 1;
            return;
        }
        int highest = length / 2;
        boolean even = length % 2 == 0;
        double[] amplitude = new double[highest + 1];
        double squares = 0;
        for (int f = 1; f <= highest; f++) {
            amplitude[f] = Math.pow((double) f / length, -exponent / 2);
            double counted = even && f == highest ? 0.5 * amplitude[f] : amplitude[f];
            squares += counted * counted;
        }
        amplitude[0] = amplitude[1];
        double scale = 1 / (2 * Math.sqrt(squares));
        for (int t = 0; t < length; t++) {
            factor[t * length] = (float) (Math.sqrt(2) * amplitude[0] * scale);
            for (int f = 1; f <= highest; f++) {
                // The integer product keeps the angle exact for long horizons.
                double angle = 2 * Math.PI * ((long) f * t % length) / length;
                boolean nyquist = even && f == highest;
                double cosine = (nyquist ? Math.sqrt(2) : 2) * amplitude[f] * scale * Math.cos(angle);
                factor[t * length + 2 * f - 1] = (float) cosine;
                if (!nyquist) factor[t * length + 2 * f] = (float) (-2 * amplitude[f] * scale * Math.sin(angle));
            }
        }
    }

    /** Returns the number of steps T. */
    public int length() {
        return length;
    }

    /** Returns the inverse of the covariance of the steps, {@code [T x T]}. */
    double[][] precision() {
        double[][] out = new double[length][length];
        for (int f = 0; f < length; f++) {
            // The columns of the factor are orthogonal, so that each is an eigenvector of the covariance.
            double squares = 0;
            for (int t = 0; t < length; t++) squares += (double) factor[t * length + f] * factor[t * length + f];
            for (int t = 0; t < length; t++) {
                double share = factor[t * length + f] / (squares * squares);
                for (int s = 0; s < length; s++) out[t][s] += share * factor[s * length + f];
            }
        }
        return out;
    }

    /**
     * Transforms a block of white noise.
     *
     * @param count  number of columns
     * @param normal {@code [T x count]} standard normals: the constant component, then real and imaginary part of each frequency, of
     *               the highest one only the real part where T is even. Not modified.
     * @param out    {@code [T x count]}, same offset and stride, another array. Modified.
     */
    public void transform(int count, float[] normal, float[] out, int offset, int stride) {
        kernels.multiply(length, count, length, factor, 0, length, normal, offset, stride, out, offset, stride, false);
    }
}
