package io.ponder.planners.evolution;

import io.ponder.engine.Checks;

/**
 * Sets {@link EvolutionPlanning}.
 *
 * @param horizon    steps of a plan, at least 1
 * @param iterations generations of a call, at least 1
 * @param candidates sequences of a generation, at least 2
 * @param deviation  standard deviation at the start of a call, in halves of the range of an action, more than 0
 */
public record EvolutionParameters(int horizon, int iterations, int candidates, double deviation) {
    /** 25 steps, 20 generations of 100 sequences, half of the half range. */
    public static final EvolutionParameters DEFAULT = new EvolutionParameters(25, 20, 100, 0.5);

    public EvolutionParameters {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.inRange("candidates", candidates, 2, 1_000_000);
        Checks.positive("deviation", deviation);
    }

    /** Returns these parameters with another horizon. */
    public EvolutionParameters withHorizon(int newHorizon) {
        return new EvolutionParameters(newHorizon, iterations, candidates, deviation);
    }

    /** Returns these parameters with another number of generations. */
    public EvolutionParameters withIterations(int newIterations) {
        return new EvolutionParameters(horizon, newIterations, candidates, deviation);
    }

    /** Returns these parameters with another population. */
    public EvolutionParameters withCandidates(int newCandidates) {
        return new EvolutionParameters(horizon, iterations, newCandidates, deviation);
    }

    /** Returns these parameters with another deviation at the start. */
    public EvolutionParameters withDeviation(double newDeviation) {
        return new EvolutionParameters(horizon, iterations, candidates, newDeviation);
    }
}
