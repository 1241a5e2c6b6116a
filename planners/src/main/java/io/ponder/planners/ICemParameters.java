package io.ponder.planners;

import io.ponder.engine.Checks;

/**
 * Sets {@link ICem}. Deviations are given in halves of the range of an action: 1 is from the middle to a bound. Every ingredient can
 * be switched off on its own; without all of them this is {@link Cem}.
 *
 * @param horizon        steps of a plan, at least 1
 * @param iterations     updates in a call, at least 1
 * @param candidates     sequences in the first iteration, at least 1
 * @param elites         best sequences that an update learns from, 1 to {@code candidates}
 * @param smoothing      share of the old mean and deviation that an update keeps, 0 to less than 1
 * @param deviation      standard deviation at the start of a call, more than 0
 * @param leastDeviation floor of the standard deviation, at least 0
 * @param noiseExponent  colour of the noise over time, 0 (white, ingredient off) to 10; see {@link ColouredNoise}
 * @param decay          divides the population from one iteration to the next, at least 1 (off); it stays at least twice the elites
 * @param keptShare      share of the elites that are candidates again, 0 (off) to 1
 * @param keepElites     whether elites are candidates of the next iteration
 * @param shiftElites    whether elites of the last call, shifted, are candidates of the first iteration
 * @param meanInLast     whether the mean plan is a candidate of the last iteration
 * @param bestSeen       whether the best candidate seen answers, rather than the mean plan
 */
public record ICemParameters(
        int horizon,
        int iterations,
        int candidates,
        int elites,
        double smoothing,
        double deviation,
        double leastDeviation,
        double noiseExponent,
        double decay,
        double keptShare,
        boolean keepElites,
        boolean shiftElites,
        boolean meanInLast,
        boolean bestSeen) {
    /** 25 steps, 4 iterations from 100 sequences down, 10 elites, brown noise, everything on. */
    public static final ICemParameters DEFAULT =
            new ICemParameters(25, 4, 100, 10, 0.1, 0.5, 0.02, 2, 1.25, 0.3, true, true, true, true);

    public ICemParameters {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.positive("candidates", candidates);
        Checks.inRange("elites", elites, 1, candidates);
        Checks.inRange("smoothing", smoothing, 0, Math.nextDown(1.0));
        Checks.positive("deviation", deviation);
        Checks.inRange("leastDeviation", leastDeviation, 0, Double.MAX_VALUE);
        Checks.inRange("noiseExponent", noiseExponent, 0, 10);
        Checks.inRange("decay", decay, 1, Double.MAX_VALUE);
        Checks.inRange("keptShare", keptShare, 0, 1);
    }

    /** Returns these parameters with another horizon. */
    public ICemParameters withHorizon(int newHorizon) {
        return new ICemParameters(
                newHorizon, iterations, candidates, elites, smoothing, deviation, leastDeviation,
                noiseExponent, decay, keptShare, keepElites, shiftElites, meanInLast, bestSeen);
    }

    /** Returns these parameters with another number of iterations. */
    public ICemParameters withIterations(int newIterations) {
        return new ICemParameters(
                horizon, newIterations, candidates, elites, smoothing, deviation, leastDeviation,
                noiseExponent, decay, keptShare, keepElites, shiftElites, meanInLast, bestSeen);
    }

    /** Returns these parameters with another population in the first iteration. */
    public ICemParameters withCandidates(int newCandidates, int newElites) {
        return new ICemParameters(
                horizon, iterations, newCandidates, newElites, smoothing, deviation, leastDeviation,
                noiseExponent, decay, keptShare, keepElites, shiftElites, meanInLast, bestSeen);
    }

    /** Returns these parameters with another smoothing. */
    public ICemParameters withSmoothing(double newSmoothing) {
        return new ICemParameters(
                horizon, iterations, candidates, elites, newSmoothing, deviation, leastDeviation,
                noiseExponent, decay, keptShare, keepElites, shiftElites, meanInLast, bestSeen);
    }

    /** Returns these parameters with other standard deviations. */
    public ICemParameters withDeviation(double newDeviation, double newLeastDeviation) {
        return new ICemParameters(
                horizon, iterations, candidates, elites, smoothing, newDeviation, newLeastDeviation,
                noiseExponent, decay, keptShare, keepElites, shiftElites, meanInLast, bestSeen);
    }

    /** Returns these parameters with another colour of the noise. */
    public ICemParameters withNoiseExponent(double newNoiseExponent) {
        return new ICemParameters(
                horizon, iterations, candidates, elites, smoothing, deviation, leastDeviation,
                newNoiseExponent, decay, keptShare, keepElites, shiftElites, meanInLast, bestSeen);
    }

    /** Returns these parameters with another decay of the population. */
    public ICemParameters withDecay(double newDecay) {
        return new ICemParameters(
                horizon, iterations, candidates, elites, smoothing, deviation, leastDeviation,
                noiseExponent, newDecay, keptShare, keepElites, shiftElites, meanInLast, bestSeen);
    }

    /** Returns these parameters with other uses of the elites. */
    public ICemParameters withElites(double newKeptShare, boolean newKeepElites, boolean newShiftElites) {
        return new ICemParameters(
                horizon, iterations, candidates, elites, smoothing, deviation, leastDeviation,
                noiseExponent, decay, newKeptShare, newKeepElites, newShiftElites, meanInLast, bestSeen);
    }

    /** Returns these parameters with another last iteration and another answer. */
    public ICemParameters withAnswer(boolean newMeanInLast, boolean newBestSeen) {
        return new ICemParameters(
                horizon, iterations, candidates, elites, smoothing, deviation, leastDeviation,
                noiseExponent, decay, keptShare, keepElites, shiftElites, newMeanInLast, newBestSeen);
    }
}
