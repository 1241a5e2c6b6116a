package io.ponder.planners;

import io.ponder.engine.Checks;

/**
 * Sets {@link CategoricalCem}.
 *
 * @param horizon    steps of a plan, at least 1
 * @param iterations updates in a call, at least 1
 * @param candidates sequences per iteration, at least 1
 * @param elites     best sequences that an update learns from, 1 to {@code candidates}; a shrunk population keeps their share
 * @param smoothing  share of the old probabilities that an update keeps, 0 to less than 1
 * @param leastShare floor of a probability as a share of 1 / actions, 0 to 1; keeps every action possible
 * @param carried    probability with which a step begins as the plan of the last call had it, 0 (off) to 1
 * @param repeat     probability with which a step of a candidate repeats the step before, 0 (independent steps) to less than 1; long
 *                   pushes are what a slow task needs, as coloured noise is for continuous actions
 */
public record CategoricalCemParameters(
        int horizon,
        int iterations,
        int candidates,
        int elites,
        double smoothing,
        double leastShare,
        double carried,
        double repeat) {
    /** 25 steps, 5 x 400 sequences, 40 elites, smoothing 0.1 as {@link CemParameters#DEFAULT}; floor a tenth, half carried, no repeats. */
    public static final CategoricalCemParameters DEFAULT = new CategoricalCemParameters(25, 5, 400, 40, 0.1, 0.1, 0.5, 0);

    public CategoricalCemParameters {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.positive("candidates", candidates);
        Checks.inRange("elites", elites, 1, candidates);
        Checks.inRange("smoothing", smoothing, 0, Math.nextDown(1.0));
        Checks.inRange("leastShare", leastShare, 0, 1);
        Checks.inRange("carried", carried, 0, 1);
        Checks.inRange("repeat", repeat, 0, Math.nextDown(1.0));
    }

    /** Returns these parameters with another horizon. */
    public CategoricalCemParameters withHorizon(int newHorizon) {
        return new CategoricalCemParameters(newHorizon, iterations, candidates, elites, smoothing, leastShare, carried, repeat);
    }

    /** Returns these parameters with another number of iterations. */
    public CategoricalCemParameters withIterations(int newIterations) {
        return new CategoricalCemParameters(horizon, newIterations, candidates, elites, smoothing, leastShare, carried, repeat);
    }

    /** Returns these parameters with another population. */
    public CategoricalCemParameters withCandidates(int newCandidates, int newElites) {
        return new CategoricalCemParameters(horizon, iterations, newCandidates, newElites, smoothing, leastShare, carried, repeat);
    }

    /** Returns these parameters with another smoothing and another floor. */
    public CategoricalCemParameters withSmoothing(double newSmoothing, double newLeastShare) {
        return new CategoricalCemParameters(horizon, iterations, candidates, elites, newSmoothing, newLeastShare, carried, repeat);
    }

    /** Returns these parameters with another probability of the plan of the last call. */
    public CategoricalCemParameters withCarried(double newCarried) {
        return new CategoricalCemParameters(horizon, iterations, candidates, elites, smoothing, leastShare, newCarried, repeat);
    }

    /** Returns these parameters with another probability of repeated steps. */
    public CategoricalCemParameters withRepeat(double newRepeat) {
        return new CategoricalCemParameters(horizon, iterations, candidates, elites, smoothing, leastShare, carried, newRepeat);
    }
}
