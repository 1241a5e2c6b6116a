package io.ponder.engine.classic;

/**
 * States the cart with a pole (Barto, Sutton and Anderson 1983; Florian 2007 without friction) as Gymnasium's CartPole-v1 has it: angle
 * 0 is up, a positive angle leans to positive x, one explicit Euler step of 0.02 s with the <b>old</b> speeds.
 *
 * <p>{@link #push} is the common term (F + m l w^2 sin) / M; then the pole's and the cart's accelerations follow.
 */
public final class CartPoleEquations {
    /** Seconds of one Euler step. */
    public static final double TIME_STEP = 0.02;
    /** Newtons of the largest force. */
    public static final double MAX_FORCE = 10;
    /** The episode of CartPole ends where the cart is further out than this. */
    public static final double POSITION_LIMIT = 2.4;
    /** The episode of CartPole ends where the pole leans further than this: 12 degrees. */
    public static final double ANGLE_LIMIT = 12 * 2 * Math.PI / 360;

    private static final double GRAVITY = 9.8;
    private static final double POLE_MASS = 0.1;
    private static final double TOTAL_MASS = 1 + POLE_MASS;
    private static final double HALF_LENGTH = 0.5;
    private static final double POLE_MASS_LENGTH = POLE_MASS * HALF_LENGTH;

    private CartPoleEquations() {}

    /** Returns the force of CartPole-v1's action: 0 pushes to the left, 1 to the right. */
    public static double discreteForce(int action) {
        return action == 1 ? MAX_FORCE : -MAX_FORCE;
    }

    /** Returns the force of an index, 0 or 1, in float. */
    public static float discreteForce(float action) {
        return (float) (2 * MAX_FORCE) * action - (float) MAX_FORCE;
    }

    /** Returns the force of a continuous action, which is clipped to [-1, 1]. */
    public static double continuousForce(double action) {
        return MAX_FORCE * Math.max(-1, Math.min(1, action));
    }

    /** Returns the force of a continuous action in float. */
    public static float continuousForce(float action) {
        return (float) MAX_FORCE * Math.max(-1f, Math.min(1f, action));
    }

    /** Returns the acceleration that force and swinging pole would give the whole mass. */
    public static double push(double sine, double poleSpeed, double force) {
        return (force + POLE_MASS_LENGTH * (poleSpeed * poleSpeed) * sine) / TOTAL_MASS;
    }

    /** Returns the push in float. */
    public static float push(float sine, float poleSpeed, float force) {
        return (force + (float) POLE_MASS_LENGTH * (poleSpeed * poleSpeed) * sine) * (float) (1 / TOTAL_MASS);
    }

    /** Returns the angular acceleration of the pole. */
    public static double poleAcceleration(double sine, double cosine, double push) {
        return (GRAVITY * sine - cosine * push) / (HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * (cosine * cosine) / TOTAL_MASS));
    }

    /** Returns the angular acceleration of the pole in float. */
    public static float poleAcceleration(float sine, float cosine, float push) {
        return ((float) GRAVITY * sine - cosine * push)
                / ((float) (HALF_LENGTH * 4 / 3) - (float) (HALF_LENGTH * POLE_MASS / TOTAL_MASS) * (cosine * cosine));
    }

    /** Returns the acceleration of the cart. */
    public static double cartAcceleration(double cosine, double push, double poleAcceleration) {
        return push - POLE_MASS_LENGTH * poleAcceleration * cosine / TOTAL_MASS;
    }

    /** Returns the acceleration of the cart in float. */
    public static float cartAcceleration(float cosine, float push, float poleAcceleration) {
        return push - (float) (POLE_MASS_LENGTH / TOTAL_MASS) * poleAcceleration * cosine;
    }

    /** Makes one Euler step of a state {@code (x, x speed, angle, angular speed)} in place. */
    public static void advance(double[] state, double force) {
        advance(state, Math.sin(state[2]), Math.cos(state[2]), force);
    }

    /** Makes one Euler step of a state in place; {@code sine} and {@code cosine} are those of its angle. */
    public static void advance(double[] state, double sine, double cosine, double force) {
        double push = push(sine, state[3], force);
        double poleAcceleration = poleAcceleration(sine, cosine, push);
        double cartAcceleration = cartAcceleration(cosine, push, poleAcceleration);
        state[0] += TIME_STEP * state[1];
        state[1] += TIME_STEP * cartAcceleration;
        state[2] += TIME_STEP * state[3];
        state[3] += TIME_STEP * poleAcceleration;
    }

    /** Tells whether CartPole's episode ends in a state: strictly beyond a limit. */
    public static boolean terminated(double position, double angle) {
        return position < -POSITION_LIMIT || position > POSITION_LIMIT || angle < -ANGLE_LIMIT || angle > ANGLE_LIMIT;
    }

    /** Returns 0 where CartPole's episode ends in a state, else 1, in float. */
    public static float discount(float position, float angle) {
        return FloatMath.withinLimit(
                Math.max(Math.abs(position) - (float) POSITION_LIMIT, Math.abs(angle) - (float) ANGLE_LIMIT));
    }
}
