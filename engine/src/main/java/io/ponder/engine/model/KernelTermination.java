package io.ponder.engine.model;

/** Known ends of episodes of a {@link KernelPlan}, functions of the observation after the step. */
public enum KernelTermination {
    /** Nothing ends an episode. */
    NONE,
    /** CartPole-v1. */
    CART_POLE,
    /** Acrobot-v1. */
    ACROBOT,
    /** Arrival of the mountain car; one constant, the place of the goal. */
    MOUNTAIN_CAR
}
