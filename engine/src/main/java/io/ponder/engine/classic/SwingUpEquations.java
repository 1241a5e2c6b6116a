package io.ponder.engine.classic;

/**
 * States the cart-pole swing-up of PETS (Chua, Calandra, McAllister and Levine 2018) on CartPole's equations: the pole starts hanging,
 * nothing ends the episode, one action in [-1, 1] lasts two Euler steps of 0.02 s.
 *
 * <p>The reward counts once an action, at the state <b>after</b> it: exp(-|tip - (0, 0.6)|^2 / 0.6^2) - 0.01 a^2 with the tip of the pole
 * at (x + 0.6 sin angle, 0.6 cos angle). So an upright pole in the middle earns 1 a step.
 */
public final class SwingUpEquations {
    /** Euler steps that one action lasts. */
    public static final int STEPS_PER_ACTION = 2;

    private static final double POLE_LENGTH = 0.6;
    private static final double ACTION_COST = 0.01;
    private static final double INVERSE_SQUARE = 1 / (POLE_LENGTH * POLE_LENGTH);

    private SwingUpEquations() {}

    /** Steps a state {@code (x, x speed, angle, angular speed)} by one action in place. */
    public static void advance(double[] state, double action) {
        advance(state, Math.sin(state[2]), Math.cos(state[2]), action);
    }

    /** Steps a state by one action in place; {@code sine} and {@code cosine} are those of its angle. */
    public static void advance(double[] state, double sine, double cosine, double action) {
        double force = CartPoleEquations.continuousForce(action);
        CartPoleEquations.advance(state, sine, cosine, force);
        for (int i = 1; i < STEPS_PER_ACTION; i++) CartPoleEquations.advance(state, force);
    }

    /** Returns the reward of arriving at a state with an action, which is clipped to [-1, 1]. */
    public static double reward(double position, double sine, double cosine, double action) {
        return Math.exp(exponent(position, sine, cosine)) - actionCost(action);
    }

    /** Returns the reward in float. */
    public static float reward(float position, float sine, float cosine, float action) {
        return FloatMath.decay(exponent(position, sine, cosine)) - actionCost(action);
    }

    /** Returns the logarithm of what the position of the tip earns, at most 0. */
    public static double exponent(double position, double sine, double cosine) {
        double across = position + POLE_LENGTH * sine;
        double below = POLE_LENGTH * cosine - POLE_LENGTH;
        return -(across * across + below * below) * INVERSE_SQUARE;
    }

    /** Returns the logarithm of what the position of the tip earns in float. */
    public static float exponent(float position, float sine, float cosine) {
        float across = position + (float) POLE_LENGTH * sine;
        float below = (float) POLE_LENGTH * cosine - (float) POLE_LENGTH;
        return -(across * across + below * below) * (float) INVERSE_SQUARE;
    }

    /** Returns what an action costs, which is clipped to [-1, 1]. */
    public static double actionCost(double action) {
        double clipped = Math.max(-1, Math.min(1, action));
        return ACTION_COST * clipped * clipped;
    }

    /** Returns what an action costs in float. */
    public static float actionCost(float action) {
        return costOfClipped(Math.max(-1f, Math.min(1f, action)));
    }

    /** Returns what an action in [-1, 1] costs in float. */
    public static float costOfClipped(float clipped) {
        return (float) ACTION_COST * clipped * clipped;
    }
}
