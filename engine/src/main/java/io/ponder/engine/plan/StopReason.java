package io.ponder.engine.plan;

/** Says what ended a planning call. */
public enum StopReason {
    /** The planner did all the iterations of its own parameters. */
    COMPLETED,
    /** The iterations (or simulations) of the budget were used. */
    ITERATIONS,
    /** The model steps of the budget were used. */
    MODEL_STEPS,
    /** The wall-clock time of the budget was used. */
    WALL_CLOCK,
    /** The best action could not change any more, and the budget asked to stop there. */
    DECIDED,
    /** Another thread called {@link Planner#cancel}. */
    CANCELLED
}
