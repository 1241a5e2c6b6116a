package io.ponder.worldmodels.latent;

import io.ponder.engine.env.Box;
import io.ponder.engine.model.ActionSamples;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.tensor.CounterRandom;

/** Draws actions from normals that are squashed by tanh and stretched to a box. */
final class SquashedNormal {
    private static final float MOST = 1 - 1e-6f;
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private SquashedNormal() {}

    /**
     * Draws {@code count} actions a column with their densities before the stretching; proposal and policy are the same.
     *
     * @param policy mean and logarithm of the deviation {@code [2 A x K]}. Not modified.
     */
    static void sample(Box box, float[] policy, int count, ColumnKeys keys, ActionSamples out) {
        int columns = out.columns();
        int size = box.size();
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < columns; k++) {
                double logDensity = 0;
                for (int d = 0; d < size; d++) {
                    int draw = (keys.step() * count + i) * size + d;
                    float noise = CounterRandom.normal(keys.key0()[k], keys.key1()[k], keys.sample()[k], draw);
                    float logDeviation = policy[(size + d) * columns + k];
                    double before = policy[d * columns + k] + Math.exp(logDeviation) * noise;
                    float squashed = Math.max(-MOST, Math.min(MOST, (float) Math.tanh(before)));
                    float half = (box.high(d) - box.low(d)) / 2;
                    out.actions()[(i * size + d) * columns + k] = box.low(d) + half * (squashed + 1);
                    logDensity -= 0.5 * noise * noise + HALF_LOG_TWO_PI + logDeviation + Math.log1p(-squashed * squashed);
                }
                out.logProposal()[i * columns + k] = (float) logDensity;
                out.logPolicy()[i * columns + k] = (float) logDensity;
            }
        }
    }
}
