package io.ponder.examples.environments;

import io.ponder.engine.classic.AcrobotEquations;
import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.StepResult;

/**
 * Is Gymnasium's Acrobot-v1: swing the tip of two links above a line by a torque of -1, 0 or 1 (actions 0, 1, 2) on the middle joint. Every
 * step pays -1, the one that arrives 0. State: both angles, both speeds. Observation: cosine and sine of each angle, both speeds.
 */
public final class Acrobot extends ControlTask {
    private static final double START = 0.1;
    private static final Discrete ACTIONS = new Discrete(3);
    private final double[] work = new double[12];

    /** Creates the task without a time limit. */
    public Acrobot() {
        super("Acrobot-v1", 4, Box.symmetric(1, 1, 1, 1, AcrobotEquations.MAX_SPEED_1, AcrobotEquations.MAX_SPEED_2), ACTIONS);
    }

    @Override
    void start(EpisodeRandom starts, double[] state) {
        for (int d = 0; d < 4; d++) state[d] = uniform(starts, -START, START);
    }

    @Override
    void advance(double[] state, float[] action, StepResult out) {
        AcrobotEquations.advance(state, AcrobotEquations.torque(ACTIONS.index(action)), work);
        boolean terminated = AcrobotEquations.terminated(state[0], state[1]);
        out.set(terminated ? 0 : -1, terminated);
    }

    @Override
    void observe(double[] state, float[] observation) {
        observation[0] = (float) Math.cos(state[0]);
        observation[1] = (float) Math.sin(state[0]);
        observation[2] = (float) Math.cos(state[1]);
        observation[3] = (float) Math.sin(state[1]);
        observation[4] = (float) state[2];
        observation[5] = (float) state[3];
    }
}
