package io.ponder.worldmodels.exact;

import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelReward;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.RewardFunction;
import java.util.Arrays;

/** Rewards Acrobot-v1 from its observation after the step: -1, but 0 on the step that terminates. */
final class AcrobotReward implements RewardFunction, Lowerable {
    @Override
    public void lower(KernelPlan plan) {
        plan.reward(KernelReward.ACROBOT);
    }

    @Override
    public void reward(float[] observations, float[] actions, float[] nextObservations, int columns, float[] out) {
        Arrays.fill(out, 0, columns, -1);
        TaskTerminations.acrobot(nextObservations, columns, out);
    }
}
