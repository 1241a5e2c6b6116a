package io.ponder.examples.environments;

import io.ponder.engine.env.Environment;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.StepResult;

/**
 * Keeps what all control tasks share: the state in double precision, the random numbers of the starts, and whether the episode is over.
 * A task adds its start, its step and its observation.
 */
abstract class ControlTask implements Environment {
    private final String name;
    private final Space observationSpace;
    private final Space actionSpace;
    private final double[] state;
    private final StepResult result;
    private final EpisodeRandom random = new EpisodeRandom();
    private boolean running;

    ControlTask(String name, int stateSize, Space observationSpace, Space actionSpace) {
        this.name = name;
        this.observationSpace = observationSpace;
        this.actionSpace = actionSpace;
        state = new double[stateSize];
        result = new StepResult(observationSpace.size());
    }

    /** Draws the state in which an episode starts. */
    abstract void start(EpisodeRandom starts, double[] newState);

    /** Steps the state in place and sets reward and termination. */
    abstract void advance(double[] current, float[] action, StepResult out);

    /** Writes what is observed in a state. */
    abstract void observe(double[] current, float[] observation);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Space observationSpace() {
        return observationSpace;
    }

    @Override
    public final Space actionSpace() {
        return actionSpace;
    }

    @Override
    public final StepResult reset(long seed) {
        random.seed(seed);
        return reset();
    }

    @Override
    public final StepResult reset() {
        start(random, state);
        return begin();
    }

    private StepResult begin() {
        running = true;
        observe(state, result.start().observation());
        return result;
    }

    @Override
    public final StepResult step(float[] action) {
        if (!running) throw new IllegalStateException("The episode of " + name + " is over.\nMaybe call reset() first.");
        if (action.length != actionSpace.size()) throw wrongLength(action);
        advance(state, action, result);
        running = !result.terminated();
        observe(state, result.observation());
        return result;
    }

    private IllegalArgumentException wrongLength(float[] action) {
        return new IllegalArgumentException(
                "action has " + action.length + " entries, but " + name + " needs " + actionSpace.size() + ".");
    }

    @Override
    public final int stateSize() {
        return state.length;
    }

    @Override
    public final void readState(double[] out) {
        System.arraycopy(state, 0, out, 0, state.length);
    }

    @Override
    public final StepResult writeState(double[] newState) {
        System.arraycopy(newState, 0, state, 0, state.length);
        return begin();
    }

    static double uniform(EpisodeRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
