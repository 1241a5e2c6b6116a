package io.ponder.worldmodels.exact;

import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelReward;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.RewardFunction;
import java.util.Arrays;

/** Rewards every step alike; what counts is when the episode ends. */
final class ConstantReward implements RewardFunction, Lowerable {
    private final float value;

    ConstantReward(float value) {
        this.value = value;
    }

    @Override
    public void lower(KernelPlan plan) {
        plan.reward(KernelReward.CONSTANT, value);
    }

    @Override
    public void reward(float[] observations, float[] actions, float[] nextObservations, int columns, float[] out) {
        Arrays.fill(out, 0, columns, value);
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
            float[] toNext) {}
}
