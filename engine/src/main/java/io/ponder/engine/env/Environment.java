package io.ponder.engine.env;

import org.jspecify.annotations.Nullable;

/**
 * Is a task to act in: Gymnasium's contract, with a state that can be read and set.
 *
 * <pre>{@code
 * StepResult result = environment.reset(7);
 * while (!result.done()) result = environment.step(policy(result.observation()));
 * }</pre>
 *
 * <p>All methods that answer with a {@link StepResult} answer with the one that the environment owns: it is valid until the next call
 * and none of them allocates once warm. After a terminated step, {@code step} throws until {@code reset} or {@code writeState} is
 * called. One instance serves one thread at a time.
 */
public interface Environment {
    /** Returns the name, for Gymnasium's tasks their id. */
    String name();

    /** Returns which observations can occur. */
    Space observationSpace();

    /** Returns which actions are understood. An action beyond the bounds of a {@link Box} is clipped by the task's own rule. */
    Space actionSpace();

    /** Starts an episode and the stream of random numbers: the same seed and actions give the same episode. */
    StepResult reset(long seed);

    /** Starts the next episode and goes on with the stream of random numbers; the first call without a seed behaves as seed 0. */
    StepResult reset();

    /**
     * Acts once.
     *
     * @param action an element of {@link #actionSpace}; a discrete action is one entry that holds its index. Not modified.
     * @throws IllegalArgumentException if the action is not understood
     * @throws IllegalStateException    if the episode has terminated
     */
    StepResult step(float[] action);

    /** Returns the number of entries of the state, or 0 where the state can neither be read nor set. */
    default int stateSize() {
        return 0;
    }

    /**
     * Writes the state, complete but for the random numbers.
     *
     * @param state {@code [stateSize]}. Modified.
     * @throws UnsupportedOperationException where {@link #stateSize} is 0
     */
    default void readState(double[] state) {
        throw new UnsupportedOperationException(name() + " has no state that can be read.");
    }

    /**
     * Starts an episode in a given state and answers with its observation. The state is taken as it is, also where no episode would
     * reach it.
     *
     * @param state {@code [stateSize]}. Not modified.
     * @throws UnsupportedOperationException where {@link #stateSize} is 0
     */
    default StepResult writeState(double[] state) {
        throw new UnsupportedOperationException(name() + " has no state that can be set.");
    }

    /** Tells whether steps draw random numbers, so that state and action do not determine what follows. */
    default boolean stochastic() {
        return false;
    }

    /** Returns this environment as an optional contract, or null where it (or an environment it wraps) does not offer it. */
    default <T> @Nullable T as(Class<T> contract) {
        return contract.isInstance(this) ? contract.cast(this) : null;
    }
}
