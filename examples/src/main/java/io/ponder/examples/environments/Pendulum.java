package io.ponder.examples.environments;

import io.ponder.engine.classic.PendulumEquations;
import io.ponder.engine.env.Box;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.StepResult;

/**
 * Is Gymnasium's Pendulum-v1: swing a pendulum up and hold it with a torque in [-2, 2] that is too weak to lift it at once. State: angle (0 is
 * up, never wrapped), angular speed. Observation: cosine and sine of the angle, angular speed.
 */
public final class Pendulum extends ControlTask {
    private final RememberedAngle angle = new RememberedAngle();

    /** Creates the task without a time limit. */
    public Pendulum() {
        super("Pendulum-v1", 2, Box.symmetric(1, 1, PendulumEquations.MAX_SPEED),
                Box.of(1, -PendulumEquations.MAX_TORQUE, PendulumEquations.MAX_TORQUE));
    }

    @Override
    void start(EpisodeRandom starts, double[] state) {
        state[0] = uniform(starts, -Math.PI, Math.PI);
        state[1] = uniform(starts, -1, 1);
    }

    @Override
    void advance(double[] state, float[] action, StepResult out) {
        double torque = PendulumEquations.torque((double) action[0]);
        out.set(PendulumEquations.reward(state[0], state[1], torque), false);
        PendulumEquations.advance(state, angle.turnTo(state[0]).sine(), torque);
    }

    @Override
    void observe(double[] state, float[] observation) {
        angle.turnTo(state[0]);
        observation[0] = (float) angle.cosine();
        observation[1] = (float) angle.sine();
        observation[2] = (float) state[1];
    }
}
