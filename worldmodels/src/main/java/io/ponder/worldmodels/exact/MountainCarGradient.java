package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.MountainCarEquations;

/**
 * Derivatives of MountainCarContinuous-v0. The 100 at the goal is a jump, whose derivative is 0: a gradient planner sees the cost of the
 * actions only, until a value or a shaped reward shows it the way.
 */
final class MountainCarGradient implements TaskGradient {
    private static final float MIN_POSITION = (float) MountainCarEquations.MIN_POSITION;
    private static final float MAX_POSITION = (float) MountainCarEquations.MAX_POSITION;
    private static final float MAX_SPEED = (float) MountainCarEquations.MAX_SPEED;

    // speed' = speed + 0.0015 a - 0.0025 cos(3 x), reward = ... - 0.1 a^2 of the action as it is.
    private static final float SLOPE = 3 * 0.0025f;
    private static final float POWER = 0.0015f;
    private static final float ACTION_COST = 0.1f;

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
            float position = state[k];
            float thrust = MountainCarEquations.continuousThrust(action[k]);
            float speed = MountainCarEquations.nextSpeed(FloatMath.cosine(3 * position), state[columns + k], thrust);
            float next = MountainCarEquations.nextPosition(position, speed);
            boolean atWall = next == MIN_POSITION && speed < 0;
            boolean moves = position + speed > MIN_POSITION && position + speed < MAX_POSITION;
            float toPosition = moves ? nextCotangent[k] : 0;
            float toSpeed = toPosition + (atWall ? 0 : nextCotangent[columns + k]);
            if (Math.abs(speed) >= MAX_SPEED) toSpeed = 0;
            stateCotangent[k] = toPosition + SLOPE * FloatMath.sine(3 * position) * toSpeed;
            stateCotangent[columns + k] = toSpeed;
            float toThrust = Math.abs(action[k]) <= 1 ? POWER * toSpeed : 0;
            actionCotangent[k] = toThrust - 2 * ACTION_COST * action[k] * rewardCotangent[k];
        }
    }

    @Override
    public void observeBackward(float[] state, int columns, float[] cotangent, float[] stateCotangent) {
        TaskGradient.addIdentity(cotangent, 2 * columns, stateCotangent);
    }
}
