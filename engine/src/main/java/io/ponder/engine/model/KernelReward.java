package io.ponder.engine.model;

/** Known rewards of a {@link KernelPlan}, functions of observation, action and next observation. */
public enum KernelReward {
    /** The model's own: learned, or 0. */
    NONE,
    /** The same for every step; one constant. */
    CONSTANT,
    /** Pendulum-v1, from cosine, sine and speed before the step. */
    PENDULUM,
    /** The cart-pole swing-up, from position, sine and cosine after the step. */
    SWING_UP,
    /** Acrobot-v1: -1, but 0 on the step that ends the episode. */
    ACROBOT,
    /** MountainCarContinuous-v0. */
    MOUNTAIN_CAR_CONTINUOUS,
    /** {@code -(x''Q x' + u'R u)}: Q, R row by row, then the bound of the action. */
    QUADRATIC
}
