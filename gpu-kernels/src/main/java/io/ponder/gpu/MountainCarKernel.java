package io.ponder.gpu;

import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.MountainCarEquations;

/** Steps the mountain car, with three actions or (shape[0] = 1) a continuous one; its twin is
 * {@link io.ponder.engine.classic.MountainCarBatch}. */
final class MountainCarKernel extends RolloutKernel {
    private static final int POSITION = ACTION + GROUP;
    private static final int SPEED = POSITION + GROUP;

    MountainCarKernel(Arrays arrays) {
        super(arrays, 3);
    }

    @Override
    public void run() {
        runPass(getGroupId());
    }

    @Override
    void step(int row, int first, int count, int t) {
        int continuous = shape[0];
        float goal = (float) MountainCarEquations.GOAL;
        if (continuous == 1) goal = (float) MountainCarEquations.CONTINUOUS_GOAL;
        for (int i = getLocalId(); i < count; i += items()) {
            float action = lane[ACTION + i];
            float thrust = MountainCarEquations.discreteThrust(action);
            if (continuous == 1) thrust = MountainCarEquations.thrustOfClipped(clip(action, 1));
            float before = lane[POSITION + i];
            float free = MountainCarEquations.freeSpeed(FloatMath.cosine(3 * before), lane[SPEED + i], thrust);
            float speed = clip(free, (float) MountainCarEquations.MAX_SPEED);
            float position = max((float) MountainCarEquations.MIN_POSITION,
                    min((float) MountainCarEquations.MAX_POSITION, before + speed));
            if (position == (float) MountainCarEquations.MIN_POSITION && speed < 0) speed = 0;
            float discount = 1;
            if (position >= goal && speed >= 0) discount = 0;
            float reward = -1;
            if (continuous == 1) reward = MountainCarEquations.continuousReward(discount, action);
            lane[POSITION + i] = position;
            lane[SPEED + i] = speed;
            lane[DISCOUNT + i] = discount;
            lane[REWARD + i] = reward;
        }
    }
}
