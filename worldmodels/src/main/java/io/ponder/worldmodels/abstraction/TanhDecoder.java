package io.ponder.worldmodels.abstraction;

import io.ponder.engine.Checks;
import java.util.Arrays;

/** Decodes a latent action z to tanh(z W), the same wherever the environment is. Immutable. */
public final class TanhDecoder implements ActionDecoder {
    private final int latentSize;
    private final int actionSize;
    private final float[] weights;

    /**
     * Creates a decoder.
     *
     * @param weights W, {@code [latentSize x actionSize]}. Copied.
     */
    public TanhDecoder(int latentSize, int actionSize, float[] weights) {
        this.latentSize = Checks.positive("latentSize", latentSize);
        this.actionSize = Checks.positive("actionSize", actionSize);
        Checks.same("length of weights", weights.length, "latentSize x actionSize", latentSize * actionSize);
        this.weights = weights.clone();
    }

    @Override
    public int latentSize() {
        return latentSize;
    }

    @Override
    public int actionSize() {
        return actionSize;
    }

    @Override
    public void decode(float[] observations, float[] latents, int columns, float[] actions) {
        Arrays.fill(actions, 0, actionSize * columns, 0);
        for (int a = 0; a < actionSize; a++) {
            int to = a * columns;
            for (int z = 0; z < latentSize; z++) {
                float weight = weights[z * actionSize + a];
                for (int k = 0; k < columns; k++) actions[to + k] += weight * latents[z * columns + k];
            }
            for (int k = to; k < to + columns; k++) actions[k] = (float) Math.tanh(actions[k]);
        }
    }
}
