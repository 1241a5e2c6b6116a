package io.ponder.examples.environments;

import io.ponder.engine.classic.MountainCarEquations;
import io.ponder.engine.env.Box;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.StepResult;

/**
 * Is Gymnasium's MountainCarContinuous-v0: drive a weak car out of a valley with a force in [-1, 1]. The goal pays 100, every step costs
 * 0.1 times the squared action, which is <b>not</b> clipped in its cost. State and observation: position, speed.
 */
public final class ContinuousMountainCar extends ControlTask {
    /** Creates the task without a time limit. */
    public ContinuousMountainCar() {
        super("MountainCarContinuous-v0", 2, MountainCar.observations(), Box.of(1, -1, 1));
    }

    @Override
    void start(EpisodeRandom starts, double[] state) {
        MountainCar.startInTheValley(starts, state);
    }

    @Override
    void advance(double[] state, float[] action, StepResult out) {
        MountainCarEquations.advance(state, MountainCarEquations.continuousThrust((double) action[0]));
        boolean arrived = MountainCarEquations.arrived(state[0], state[1], MountainCarEquations.CONTINUOUS_GOAL);
        out.set(MountainCarEquations.continuousReward(arrived, (double) action[0]), arrived);
    }

    @Override
    void observe(double[] state, float[] observation) {
        observation[0] = (float) state[0];
        observation[1] = (float) state[1];
    }
}
