package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.MountainCarEquations;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelReward;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.RewardFunction;

/** Rewards MountainCarContinuous-v0: 100 on arrival, less 0.1 a^2 of the action as it is. The jump has derivative 0. */
final class MountainCarReward implements RewardFunction, Lowerable {
    private static final float GOAL = (float) MountainCarEquations.CONTINUOUS_GOAL;
    private static final float ACTION_COST = 0.1f;

    @Override
    public void lower(KernelPlan plan) {
        plan.reward(KernelReward.MOUNTAIN_CAR_CONTINUOUS);
    }

    @Override
    public void reward(float[] observations, float[] actions, float[] nextObservations, int columns, float[] out) {
        for (int k = 0; k < columns; k++) {
            float discount = MountainCarEquations.discount(nextObservations[k], nextObservations[columns + k], GOAL);
            out[k] = MountainCarEquations.continuousReward(discount, actions[k]);
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
        for (int k = 0; k < columns; k++) toActions[k] -= 2 * ACTION_COST * actions[k] * cotangent[k];
    }
}
