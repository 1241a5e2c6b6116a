package io.ponder.engine.classic;

import java.util.Arrays;

/**
 * Steps blocks of the cart-pole swing-up. State: position, speed, angle, angular speed; observation: position, sine and cosine of the
 * angle, speed, angular speed.
 */
public final class SwingUpBatch implements BatchedTask {
    @Override
    public String name() {
        return "cartpole-swingup";
    }

    @Override
    public int stateSize() {
        return 4;
    }

    @Override
    public int observationSize() {
        return 5;
    }

    @Override
    public int actionSize() {
        return 1;
    }

    @Override
    public int scratchRows() {
        return CartPoleRows.COUNT;
    }

    @Override
    public void step(
            float[] state, float[] action, int columns, float[] next, float[] reward, float[] discount, float[][] scratch) {
        CartPoleRows.read(state, columns, scratch);
        CartPoleRows.continuousForce(action, columns, scratch[CartPoleRows.FORCE]);
        CartPoleRows.trigonometry(columns, scratch);
        for (int i = 0; i < SwingUpEquations.STEPS_PER_ACTION; i++) {
            CartPoleRows.euler(columns, scratch);
            CartPoleRows.trigonometry(columns, scratch);
        }
        float[] position = scratch[CartPoleRows.POSITION];
        float[] sine = scratch[CartPoleRows.SINE];
        float[] cosine = scratch[CartPoleRows.COSINE];
        // Three passes: in one, the loop body is too long for the JIT to vectorise (35 instead of 2 ns a sample).
        for (int k = 0; k < columns; k++) reward[k] = SwingUpEquations.exponent(position[k], sine[k], cosine[k]);
        for (int k = 0; k < columns; k++) reward[k] = FloatMath.decay(reward[k]);
        for (int k = 0; k < columns; k++) reward[k] -= SwingUpEquations.actionCost(action[k]);
        CartPoleRows.write(scratch, columns, next);
        Arrays.fill(discount, 0, columns, 1);
    }

    @Override
    public void observe(float[] state, int columns, float[] observation) {
        System.arraycopy(state, 0, observation, 0, columns);
        for (int k = 0; k < columns; k++) observation[columns + k] = FloatMath.sine(state[2 * columns + k]);
        for (int k = 0; k < columns; k++) observation[2 * columns + k] = FloatMath.cosine(state[2 * columns + k]);
        System.arraycopy(state, columns, observation, 3 * columns, columns);
        System.arraycopy(state, 3 * columns, observation, 4 * columns, columns);
    }

    @Override
    public void stateOf(float[] observation, int columns, float[] state) {
        System.arraycopy(observation, 0, state, 0, columns);
        System.arraycopy(observation, 3 * columns, state, columns, columns);
        for (int k = 0; k < columns; k++) {
            state[2 * columns + k] = (float) Math.atan2(observation[columns + k], observation[2 * columns + k]);
        }
        System.arraycopy(observation, 4 * columns, state, 3 * columns, columns);
    }
}
