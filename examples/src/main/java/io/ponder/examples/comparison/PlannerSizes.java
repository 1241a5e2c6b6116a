package io.ponder.examples.comparison;

import io.ponder.engine.Checks;

/**
 * Says how much a planner may search in a call. All planners get about the same number of model steps.
 *
 * @param horizon    steps of a plan
 * @param iterations updates of a call
 * @param candidates sequences of an update
 * @param particles  imagined rollouts of a sequence with a learned model; the true models are not random and need one
 */
public record PlannerSizes(int horizon, int iterations, int candidates, int particles) {
    public PlannerSizes {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.inRange("candidates", candidates, 10, 1_000_000);
        Checks.positive("particles", particles);
    }

    /** Returns the sequences that are elites: a tenth. */
    int elites() {
        return Math.max(4, candidates / 10);
    }
}
