package io.ponder.gpu;

import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.MountainCarEquations;

/** Steps the mountain car, with three actions or (shape[0] = 1) a continuous one; its twin is
 * {@link io.ponder.engine.classic.MountainCarBatch}. */
final class MountainCarKernel extends RolloutKernel {
    MountainCarKernel(Arrays arrays) {
        super(arrays);
    }

    @Override
    public void run() {
        runPass(getGlobalId());
    }

    @Override
    void step(int row, int sample, int t) {
        float thrust = MountainCarEquations.discreteThrust(action[0]);
        float goal = (float) MountainCarEquations.GOAL;
        if (shape[0] == 1) {
            thrust = MountainCarEquations.thrustOfClipped(clip(action[0], 1));
            goal = (float) MountainCarEquations.CONTINUOUS_GOAL;
        }
        float free = MountainCarEquations.freeSpeed(FloatMath.cosine(3 * state[0]), state[1], thrust);
        float speed = clip(free, (float) MountainCarEquations.MAX_SPEED);
        float position = max((float) MountainCarEquations.MIN_POSITION,
                min((float) MountainCarEquations.MAX_POSITION, state[0] + speed));
        if (position == (float) MountainCarEquations.MIN_POSITION && speed < 0) speed = 0;
        state[0] = position;
        state[1] = speed;
        float discount = 1;
        if (position >= goal && speed >= 0) discount = 0;
        outcome[1] = discount;
        outcome[0] = -1;
        if (shape[0] == 1) outcome[0] = MountainCarEquations.continuousReward(discount, action[0]);
    }
}
