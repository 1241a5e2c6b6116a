package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.PendulumEquations;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelReward;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.RewardFunction;

/**
 * Rewards Pendulum-v1 from its observation (cosine, sine, angular speed) before the step. The angle is that of the point (cosine, sine),
 * which need not lie on the unit circle where a learned model made it.
 */
final class PendulumReward implements RewardFunction, Lowerable {
    /** Keeps the gradient finite where cosine and sine are both 0. */
    private static final float SMALLEST_RADIUS = 1e-12f;

    @Override
    public void lower(KernelPlan plan) {
        plan.reward(KernelReward.PENDULUM);
    }

    @Override
    public void reward(float[] observations, float[] actions, float[] nextObservations, int columns, float[] out) {
        for (int k = 0; k < columns; k++) {
            float angle = PlaneAngle.size(observations[k], observations[columns + k]);
            out[k] = PendulumEquations.reward(angle, observations[2 * columns + k], PendulumEquations.torque(actions[k]));
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
        for (int k = 0; k < columns; k++) {
            float cosine = observations[k];
            float sine = observations[columns + k];
            float angle = Math.copySign(PlaneAngle.size(cosine, sine), sine);
            float perSquaredRadius = -2 * angle * cotangent[k] / Math.max(SMALLEST_RADIUS, cosine * cosine + sine * sine);
            toObservations[k] -= perSquaredRadius * sine;
            toObservations[columns + k] += perSquaredRadius * cosine;
            toObservations[2 * columns + k] -= 0.2f * observations[2 * columns + k] * cotangent[k];
            boolean withinLimit = Math.abs(actions[k]) <= (float) PendulumEquations.MAX_TORQUE;
            toActions[k] -= withinLimit ? 0.002f * actions[k] * cotangent[k] : 0;
        }
    }
}
