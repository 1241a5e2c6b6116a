package io.ponder.examples.environments;

import io.ponder.engine.classic.CartPoleEquations;
import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.StepResult;

/**
 * Is Gymnasium's CartPole-v1: keep a pole on a cart upright by pushing left (0) or right (1). Every step pays 1; the episode ends where the
 * cart is beyond 2.4 or the pole beyond 12 degrees. State and observation: position, speed, angle, angular speed.
 */
public final class CartPole extends ControlTask {
    private static final double START = 0.05;
    private static final Discrete ACTIONS = new Discrete(2);

    /** Creates the task without a time limit. */
    public CartPole() {
        super("CartPole-v1", 4, observations(), ACTIONS);
    }

    /** Twice the limits of position and angle, as Gymnasium has it; the speeds are free. */
    static Box observations() {
        double free = Double.POSITIVE_INFINITY;
        return Box.symmetric(2 * CartPoleEquations.POSITION_LIMIT, free, 2 * CartPoleEquations.ANGLE_LIMIT, free);
    }

    @Override
    void start(EpisodeRandom starts, double[] state) {
        for (int d = 0; d < 4; d++) state[d] = uniform(starts, -START, START);
    }

    @Override
    void advance(double[] state, float[] action, StepResult out) {
        CartPoleEquations.advance(state, CartPoleEquations.discreteForce(ACTIONS.index(action)));
        out.set(1, CartPoleEquations.terminated(state[0], state[2]));
    }

    @Override
    void observe(double[] state, float[] observation) {
        for (int d = 0; d < 4; d++) observation[d] = (float) state[d];
    }
}
