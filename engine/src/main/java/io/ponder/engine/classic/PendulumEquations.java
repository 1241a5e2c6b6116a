package io.ponder.engine.classic;

/**
 * States Gymnasium's Pendulum-v1: angle 0 is up, the torque is limited, the cost is that of the state <b>before</b> the step.
 *
 * <p>speed' = clip(speed + (15 sin angle + 3 torque) 0.05), angle' = angle + 0.05 speed'; the angle is wrapped in the cost only.
 */
public final class PendulumEquations {
    /** Seconds of one step. */
    public static final double TIME_STEP = 0.05;
    /** Largest size of the torque. */
    public static final double MAX_TORQUE = 2;
    /** Largest size of the angular speed, radians a second. */
    public static final double MAX_SPEED = 8;

    // 3 g / (2 l) and 3 / (m l^2) with g = 10, m = l = 1.
    private static final double GRAVITY_FACTOR = 15;
    private static final double TORQUE_FACTOR = 3;
    private static final double SPEED_COST = 0.1;
    private static final double TORQUE_COST = 0.001;
    private static final double TWO_PI = 2 * Math.PI;

    private PendulumEquations() {}

    /** Returns the torque that acts: the action within its limits. */
    public static double torque(double action) {
        return Math.max(-MAX_TORQUE, Math.min(MAX_TORQUE, action));
    }

    /** Returns the torque that acts, in float. */
    public static float torque(float action) {
        return Math.max((float) -MAX_TORQUE, Math.min((float) MAX_TORQUE, action));
    }

    /** Returns the angular speed after the step. */
    public static double nextSpeed(double sine, double speed, double torque) {
        double free = speed + (GRAVITY_FACTOR * sine + TORQUE_FACTOR * torque) * TIME_STEP;
        return Math.max(-MAX_SPEED, Math.min(MAX_SPEED, free));
    }

    /** Returns the angular speed after the step, in float. */
    public static float nextSpeed(float sine, float speed, float torque) {
        return Math.max((float) -MAX_SPEED, Math.min((float) MAX_SPEED, freeSpeed(sine, speed, torque)));
    }

    /** Returns the angular speed after the step, not yet within its limits, in float. */
    public static float freeSpeed(float sine, float speed, float torque) {
        return speed + ((float) GRAVITY_FACTOR * sine + (float) TORQUE_FACTOR * torque) * (float) TIME_STEP;
    }

    /** Returns the angle after the step; it is not wrapped. */
    public static double nextAngle(double angle, double nextSpeed) {
        return angle + nextSpeed * TIME_STEP;
    }

    /** Returns the angle after the step, in float. */
    public static float nextAngle(float angle, float nextSpeed) {
        return angle + nextSpeed * (float) TIME_STEP;
    }

    /** Returns the reward of acting with {@code torque} in a state: minus the squares of wrapped angle, speed and torque, weighted. */
    public static double reward(double angle, double speed, double torque) {
        double wrapped = wrapped(angle);
        return -(wrapped * wrapped + SPEED_COST * (speed * speed) + TORQUE_COST * (torque * torque));
    }

    /** Returns the reward in float; {@code wrappedAngle} is already in [-pi, pi]. */
    public static float reward(float wrappedAngle, float speed, float torque) {
        return -(wrappedAngle * wrappedAngle + (float) SPEED_COST * (speed * speed) + (float) TORQUE_COST * (torque * torque));
    }

    /** Steps a state {@code (angle, speed)} in place. The reward is that of the state before: {@link #reward}. */
    public static void advance(double[] state, double torque) {
        advance(state, Math.sin(state[0]), torque);
    }

    /** Steps a state in place; {@code sine} is that of its angle. */
    public static void advance(double[] state, double sine, double torque) {
        double speed = nextSpeed(sine, state[1], torque);
        state[0] = nextAngle(state[0], speed);
        state[1] = speed;
    }

    /** Returns the angle moved by whole turns into [-pi, pi). */
    public static double wrapped(double angle) {
        double shifted = angle + Math.PI;
        return shifted - TWO_PI * Math.floor(shifted / TWO_PI) - Math.PI;
    }
}
