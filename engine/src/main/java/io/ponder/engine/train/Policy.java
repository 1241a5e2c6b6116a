package io.ponder.engine.train;

/**
 * Chooses an action from an observation, one environment at a time. A planner becomes one as {@link PlannerPolicy}.
 *
 * <p>One instance serves one thread at a time.
 */
@FunctionalInterface
public interface Policy {
    /**
     * Chooses an action.
     *
     * @param observation {@code [O]}. Not modified.
     * @param action      {@code [A]}; a discrete action is its index. Modified.
     */
    void act(float[] observation, float[] action);

    /**
     * Called where an episode begins: forgets what was carried from step to step and starts the random numbers of the episode.
     *
     * @param seed key of the episode's random numbers
     */
    default void beginEpisode(long seed) {}
}
