package io.ponder.examples.comparison;

import io.ponder.engine.Checks;

/**
 * Says how much a planner may search in a call. All planners get about the same number of model steps.
 *
 * @param horizon    steps of a plan
 * @param iterations updates of a call
 * @param candidates sequences of an update
 * @param particles  imagined rollouts of a sequence with a learned model; the true models are not random and need one
 * @param repeat     probability with which a random step repeats the discrete action before it
 * @param trees      how tree searches look ahead
 */
public record PlannerSizes(int horizon, int iterations, int candidates, int particles, double repeat, TreeSizes trees) {
    public PlannerSizes {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.inRange("candidates", candidates, 10, 1_000_000);
        Checks.positive("particles", particles);
        Checks.inRange("repeat", repeat, 0, Math.nextDown(1.0));
    }

    /** Creates sizes for continuous actions. */
    public PlannerSizes(int horizon, int iterations, int candidates, int particles) {
        this(horizon, iterations, candidates, particles, 0, new TreeSizes(1, 1, horizon));
    }

    /** Returns these sizes with another number of particles. */
    PlannerSizes withParticles(int newParticles) {
        return new PlannerSizes(horizon, iterations, candidates, newParticles, repeat, trees);
    }

    /** Returns the sequences that are elites: a tenth. */
    int elites() {
        return Math.max(4, candidates / 10);
    }
}
