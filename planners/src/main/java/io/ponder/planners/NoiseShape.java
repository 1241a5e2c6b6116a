package io.ponder.planners;

import io.ponder.engine.Checks;
import java.util.Locale;

/**
 * Says how the noise of a sequence hangs together over time: every step is a fixed mixture of a few independent normals. The mixture is
 * scaled so that the variance, averaged over the steps, is 1. Immutable and thread-safe.
 *
 * <p>Fewer normals than steps make a search of fewer dimensions, and smooth plans. Sources: splines, Howell et al. 2022, Predictive
 * sampling; kernels, Miura, Akai, Honda and Hara 2024, Spline-interpolated MPPI, and the KMPPI of pytorch_mppi; integrated noise, Kim, Park,
 * Park, Song, Kim and Cho 2022, Smooth model predictive path integral control without smoothing.
 */
public final class NoiseShape {
    private enum Kind {
        WHITE, COLOURED, HOLD, LINEAR, CUBIC, KERNEL, INTEGRATED
    }

    private final Kind kind;
    private final int knots;
    private final double exponent;

    private NoiseShape(Kind kind, int knots, double exponent) {
        this.kind = kind;
        this.knots = knots;
        this.exponent = exponent;
    }

    /** Returns noise that is independent from step to step. */
    public static NoiseShape white() {
        return new NoiseShape(Kind.WHITE, 0, 0);
    }

    /** Returns noise whose power falls with the frequency as {@code f^-exponent}, 0 to 10; see {@link ColouredNoise}. */
    public static NoiseShape coloured(double exponent) {
        return new NoiseShape(Kind.COLOURED, 0, Checks.inRange("exponent", exponent, 0, 10));
    }

    /** Returns noise that is constant between evenly spaced knots. */
    public static NoiseShape hold(int knots) {
        return new NoiseShape(Kind.HOLD, Checks.nonNegative("knots", knots), 0);
    }

    /** Returns noise that is linear between evenly spaced knots, the first at the first step and the last at the last one. */
    public static NoiseShape linear(int knots) {
        return new NoiseShape(Kind.LINEAR, Checks.nonNegative("knots", knots), 0);
    }

    /** Returns noise that is a natural cubic spline through evenly spaced knots; 0 knots choose their number by the horizon. */
    public static NoiseShape cubic(int knots) {
        return new NoiseShape(Kind.CUBIC, Checks.nonNegative("knots", knots), 0);
    }

    /** Returns noise interpolated between evenly spaced knots by a Gaussian kernel as wide as their distance. */
    public static NoiseShape kernel(int knots) {
        return new NoiseShape(Kind.KERNEL, Checks.nonNegative("knots", knots), 0);
    }

    /** Returns the running sum of independent noise: noise of the rate at which an action changes. */
    public static NoiseShape integrated() {
        return new NoiseShape(Kind.INTEGRATED, 0, 0);
    }

    /** Returns the number of knots that is used where 0 is given: a quarter of the horizon, at least 3. */
    public static int usualKnots(int horizon) {
        return Math.min(horizon, Math.max(3, Math.round(horizon / 4f)));
    }

    boolean isWhite() {
        return kind == Kind.WHITE;
    }

    /** Returns how many normals P an entry of the action takes. */
    int normals(int horizon) {
        return switch (kind) {
            case WHITE, COLOURED, INTEGRATED -> horizon;
            case HOLD, LINEAR, CUBIC, KERNEL -> Math.min(horizon, knots == 0 ? usualKnots(horizon) : knots);
        };
    }

    /** Returns the mixture {@code [T x P]}, scaled. */
    float[] mixture(int horizon) {
        int p = normals(horizon);
        double[] mixture = new double[horizon * p];
        switch (kind) {
            case WHITE -> {
                for (int t = 0; t < horizon; t++) mixture[t * p + t] = 1;
            }
            case INTEGRATED -> {
                for (int t = 0; t < horizon; t++) for (int s = 0; s <= t; s++) mixture[t * p + s] = 1;
            }
            case COLOURED -> {
                float[] unit = new float[horizon * horizon];
                float[] out = new float[horizon * horizon];
                for (int t = 0; t < horizon; t++) unit[t * horizon + t] = 1;
                new ColouredNoise(exponent, horizon).transform(horizon, unit, out, 0, horizon);
                for (int i = 0; i < out.length; i++) mixture[i] = out[i];
            }
            case HOLD -> {
                for (int t = 0; t < horizon; t++) mixture[t * p + Math.min(p - 1, t * p / horizon)] = 1;
            }
            case LINEAR -> linear(mixture, horizon, p);
            case CUBIC -> cubic(mixture, horizon, p);
            case KERNEL -> kernel(mixture, horizon, p);
        }
        double squares = 0;
        for (double m : mixture) squares += m * m;
        double scale = Math.sqrt(horizon / squares);
        float[] out = new float[mixture.length];
        for (int i = 0; i < out.length; i++) out[i] = (float) (scale * mixture[i]);
        return out;
    }

    /** Returns the place of a step among the knots, from 0 to {@code p - 1}. */
    private static double place(int t, int horizon, int p) {
        return horizon == 1 ? 0 : (double) t * (p - 1) / (horizon - 1);
    }

    private static void linear(double[] out, int horizon, int p) {
        for (int t = 0; t < horizon; t++) {
            double place = place(t, horizon, p);
            int left = (int) Math.min(place, Math.max(0, p - 2));
            double share = place - left;
            out[t * p + left] += 1 - share;
            if (p > 1) out[t * p + left + 1] += share;
        }
    }

    /** Adds to the straight lines what the second derivatives of a natural spline through unit vectors bend. */
    private static void cubic(double[] out, int horizon, int p) {
        linear(out, horizon, p);
        int inner = p - 2;
        if (inner < 1) return;
        double[][] matrix = new double[inner][inner];
        for (int i = 0; i < inner; i++) {
            matrix[i][i] = 4;
            if (i > 0) matrix[i][i - 1] = 1;
            if (i + 1 < inner) matrix[i][i + 1] = 1;
        }
        double[][] factor = ActionNoise.cholesky(matrix);
        for (int knot = 0; knot < p; knot++) {
            double[] right = new double[inner];
            for (int i = 0; i < inner; i++) {
                int distance = Math.abs(i + 1 - knot);
                right[i] = distance == 0 ? -12 : distance == 1 ? 6 : 0;
            }
            double[] bend = ActionNoise.solve(factor, right);
            for (int t = 0; t < horizon; t++) {
                double place = place(t, horizon, p);
                int left = (int) Math.min(place, p - 2);
                double b = place - left;
                double a = 1 - b;
                double before = left == 0 ? 0 : bend[left - 1];
                double after = left == inner ? 0 : bend[left];
                out[t * p + knot] += ((a * a * a - a) * before + (b * b * b - b) * after) / 6;
            }
        }
    }

    private static void kernel(double[] out, int horizon, int p) {
        double[][] among = new double[p][p];
        for (int i = 0; i < p; i++) for (int j = 0; j < p; j++) among[i][j] = gauss(i - j) + (i == j ? 1e-6 : 0);
        double[][] factor = ActionNoise.cholesky(among);
        for (int t = 0; t < horizon; t++) {
            double[] right = new double[p];
            for (int i = 0; i < p; i++) right[i] = gauss(place(t, horizon, p) - i);
            double[] weights = ActionNoise.solve(factor, right);
            System.arraycopy(weights, 0, out, t * p, p);
        }
    }

    private static double gauss(double distance) {
        return Math.exp(-0.5 * distance * distance);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + (knots > 0 ? " of " + knots + " knots" : exponent > 0 ? " " + exponent : "");
    }
}
