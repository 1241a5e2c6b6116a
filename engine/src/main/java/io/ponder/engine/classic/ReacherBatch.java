package io.ponder.engine.classic;

import java.util.Arrays;

/**
 * Steps blocks of an arm of two equal links in a horizontal plane, driven by a torque at each joint, whose tip is to reach a point. State
 * and observation: angle of the first link, angle of the second against the first, their rates, x and y of the point, which stays.
 *
 * <p>Links are uniform rods of mass 1 and length 1/2, with viscous friction in the joints. With {@code M} the mass matrix and {@code c} the
 * Coriolis and centrifugal torques of the double pendulum without gravity, the rates change by {@code M^-1 (torque - c - friction rates)}
 * (semi-implicit Euler, two half steps). The reward is minus the squared distance of the tip from the point after the step, 0.003 times the
 * squared rates and 0.001 times the squared torques.
 *
 * <p>Source: the equations of motion are those of a planar two-link manipulator, for instance Murray, Li and Sastry 1994, section 4.2.3.
 */
public final class ReacherBatch implements BatchedTask {
    /** Seconds of one step. */
    public static final double TIME_STEP = 0.05;
    /** Largest size of a torque. */
    public static final double MAX_TORQUE = 1;
    /** Length of a link. */
    public static final double LENGTH = 0.5;

    private static final int SUBSTEPS = 2;
    private static final float STEP = (float) (TIME_STEP / SUBSTEPS);
    private static final float FRICTION = 0.15f;
    private static final float MAX_RATE = 12;
    private static final float RATE_COST = 0.003f;
    private static final float TORQUE_COST = 0.001f;
    // With m = 1 and l = 1/2: centre of a rod at l/2, its inertia m l^2 / 12.
    private static final float INERTIA = 0.25f / 12;
    private static final float FIRST = 2 * INERTIA + 0.0625f + 0.25f + 0.0625f;
    private static final float COUPLING = 0.125f;
    private static final float SECOND = INERTIA + 0.0625f;

    @Override
    public String name() {
        return "reacher";
    }

    @Override
    public int stateSize() {
        return 6;
    }

    @Override
    public int observationSize() {
        return 6;
    }

    @Override
    public int actionSize() {
        return 2;
    }

    @Override
    public int scratchRows() {
        return 0;
    }

    @Override
    public void step(
            float[] state, float[] action, int columns, float[] next, float[] reward, float[] discount, float[][] scratch) {
        int n = columns;
        for (int k = 0; k < n; k++) {
            float first = state[k];
            float second = state[n + k];
            float firstRate = state[2 * n + k];
            float secondRate = state[3 * n + k];
            float firstTorque = clip(action[k], (float) MAX_TORQUE);
            float secondTorque = clip(action[n + k], (float) MAX_TORQUE);
            for (int s = 0; s < SUBSTEPS; s++) {
                float cosine = COUPLING * FloatMath.cosine(second);
                float sine = COUPLING * FloatMath.sine(second);
                float a = FIRST + 2 * cosine;
                float b = SECOND + cosine;
                float p = firstTorque + sine * secondRate * (2 * firstRate + secondRate) - FRICTION * firstRate;
                float q = secondTorque - sine * firstRate * firstRate - FRICTION * secondRate;
                float determinant = a * SECOND - b * b;
                firstRate = clip(firstRate + STEP * (SECOND * p - b * q) / determinant, MAX_RATE);
                secondRate = clip(secondRate + STEP * (a * q - b * p) / determinant, MAX_RATE);
                first += STEP * firstRate;
                second += STEP * secondRate;
            }
            float dx = tipX(first, second) - state[4 * n + k];
            float dy = tipY(first, second) - state[5 * n + k];
            next[k] = first;
            next[n + k] = second;
            next[2 * n + k] = firstRate;
            next[3 * n + k] = secondRate;
            next[4 * n + k] = state[4 * n + k];
            next[5 * n + k] = state[5 * n + k];
            reward[k] = -(dx * dx + dy * dy + RATE_COST * (firstRate * firstRate + secondRate * secondRate)
                    + TORQUE_COST * (firstTorque * firstTorque + secondTorque * secondTorque));
        }
        Arrays.fill(discount, 0, columns, 1);
    }

    private static float clip(float value, float limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    /** Returns x of the tip. */
    public static float tipX(float first, float second) {
        return (float) LENGTH * (FloatMath.cosine(first) + FloatMath.cosine(first + second));
    }

    /** Returns y of the tip. */
    public static float tipY(float first, float second) {
        return (float) LENGTH * (FloatMath.sine(first) + FloatMath.sine(first + second));
    }

    @Override
    public void observe(float[] state, int columns, float[] observation) {
        System.arraycopy(state, 0, observation, 0, 6 * columns);
    }

    @Override
    public void stateOf(float[] observation, int columns, float[] state) {
        System.arraycopy(observation, 0, state, 0, 6 * columns);
    }
}
