package io.ponder.planners;

import io.ponder.engine.Checks;

/**
 * Sets {@link RandomShooting}.
 *
 * @param horizon    steps of a plan, at least 1
 * @param candidates sequences per iteration, at least 1
 * @param iterations populations drawn in a call, at least 1; the best of all answers
 */
public record RandomShootingParameters(int horizon, int candidates, int iterations) {
    /** 25 steps, 2000 sequences, once: as many model steps as the defaults of {@link CemParameters}. */
    public static final RandomShootingParameters DEFAULT = new RandomShootingParameters(25, 2000, 1);

    public RandomShootingParameters {
        Checks.positive("horizon", horizon);
        Checks.positive("candidates", candidates);
        Checks.positive("iterations", iterations);
    }

    /** Returns these parameters with another horizon. */
    public RandomShootingParameters withHorizon(int newHorizon) {
        return new RandomShootingParameters(newHorizon, candidates, iterations);
    }

    /** Returns these parameters with another number of sequences per iteration. */
    public RandomShootingParameters withCandidates(int newCandidates) {
        return new RandomShootingParameters(horizon, newCandidates, iterations);
    }

    /** Returns these parameters with another number of iterations. */
    public RandomShootingParameters withIterations(int newIterations) {
        return new RandomShootingParameters(horizon, candidates, newIterations);
    }
}
