package io.ponder.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * Imagines transitions for a whole batch of states and actions.
 *
 * <p>All blocks are structures of arrays with the column (sample) index fastest: observations {@code [O x K]}, actions
 * {@code [A x K]}, states {@code [S x K]}. A batch of one is not special: every column is computed in the same order of operations
 * whatever the number of columns, so that a column of a large batch equals the same column alone.
 *
 * <p>Reward and termination are part of the model: {@link StepBuffer#discount} is 0 where a transition ends the episode.
 *
 * <p>A model may hold scratch memory, so one instance serves one thread at a time; {@link #fork} gives another thread its own view of
 * the same weights. {@code step} allocates nothing once it has seen its largest batch.
 */
public interface WorldModel {
    /** Returns the sizes of this model. */
    ModelSpec spec();

    /**
     * Writes the states that belong to observations.
     *
     * @param observations {@code [observationSize x columns]}. Not modified.
     * @param columns      number of columns, at most the capacity of {@code out}
     * @param out          resized to {@code columns}. Modified.
     */
    void init(float[] observations, int columns, ModelState out);

    /**
     * Draws what stays fixed for a whole imagined rollout, such as the ensemble member of trajectory sampling. Called once, after
     * root columns were repeated for candidates and particles and before the first step.
     *
     * @param state the root columns. Modified.
     * @param keys  the random numbers of the columns
     */
    default void begin(ModelState state, ColumnKeys keys) {}

    /**
     * Imagines one transition of every column.
     *
     * @param state   K columns. Not modified; must not be {@code out.next()}.
     * @param actions {@code [actionSize x K]}, a discrete action as its index. Not modified.
     * @param keys    the random numbers of the columns, at {@code keys.step()}
     * @param out     next state (resized to K), reward and discount. Modified.
     */
    void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out);

    /** Returns a view of the same model for another thread: weights are shared, scratch memory is not. */
    WorldModel fork();

    /** Returns the number of columns that this model handles best in one call; an executor cuts larger batches into such blocks. */
    default int blockColumns() {
        return 256;
    }

    /** Returns how many model steps of a budget one step of a column counts as; more than 1 where it holds an action for several. */
    default int stepCost() {
        return 1;
    }

    /** Returns this model as a capability, or null where it (or a wrapper around it) does not offer it. */
    default <T> @Nullable T as(Class<T> capability) {
        return capability.isInstance(this) ? capability.cast(this) : null;
    }
}
