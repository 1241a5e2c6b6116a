package io.ponder.engine.env;

import io.ponder.engine.Checks;
import org.jspecify.annotations.Nullable;

/**
 * Wraps an environment and marks its episodes as truncated after a number of steps.
 *
 * <p>{@code reset} and {@code writeState} start the count anew; the state itself is that of the wrapped environment and does not hold
 * the count. A step that terminates on the last allowed step is both terminated and truncated, as in Gymnasium.
 */
public final class TimeLimit implements Environment {
    private final Environment inner;
    private final int maxSteps;
    private int elapsed;

    /** Limits the episodes of {@code inner} to {@code maxSteps} steps, at least 1. */
    public TimeLimit(Environment inner, int maxSteps) {
        this.inner = inner;
        this.maxSteps = Checks.positive("maxSteps", maxSteps);
    }

    /** Returns the largest number of steps of an episode. */
    public int maxSteps() {
        return maxSteps;
    }

    /** Returns the steps since the start of the episode. */
    public int elapsedSteps() {
        return elapsed;
    }

    /** Returns the environment without the limit. */
    public Environment inner() {
        return inner;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Space observationSpace() {
        return inner.observationSpace();
    }

    @Override
    public Space actionSpace() {
        return inner.actionSpace();
    }

    @Override
    public StepResult reset(long seed) {
        elapsed = 0;
        return inner.reset(seed);
    }

    @Override
    public StepResult reset() {
        elapsed = 0;
        return inner.reset();
    }

    @Override
    public StepResult step(float[] action) {
        StepResult result = inner.step(action);
        elapsed++;
        return elapsed >= maxSteps ? result.truncate() : result;
    }

    @Override
    public int stateSize() {
        return inner.stateSize();
    }

    @Override
    public void readState(double[] state) {
        inner.readState(state);
    }

    @Override
    public StepResult writeState(double[] state) {
        elapsed = 0;
        return inner.writeState(state);
    }

    @Override
    public boolean stochastic() {
        return inner.stochastic();
    }

    @Override
    public <T> @Nullable T as(Class<T> contract) {
        return contract.isInstance(this) ? contract.cast(this) : inner.as(contract);
    }
}
