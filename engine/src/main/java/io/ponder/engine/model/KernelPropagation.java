package io.ponder.engine.model;

/** Which member of an ensemble steps a column of a {@link KernelPlan}. */
public enum KernelPropagation {
    /** The mean of all members. */
    MEAN,
    /** A member drawn anew in every step. */
    MEMBER_PER_STEP,
    /** One member for the whole rollout, {@code (sample + offset of the key) mod E}. */
    MEMBER_PER_ROLLOUT
}
