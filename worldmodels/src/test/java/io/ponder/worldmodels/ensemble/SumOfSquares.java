package io.ponder.worldmodels.ensemble;

import io.ponder.engine.model.RewardFunction;
import java.util.Arrays;

/** Rewards {@code -(before' before + action' action + next' next)} of 3 entries and 2 actions. */
final class SumOfSquares implements RewardFunction {
    @Override
    public void reward(float[] observations, float[] actions, float[] nextObservations, int columns, float[] out) {
        Arrays.fill(out, 0, columns, 0);
        for (int d = 0; d < 3; d++) {
            for (int k = 0; k < columns; k++) {
                out[k] -= observations[d * columns + k] * observations[d * columns + k]
                        + nextObservations[d * columns + k] * nextObservations[d * columns + k];
                if (d < 2) out[k] -= actions[d * columns + k] * actions[d * columns + k];
            }
        }
    }

    @Override
    public boolean differentiable() {
        return true;
    }

    @Override
    public void backward(
            float[] observations,
            float[] actions,
            float[] nextObservations,
            int columns,
            float[] cotangent,
            float[] toObservations,
            float[] toActions,
            float[] toNext) {
        for (int i = 0; i < 3 * columns; i++) {
            toObservations[i] -= 2 * observations[i] * cotangent[i % columns];
            toNext[i] -= 2 * nextObservations[i] * cotangent[i % columns];
        }
        for (int i = 0; i < 2 * columns; i++) toActions[i] -= 2 * actions[i] * cotangent[i % columns];
    }
}
