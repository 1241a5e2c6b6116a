package io.ponder.examples.environments;

import io.ponder.engine.classic.CartPoleEquations;
import io.ponder.engine.env.Box;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.StepResult;

/** Is CartPole-v1 with a continuous action in [-1, 1] that pushes with ten times its size; reward, end and start are CartPole's. */
public final class ContinuousCartPole extends ControlTask {
    private static final double START = 0.05;

    /** Creates the task without a time limit. */
    public ContinuousCartPole() {
        super("cartpole-continuous", 4, CartPole.observations(), Box.of(1, -1, 1));
    }

    @Override
    void start(EpisodeRandom starts, double[] state) {
        for (int d = 0; d < 4; d++) state[d] = uniform(starts, -START, START);
    }

    @Override
    void advance(double[] state, float[] action, StepResult out) {
        CartPoleEquations.advance(state, CartPoleEquations.continuousForce((double) action[0]));
        out.set(1, CartPoleEquations.terminated(state[0], state[2]));
    }

    @Override
    void observe(double[] state, float[] observation) {
        for (int d = 0; d < 4; d++) observation[d] = (float) state[d];
    }
}
