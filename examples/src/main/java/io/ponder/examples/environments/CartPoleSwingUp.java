package io.ponder.examples.environments;

import io.ponder.engine.classic.SwingUpEquations;
import io.ponder.engine.env.Box;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.StepResult;

/**
 * Is the cart-pole swing-up with PETS's reward: the pole starts hanging, the cart must swing it up and hold it in the middle. One action in
 * [-1, 1] lasts 0.04 s; a perfect step pays 1, nothing ends the episode.
 *
 * <p>State: position, speed, angle (0 is up), angular speed. Observation: position, sine and cosine of the angle, speed, angular speed; the
 * raw angle is never observed.
 */
public final class CartPoleSwingUp extends ControlTask {
    private static final double START_DEVIATION = 0.01;

    private final RememberedAngle angle = new RememberedAngle();

    /** Creates the task without a time limit. */
    public CartPoleSwingUp() {
        super("cartpole-swingup", 4, observations(), Box.of(1, -1, 1));
    }

    private static Box observations() {
        double free = Double.POSITIVE_INFINITY;
        return Box.symmetric(free, 1, 1, free, free);
    }

    /** Every entry is normal around the hanging pole at rest, with a deviation of 0.01. */
    @Override
    void start(EpisodeRandom starts, double[] state) {
        for (int d = 0; d < 4; d++) state[d] = START_DEVIATION * starts.nextGaussian();
        state[2] += Math.PI;
    }

    @Override
    void advance(double[] state, float[] action, StepResult out) {
        angle.turnTo(state[2]);
        SwingUpEquations.advance(state, angle.sine(), angle.cosine(), action[0]);
        angle.turnTo(state[2]);
        out.set(SwingUpEquations.reward(state[0], angle.sine(), angle.cosine(), (double) action[0]), false);
    }

    @Override
    void observe(double[] state, float[] observation) {
        angle.turnTo(state[2]);
        observation[0] = (float) state[0];
        observation[1] = (float) angle.sine();
        observation[2] = (float) angle.cosine();
        observation[3] = (float) state[1];
        observation[4] = (float) state[3];
    }
}
