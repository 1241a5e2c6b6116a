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
    /** Another thread called {@link Planner#cancel}. */
    CANCELLED
}
