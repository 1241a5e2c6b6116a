package io.ponder.planners.trajectory;

import io.ponder.engine.Checks;

/**
 * Sets {@link IterativeLqr}.
 *
 * @param horizon           steps of a plan, at least 1
 * @param iterations        most iterations in a call, at least 1; a row that has converged takes no more part
 * @param trials            step lengths of a line search, 1, 1/2, 1/4 and so on, at least 1; all are rolled out side by side
 * @param tolerance         a row has converged where the next step promises to improve the return by less than this share of the sum of
 *                          the sizes of its rewards, at least 0; the default is the rounding of single precision
 * @param differenceStep    half the width of finite differences, for entries of size 1 or less; in proportion for larger ones, and
 *                          never more than half of the range of an action; more than 0
 * @param dynamicsCurvature whether the curvature of the dynamics counts, as in differential dynamic programming: fewer iterations near
 *                          an optimum, more regularisation far away; needs a {@link io.ponder.engine.model.Differentiable} model
 */
public record IterativeLqrParameters(
        int horizon, int iterations, int trials, double tolerance, double differenceStep, boolean dynamicsCurvature) {
    /** 50 steps, at most 50 iterations with 10 step lengths. */
    public static final IterativeLqrParameters DEFAULT = new IterativeLqrParameters(50, 50, 10, 1e-7, 0.01, false);

    public IterativeLqrParameters {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.positive("trials", trials);
        Checks.inRange("tolerance", tolerance, 0, 1);
        Checks.positive("differenceStep", differenceStep);
    }

    /** Returns these parameters with another horizon. */
    public IterativeLqrParameters withHorizon(int newHorizon) {
        return new IterativeLqrParameters(newHorizon, iterations, trials, tolerance, differenceStep, dynamicsCurvature);
    }

    /** Returns these parameters with another number of iterations. */
    public IterativeLqrParameters withIterations(int newIterations) {
        return new IterativeLqrParameters(horizon, newIterations, trials, tolerance, differenceStep, dynamicsCurvature);
    }

    /** Returns these parameters with another number of step lengths. */
    public IterativeLqrParameters withTrials(int newTrials) {
        return new IterativeLqrParameters(horizon, iterations, newTrials, tolerance, differenceStep, dynamicsCurvature);
    }

    /** Returns these parameters with another tolerance. */
    public IterativeLqrParameters withTolerance(double newTolerance) {
        return new IterativeLqrParameters(horizon, iterations, trials, newTolerance, differenceStep, dynamicsCurvature);
    }

    /** Returns these parameters with another width of finite differences. */
    public IterativeLqrParameters withDifferenceStep(double newDifferenceStep) {
        return new IterativeLqrParameters(horizon, iterations, trials, tolerance, newDifferenceStep, dynamicsCurvature);
    }

    /** Returns these parameters with or without the curvature of the dynamics. */
    public IterativeLqrParameters withDynamicsCurvature(boolean newDynamicsCurvature) {
        return new IterativeLqrParameters(horizon, iterations, trials, tolerance, differenceStep, newDynamicsCurvature);
    }
}
