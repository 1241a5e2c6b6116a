package io.ponder.engine.classic;

import java.util.Arrays;

/** Steps blocks of Pendulum-v1. State: angle, angular speed; observation: cosine and sine of the angle, angular speed. */
public final class PendulumBatch implements BatchedTask {
    @Override
    public String name() {
        return "Pendulum-v1";
    }

    @Override
    public int stateSize() {
        return 2;
    }

    @Override
    public int observationSize() {
        return 3;
    }

    @Override
    public int actionSize() {
        return 1;
    }

    @Override
    public int scratchRows() {
        return 4;
    }

    @Override
    public void step(
            float[] state, float[] action, int columns, float[] next, float[] reward, float[] discount, float[][] scratch) {
        float[] speed = scratch[0];
        float[] torque = scratch[1];
        float[] turned = scratch[2];
        float[] nextSpeed = scratch[3];
        Rows.read(state, 1, columns, speed);
        Rows.clip(action, (float) PendulumEquations.MAX_TORQUE, columns, torque);
        for (int k = 0; k < columns; k++) turned[k] = FloatMath.wrapped(state[k]);
        for (int k = 0; k < columns; k++) reward[k] = PendulumEquations.reward(turned[k], speed[k], torque[k]);
        Rows.sine(turned, columns, turned);
        for (int k = 0; k < columns; k++) nextSpeed[k] = PendulumEquations.nextSpeed(turned[k], speed[k], torque[k]);
        for (int k = 0; k < columns; k++) next[k] = PendulumEquations.nextAngle(state[k], nextSpeed[k]);
        Rows.write(nextSpeed, next, 1, columns);
        Arrays.fill(discount, 0, columns, 1);
    }

    @Override
    public void observe(float[] state, int columns, float[] observation) {
        Rows.observeAngle(state, columns, observation, 1, 0);
        System.arraycopy(state, columns, observation, 2 * columns, columns);
    }

    @Override
    public void stateOf(float[] observation, int columns, float[] state) {
        for (int k = 0; k < columns; k++) state[k] = (float) Math.atan2(observation[columns + k], observation[k]);
        System.arraycopy(observation, 2 * columns, state, columns, columns);
    }
}
