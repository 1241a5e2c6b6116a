package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Mixes Dirichlet noise into the prior of the roots: {@code (1 - fraction) * prior + fraction * noise}, where the request
 * explores.
 *
 * <p>Like mctx it is drawn over all actions, and what it gives to illegal ones is lost by renormalising.
 *
 * @param fraction share of the noise, from 0 to 1
 * @param alpha    concentration, greater than 0
 */
public record DirichletNoise(double fraction, double alpha) {
    /** MuZero's values for board games and Atari. */
    public static final DirichletNoise DEFAULT = new DirichletNoise(0.25, 0.3);

    private static final long STREAM = 0x4449524943484CL;
    /** Draws of one gamma number: a normal, two uniforms a trial, and the boost of a small alpha. */
    private static final int TRIALS = 64;

    public DirichletNoise {
        Checks.inRange("fraction", fraction, 0, 1);
        Checks.positive("alpha", alpha);
    }

    /** Writes {@code count} probabilities drawn from the key of a row. */
    void draw(long rowKey, float[] out, int offset, int count) {
        long key = CounterRandom.key(rowKey, STREAM);
        double sum = 0;
        for (int a = 0; a < count; a++) {
            double gamma = gamma((int) key, (int) (key >>> 32), a);
            out[offset + a] = (float) gamma;
            sum += gamma;
        }
        for (int a = 0; a < count; a++) out[offset + a] = sum > 0 ? (float) (out[offset + a] / sum) : 1f / count;
    }

    /** Marsaglia and Tsang 2000, with Gamma(alpha) = Gamma(alpha + 1) u^(1/alpha). */
    private double gamma(int key0, int key1, int sample) {
        double d = alpha + 1 - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        double boost = Math.pow(CounterRandom.uniform(key0, key1, sample, 0), 1 / alpha);
        for (int trial = 1; trial < TRIALS; trial++) {
            double x = CounterRandom.normal(key0, key1, sample, 4 * trial);
            double v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            double u = CounterRandom.uniform(key0, key1, sample, 4 * trial + 2);
            if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * boost;
        }
        return d * boost;
    }
}
