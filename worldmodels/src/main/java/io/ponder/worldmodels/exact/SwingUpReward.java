package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelReward;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.RewardFunction;
import io.ponder.engine.tensor.Kernels;

/** Rewards the cart-pole swing-up from its observation (position, sine, cosine, ...) after the step. */
final class SwingUpReward implements RewardFunction, Lowerable {
    // exp(-|tip - (0, 0.6)|^2 / 0.36) - 0.01 a^2 with the tip at (x + 0.6 sin, 0.6 cos), as SwingUpEquations has it.
    private static final float POLE_LENGTH = 0.6f;
    private static final float INVERSE_SQUARE = (float) (1 / 0.36);
    private static final float ACTION_COST = 0.01f;

    @Override
    public void lower(KernelPlan plan) {
        plan.reward(KernelReward.SWING_UP);
    }

    @Override
    public void reward(float[] observations, float[] actions, float[] nextObservations, int columns, float[] out) {
        // In units of the pole's length: the exponent is -((x / 0.6 + sin)^2 + (cos - 1)^2), formed in the place of the result.
        Kernels kernels = Kernels.get();
        kernels.scale(columns, 1 / POLE_LENGTH, nextObservations, 0, out, 0);
        kernels.add(columns, out, 0, nextObservations, columns, out, 0);
        kernels.times(columns, out, 0, out, 0, out, 0);
        kernels.timesAdd(columns, nextObservations, 2 * columns, nextObservations, 2 * columns, out, 0);
        kernels.axpy(columns, -2, nextObservations, 2 * columns, out, 0);
        for (int k = 0; k < columns; k++) out[k] = FloatMath.decay(Math.min(0, -(out[k] + 1)));
        for (int k = 0; k < columns; k++) out[k] -= actionCost(actions[k]);
    }

    private static float actionCost(float action) {
        float clipped = Math.max(-1f, Math.min(1f, action));
        return ACTION_COST * clipped * clipped;
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
        for (int k = 0; k < columns; k++) {
            float across = nextObservations[k] + POLE_LENGTH * nextObservations[columns + k];
            float below = POLE_LENGTH * nextObservations[2 * columns + k] - POLE_LENGTH;
            float near = FloatMath.decay(-(across * across + below * below) * INVERSE_SQUARE);
            float toDistance = -2 * INVERSE_SQUARE * near * cotangent[k];
            toNext[k] += toDistance * across;
            toNext[columns + k] += toDistance * POLE_LENGTH * across;
            toNext[2 * columns + k] += toDistance * POLE_LENGTH * below;
            toActions[k] -= Math.abs(actions[k]) <= 1 ? 2 * ACTION_COST * actions[k] * cotangent[k] : 0;
        }
    }
}
