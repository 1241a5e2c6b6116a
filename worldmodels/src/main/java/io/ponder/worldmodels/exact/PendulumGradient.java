package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.PendulumEquations;

/**
 * Derivatives of Pendulum-v1. Through a limit the derivative is 0, but for an action that stands exactly at it: a planner that projects
 * to the bounds can still leave them.
 */
final class PendulumGradient implements TaskGradient {
    private static final float TIME_STEP = (float) PendulumEquations.TIME_STEP;
    private static final float MAX_TORQUE = (float) PendulumEquations.MAX_TORQUE;
    private static final float MAX_SPEED = (float) PendulumEquations.MAX_SPEED;

    // d speed' / d angle = 15 cos(angle) dt and d speed' / d torque = 3 dt; reward = -(angle^2 + 0.1 speed^2 + 0.001 torque^2).
    private static final float GRAVITY = 15 * TIME_STEP;
    private static final float LEVER = 3 * TIME_STEP;

    @Override
    public void backward(
            float[] state,
            float[] action,
            int columns,
            float[] nextCotangent,
            float[] rewardCotangent,
            float[] stateCotangent,
            float[] actionCotangent,
            float[][] scratch) {
        for (int k = 0; k < columns; k++) {
            float angle = state[k];
            float speed = state[columns + k];
            float torque = PendulumEquations.torque(action[k]);
            float nextSpeed = PendulumEquations.nextSpeed(FloatMath.sine(angle), speed, torque);
            float fromReward = -rewardCotangent[k];
            float toNextSpeed = Math.abs(nextSpeed) < MAX_SPEED ? nextCotangent[columns + k] + TIME_STEP * nextCotangent[k] : 0;
            float toTorque = LEVER * toNextSpeed + fromReward * 0.002f * torque;
            stateCotangent[k] = nextCotangent[k] + GRAVITY * FloatMath.cosine(angle) * toNextSpeed
                    + fromReward * 2 * FloatMath.wrapped(angle);
            stateCotangent[columns + k] = toNextSpeed + fromReward * 0.2f * speed;
            actionCotangent[k] = Math.abs(action[k]) <= MAX_TORQUE ? toTorque : 0;
        }
    }

    @Override
    public void observeBackward(float[] state, int columns, float[] cotangent, float[] stateCotangent) {
        for (int k = 0; k < columns; k++) {
            stateCotangent[k] += FloatMath.cosine(state[k]) * cotangent[columns + k]
                    - FloatMath.sine(state[k]) * cotangent[k];
            stateCotangent[columns + k] += cotangent[2 * columns + k];
        }
    }
}
