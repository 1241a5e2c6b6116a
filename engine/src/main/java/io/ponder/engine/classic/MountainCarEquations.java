package io.ponder.engine.classic;

/**
 * States Gymnasium's MountainCar-v0 and MountainCarContinuous-v0 (Moore 1990): a weak car in a valley. The speed is clipped, moves the
 * car, the position is clipped, and the left wall takes the speed away.
 */
public final class MountainCarEquations {
    /** Position of the left wall. */
    public static final double MIN_POSITION = -1.2;
    /** Rightmost position. */
    public static final double MAX_POSITION = 0.6;
    /** Largest size of the speed. */
    public static final double MAX_SPEED = 0.07;
    /** Position of the goal of MountainCar-v0. */
    public static final double GOAL = 0.5;
    /** Position of the goal of MountainCarContinuous-v0. */
    public static final double CONTINUOUS_GOAL = 0.45;

    private static final double GRAVITY = 0.0025;
    private static final double FORCE = 0.001;
    private static final double POWER = 0.0015;
    private static final double ACTION_COST = 0.1;
    private static final double GOAL_REWARD = 100;

    private MountainCarEquations() {}

    /** Returns the acceleration by MountainCar-v0's action: 0 left, 1 none, 2 right. */
    public static double discreteThrust(double action) {
        return (action - 1) * FORCE;
    }

    /** Returns the acceleration by MountainCar-v0's action in float. */
    public static float discreteThrust(float action) {
        return (action - 1) * (float) FORCE;
    }

    /** Returns the acceleration by a continuous action, which is clipped to [-1, 1]. */
    public static double continuousThrust(double action) {
        return Math.max(-1, Math.min(1, action)) * POWER;
    }

    /** Returns the acceleration by a continuous action in float. */
    public static float continuousThrust(float action) {
        return thrustOfClipped(Math.max(-1f, Math.min(1f, action)));
    }

    /** Returns the acceleration by a continuous action in [-1, 1] in float. */
    public static float thrustOfClipped(float clipped) {
        return clipped * (float) POWER;
    }

    /** Returns the speed after gravity and thrust, before the wall; {@code cosine} is that of three times the position. */
    public static double nextSpeed(double cosine, double speed, double thrust) {
        return Math.max(-MAX_SPEED, Math.min(MAX_SPEED, speed + thrust - GRAVITY * cosine));
    }

    /** Returns the speed after gravity and thrust in float. */
    public static float nextSpeed(float cosine, float speed, float thrust) {
        return Math.max((float) -MAX_SPEED, Math.min((float) MAX_SPEED, freeSpeed(cosine, speed, thrust)));
    }

    /** Returns the speed after gravity and thrust, not yet within its limits, in float. */
    public static float freeSpeed(float cosine, float speed, float thrust) {
        return speed + thrust - (float) GRAVITY * cosine;
    }

    /** Returns the position after the step. */
    public static double nextPosition(double position, double nextSpeed) {
        return Math.max(MIN_POSITION, Math.min(MAX_POSITION, position + nextSpeed));
    }

    /** Returns the position after the step in float. */
    public static float nextPosition(float position, float nextSpeed) {
        return Math.max((float) MIN_POSITION, Math.min((float) MAX_POSITION, position + nextSpeed));
    }

    /** Returns the speed after the wall: 0 for a car that drives into it. */
    public static double speedAtWall(double nextPosition, double nextSpeed) {
        return nextPosition == MIN_POSITION && nextSpeed < 0 ? 0 : nextSpeed;
    }

    /** Returns the speed after the wall in float. */
    public static float speedAtWall(float nextPosition, float nextSpeed) {
        return nextPosition == (float) MIN_POSITION && nextSpeed < 0 ? 0 : nextSpeed;
    }

    /** Steps a state {@code (position, speed)} in place. */
    public static void advance(double[] state, double thrust) {
        double speed = nextSpeed(Math.cos(3 * state[0]), state[1], thrust);
        state[0] = nextPosition(state[0], speed);
        state[1] = speedAtWall(state[0], speed);
    }

    /** Tells whether a car has arrived: at the goal or beyond it, and not rolling back. */
    public static boolean arrived(double position, double speed, double goal) {
        return position >= goal && speed >= 0;
    }

    /** Returns 0 where a car has arrived, else 1, in float. */
    public static float discount(float position, float speed, float goal) {
        return position >= goal && speed >= 0 ? 0 : 1;
    }

    /** Returns the reward of MountainCarContinuous-v0. The action is <b>not</b> clipped in its cost, as in Gymnasium. */
    public static double continuousReward(boolean arrived, double action) {
        return (arrived ? GOAL_REWARD : 0) - ACTION_COST * (action * action);
    }

    /** Returns the reward of MountainCarContinuous-v0 in float; {@code discount} is 0 where the car has arrived. */
    public static float continuousReward(float discount, float action) {
        return (1 - discount) * (float) GOAL_REWARD - (float) ACTION_COST * (action * action);
    }
}
