package io.ponder.planners;

import io.ponder.engine.Checks;

/**
 * Sets {@link Cem}. Deviations are given in halves of the range of an action: 1 is from the middle to a bound.
 *
 * @param horizon     steps of a plan, at least 1
 * @param iterations  updates in a call, at least 1
 * @param candidates  sequences per iteration, at least 1
 * @param elites      best sequences that an update learns from, 1 to {@code candidates}; a shrunk population keeps their share
 * @param smoothing   share of the old mean and deviation that an update keeps, 0 to less than 1
 * @param deviation   standard deviation at the start of a call, more than 0
 * @param leastDeviation floor of the standard deviation, at least 0; keeps the search from collapsing before it arrives
 */
public record CemParameters(
        int horizon,
        int iterations,
        int candidates,
        int elites,
        double smoothing,
        double deviation,
        double leastDeviation) {
    /** The settings of PETS on cart-pole (Chua et al. 2018): 25 steps, 5 x 400 sequences, 40 elites, smoothing 0.1. */
    public static final CemParameters DEFAULT = new CemParameters(25, 5, 400, 40, 0.1, 0.5, 0.05);

    public CemParameters {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.positive("candidates", candidates);
        Checks.inRange("elites", elites, 1, candidates);
        Checks.inRange("smoothing", smoothing, 0, Math.nextDown(1.0));
        Checks.positive("deviation", deviation);
        Checks.inRange("leastDeviation", leastDeviation, 0, Double.MAX_VALUE);
    }

    /** Returns these parameters with another horizon. */
    public CemParameters withHorizon(int newHorizon) {
        return new CemParameters(newHorizon, iterations, candidates, elites, smoothing, deviation, leastDeviation);
    }

    /** Returns these parameters with another number of iterations. */
    public CemParameters withIterations(int newIterations) {
        return new CemParameters(horizon, newIterations, candidates, elites, smoothing, deviation, leastDeviation);
    }

    /** Returns these parameters with another population. */
    public CemParameters withCandidates(int newCandidates, int newElites) {
        return new CemParameters(horizon, iterations, newCandidates, newElites, smoothing, deviation, leastDeviation);
    }

    /** Returns these parameters with another smoothing. */
    public CemParameters withSmoothing(double newSmoothing) {
        return new CemParameters(horizon, iterations, candidates, elites, newSmoothing, deviation, leastDeviation);
    }

    /** Returns these parameters with other standard deviations. */
    public CemParameters withDeviation(double newDeviation, double newLeastDeviation) {
        return new CemParameters(horizon, iterations, candidates, elites, smoothing, newDeviation, newLeastDeviation);
    }
}
