package io.ponder.engine.classic;

import java.util.Arrays;

/**
 * Steps blocks of CartPole-v1, or of the same task with a continuous force of 10 a. State and observation: position, speed, angle,
 * angular speed; every step pays 1.
 */
public final class CartPoleBatch implements BatchedTask {
    private final boolean continuous;

    private CartPoleBatch(boolean continuous) {
        this.continuous = continuous;
    }

    /** Returns CartPole-v1: two actions. */
    public static CartPoleBatch discrete() {
        return new CartPoleBatch(false);
    }

    /** Returns the task with one continuous action in [-1, 1]. */
    public static CartPoleBatch continuous() {
        return new CartPoleBatch(true);
    }

    @Override
    public String name() {
        return continuous ? "cartpole-continuous" : "CartPole-v1";
    }

    @Override
    public int stateSize() {
        return 4;
    }

    @Override
    public int observationSize() {
        return 4;
    }

    @Override
    public int actionSize() {
        return 1;
    }

    @Override
    public int actionCount() {
        return continuous ? 0 : 2;
    }

    @Override
    public int scratchRows() {
        return CartPoleRows.COUNT;
    }

    @Override
    public void step(
            float[] state, float[] action, int columns, float[] next, float[] reward, float[] discount, float[][] scratch) {
        CartPoleRows.read(state, columns, scratch);
        float[] force = scratch[CartPoleRows.FORCE];
        if (continuous) CartPoleRows.continuousForce(action, columns, force);
        else CartPoleRows.discreteForce(action, columns, force);
        CartPoleRows.trigonometry(columns, scratch);
        CartPoleRows.euler(columns, scratch);
        CartPoleRows.write(scratch, columns, next);
        CartPoleRows.discount(columns, scratch, discount);
        Arrays.fill(reward, 0, columns, 1);
    }

    @Override
    public void observe(float[] state, int columns, float[] observation) {
        System.arraycopy(state, 0, observation, 0, 4 * columns);
    }

    @Override
    public void stateOf(float[] observation, int columns, float[] state) {
        System.arraycopy(observation, 0, state, 0, 4 * columns);
    }
}
