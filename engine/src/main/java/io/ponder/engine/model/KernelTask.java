package io.ponder.engine.model;

/** Exact tasks of a {@link KernelPlan}; the equations are those of {@code io.ponder.engine.classic}. */
public enum KernelTask {
    /** Pendulum-v1; no constants. */
    PENDULUM,
    /** CartPole-v1; no constants. */
    CART_POLE,
    /** The cart-pole with a continuous force; no constants. */
    CART_POLE_CONTINUOUS,
    /** The cart-pole swing-up; no constants. */
    SWING_UP,
    /** Acrobot-v1; no constants. */
    ACROBOT,
    /** MountainCar-v0; no constants. */
    MOUNTAIN_CAR,
    /** MountainCarContinuous-v0; no constants. */
    MOUNTAIN_CAR_CONTINUOUS,
    /** A linear system with a quadratic cost: A, B, Q, R row by row, then the bound of the action. */
    LINEAR_QUADRATIC,
    /** A point mass on a map of costs: cells per unit, weight of the map, step, goal, then the square map. */
    COSTMAP
}
