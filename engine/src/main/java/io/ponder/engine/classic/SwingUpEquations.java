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
        double force = CartPoleEquations.continuousForce(action);
        for (int i = 0; i < STEPS_PER_ACTION; i++) CartPoleEquations.advance(state, force);
    }

    /** Returns the reward of arriving at a state with an action, which is clipped to [-1, 1]. */
    public static double reward(double position, double sine, double cosine, double action) {
        double clipped = Math.max(-1, Math.min(1, action));
        return Math.exp(-squaredDistance(position, sine, cosine) * INVERSE_SQUARE) - ACTION_COST * clipped * clipped;
    }

    /** Returns the reward in float. */
    public static float reward(float position, float sine, float cosine, float action) {
        float clipped = Math.max(-1f, Math.min(1f, action));
        return FloatMath.decay(-squaredDistance(position, sine, cosine) * (float) INVERSE_SQUARE)
                - (float) ACTION_COST * clipped * clipped;
    }

    private static double squaredDistance(double position, double sine, double cosine) {
        double across = position + POLE_LENGTH * sine;
        double below = POLE_LENGTH * cosine - POLE_LENGTH;
        return across * across + below * below;
    }

    private static float squaredDistance(float position, float sine, float cosine) {
        float across = position + (float) POLE_LENGTH * sine;
        float below = (float) POLE_LENGTH * cosine - (float) POLE_LENGTH;
        return across * across + below * below;
    }
}
