package io.ponder.examples.environments;

import io.ponder.engine.Checks;
import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.env.Box;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.StepResult;

/**
 * Plays any linear system with a quadratic cost; the reward is that of the state after the step (see {@link LinearQuadratic}). State and
 * observation: x.
 */
public final class LinearQuadraticTask extends ControlTask {
    private final LinearQuadratic system;
    private final double[] start;
    private final double spread;
    private final double[] clipped;
    private final double[] next;

    /**
     * Creates the task without a time limit.
     *
     * @param start  middle of the starts, {@code [n]}. Copied.
     * @param spread every entry of a start is uniform within this distance of the middle, at least 0
     */
    public LinearQuadraticTask(String name, LinearQuadratic system, double[] start, double spread) {
        super(name, system.stateSize(), Box.of(system.stateSize(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                Box.of(system.actionSize(), -system.bound(), system.bound()));
        Checks.same("length of start", start.length, "size of the state", system.stateSize());
        this.system = system;
        this.start = start.clone();
        this.spread = Checks.inRange("spread", spread, 0, Double.MAX_VALUE);
        clipped = new double[system.actionSize()];
        next = new double[system.stateSize()];
    }

    /**
     * Returns the double integrator: a mass at 1 at rest is brought to 0 with a force in [-1, 1], 0.1 s a step. The best return of 50 steps
     * is 1 - 9.0160038956 = -8.0160038956.
     */
    public static LinearQuadraticTask doubleIntegrator() {
        return new LinearQuadraticTask("double-integrator", LinearQuadratic.doubleIntegrator(1), new double[] {1, 0}, 0);
    }

    @Override
    void start(EpisodeRandom starts, double[] state) {
        for (int d = 0; d < state.length; d++) state[d] = uniform(starts, start[d] - spread, start[d] + spread);
    }

    @Override
    void advance(double[] state, float[] action, StepResult out) {
        for (int a = 0; a < clipped.length; a++) clipped[a] = system.clipped(action[a]);
        system.step(state, clipped, next);
        System.arraycopy(next, 0, state, 0, state.length);
        out.set(system.reward(state, clipped), false);
    }

    @Override
    void observe(double[] state, float[] observation) {
        for (int d = 0; d < state.length; d++) observation[d] = (float) state[d];
    }
}
