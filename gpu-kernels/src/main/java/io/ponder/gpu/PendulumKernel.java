package io.ponder.gpu;

import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.PendulumEquations;

/** Steps Pendulum-v1; its twin is {@link io.ponder.engine.classic.PendulumBatch}. */
final class PendulumKernel extends RolloutKernel {
    private static final int POSITION = ACTION + GROUP;
    private static final int SPEED = POSITION + GROUP;

    PendulumKernel(Arrays arrays) {
        super(arrays, 3);
    }

    @Override
    public void run() {
        runPass(getGroupId());
    }

    @Override
    void step(int row, int first, int count, int t) {
        for (int i = getLocalId(); i < count; i += items()) {
            float angle = lane[POSITION + i];
            float speed = lane[SPEED + i];
            float torque = clip(lane[ACTION + i], (float) PendulumEquations.MAX_TORQUE);
            float turned = FloatMath.wrapped(angle);
            lane[REWARD + i] = PendulumEquations.reward(turned, speed, torque);
            lane[DISCOUNT + i] = 1;
            float free = PendulumEquations.freeSpeed(FloatMath.sine(turned), speed, torque);
            float nextSpeed = clip(free, (float) PendulumEquations.MAX_SPEED);
            lane[POSITION + i] = PendulumEquations.nextAngle(angle, nextSpeed);
            lane[SPEED + i] = nextSpeed;
        }
    }
}
