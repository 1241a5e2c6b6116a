package io.ponder.gpu;

import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.PendulumEquations;

/** Steps Pendulum-v1; its twin is {@link io.ponder.engine.classic.PendulumBatch}. */
final class PendulumKernel extends RolloutKernel {
    PendulumKernel(Arrays arrays) {
        super(arrays);
    }

    @Override
    public void run() {
        runPass(getGlobalId());
    }

    @Override
    void step(int row, int sample, int t) {
        float angle = state[0];
        float speed = state[1];
        float torque = clip(action[0], (float) PendulumEquations.MAX_TORQUE);
        float turned = FloatMath.wrapped(angle);
        outcome[0] = PendulumEquations.reward(turned, speed, torque);
        outcome[1] = 1;
        float free = PendulumEquations.freeSpeed(FloatMath.sine(turned), speed, torque);
        float nextSpeed = clip(free, (float) PendulumEquations.MAX_SPEED);
        state[0] = PendulumEquations.nextAngle(angle, nextSpeed);
        state[1] = nextSpeed;
    }
}
