package io.ponder.engine.tensor;

/**
 * Draws gamma variables of scale 1 (Marsaglia and Tsang 2000), each from its own sample number of a key. A pure function, safe
 * for several threads; nothing is allocated.
 */
public final class GammaDraw {
    private GammaDraw() {}

    /** Returns a gamma variable of shape {@code shape > 0}. */
    public static double draw(double shape, long key, int sample) {
        int key0 = (int) key;
        int key1 = (int) (key >>> 32);
        if (shape < 1) {
            // gamma(a) = gamma(a + 1) U^(1 / a), U from a draw that the rejection below never reaches.
            double u = CounterRandom.uniform(key0, key1, sample, -1);
            return draw(shape + 1, key, sample) * Math.pow(u, 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        for (int draw = 0; ; draw += 4) {
            double x = CounterRandom.normal(key0, key1, sample, draw);
            double v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            double u = CounterRandom.uniform(key0, key1, sample, draw + 2);
            if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
        }
    }
}
