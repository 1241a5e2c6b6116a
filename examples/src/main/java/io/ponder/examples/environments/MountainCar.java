package io.ponder.examples.environments;

import io.ponder.engine.classic.MountainCarEquations;
import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.StepResult;

/**
 * Is Gymnasium's MountainCar-v0: drive a weak car out of a valley by pushing left (0), not at all (1) or right (2). Every step pays -1.
 * State and observation: position, speed.
 */
public final class MountainCar extends ControlTask {
    private static final Discrete ACTIONS = new Discrete(3);

    /** Creates the task without a time limit. */
    public MountainCar() {
        super("MountainCar-v0", 2, observations(), ACTIONS);
    }

    static Box observations() {
        return new Box(
                new float[] {(float) MountainCarEquations.MIN_POSITION, (float) -MountainCarEquations.MAX_SPEED},
                new float[] {(float) MountainCarEquations.MAX_POSITION, (float) MountainCarEquations.MAX_SPEED});
    }

    static void startInTheValley(EpisodeRandom starts, double[] state) {
        state[0] = uniform(starts, -0.6, -0.4);
        state[1] = 0;
    }

    @Override
    void start(EpisodeRandom starts, double[] state) {
        startInTheValley(starts, state);
    }

    @Override
    void advance(double[] state, float[] action, StepResult out) {
        MountainCarEquations.advance(state, MountainCarEquations.discreteThrust((double) ACTIONS.index(action)));
        out.set(-1, MountainCarEquations.arrived(state[0], state[1], MountainCarEquations.GOAL));
    }

    @Override
    void observe(double[] state, float[] observation) {
        observation[0] = (float) state[0];
        observation[1] = (float) state[1];
    }
}
