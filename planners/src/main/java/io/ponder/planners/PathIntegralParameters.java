package io.ponder.planners;

import io.ponder.engine.Checks;

/**
 * Sets {@link PathIntegral}. Deviations are in halves of the range of an action. The constants are the published methods; each may be
 * changed part by part.
 *
 * @param name             name of the method
 * @param horizon          steps of a plan, at least 1
 * @param iterations       updates in a call, at least 1
 * @param candidates       sequences per iteration, at least 1
 * @param deviation        standard deviation at the start of a call, more than 0
 * @param leastDeviation   floor of an adapted deviation, at least 0
 * @param shape            how the noise of a sequence hangs together
 * @param weighting        how costs become weights
 * @param adaptation       share of the weighted variance that an update takes over, 0 (off) to 1
 * @param logDeviation     deviation of the logarithm of a factor of every normal, 0 (off) to 3; heavy tails, the variance stays
 * @param iterationAnnealing iterations are drawn with the deviation times {@code exp(-annealing * i / (iterations - 1))}, 0 is off
 * @param horizonAnnealing step t of T with the deviation times {@code exp(-annealing * (T - 1 - t) / T)}: near steps hold still; 0 is off
 * @param rateShare        price of changes of the action: that of average changes is this many temperatures, so that they weigh
 *                         {@code exp(-rateShare)} of no changes; 0 is off
 * @param meanAmong        whether candidate 0 is the mean plan
 */
public record PathIntegralParameters(
        String name,
        int horizon,
        int iterations,
        int candidates,
        double deviation,
        double leastDeviation,
        NoiseShape shape,
        Weighting weighting,
        double adaptation,
        double logDeviation,
        double iterationAnnealing,
        double horizonAnnealing,
        double rateShare,
        boolean meanAmong) {
    private static final Weighting FEW = Weighting.softmax(0.02);

    /** MPPI that adapts the deviation of every entry to the weighted candidates, down to a floor. */
    public static final PathIntegralParameters ADAPTIVE = new PathIntegralParameters(
            "adaptive-mppi", 25, 5, 400, 0.7, 0.05, NoiseShape.white(), FEW, 0.5, 0, 0, 0, 0, false);

    /** Smooth MPPI: noise of the rate of change, and a price of it (Kim et al. 2022). */
    public static final PathIntegralParameters SMPPI =
            ADAPTIVE.named("smppi").withShape(NoiseShape.integrated()).withAdaptation(0, 0.05).withRateShare(0.1);

    /** Kernel MPPI: a few knots, interpolated by a Gaussian kernel. */
    public static final PathIntegralParameters KMPPI = ADAPTIVE.named("kmppi").withShape(NoiseShape.kernel(0));

    /** MPPI over the knots of a cubic spline. */
    public static final PathIntegralParameters SPLINE = ADAPTIVE.named("spline-mppi").withShape(NoiseShape.cubic(0));

    /** MPPI with normal-lognormal noise (Mohamed, Yin and Liu 2022, Autonomous navigation of AGVs in unknown cluttered environments). */
    public static final PathIntegralParameters LOG_MPPI = ADAPTIVE.named("log-mppi").withAdaptation(0, 0.05).withLogDeviation(0.5);

    /**
     * Annealed noise over the knots of a spline: large at first and far ahead (Xue, Pan, Yi, Qu and Shi 2024, Full-order sampling-based MPC
     * for torque-level locomotion control via diffusion-style annealing).
     */
    public static final PathIntegralParameters DIAL =
            ADAPTIVE.named("dial").withShape(NoiseShape.cubic(0)).withAdaptation(0, 0.05).withAnnealing(1.5, 0.7);

    /** The best of some perturbations of the plan, itself among them, over the knots of a spline (Howell et al. 2022). */
    public static final PathIntegralParameters PREDICTIVE_SAMPLING = ADAPTIVE.named("predictive-sampling")
            .withShape(NoiseShape.cubic(0)).withWeighting(Weighting.best()).withAdaptation(0, 0.05).withDeviation(0.4).withMeanAmong(true);

    /** Tsallis weights (Wang et al. 2021). */
    public static final PathIntegralParameters TSALLIS = ADAPTIVE.named("tsallis-mppi").withWeighting(Weighting.tsallis(0.1, 3));

    /** Weights of the conditional value at risk. */
    public static final PathIntegralParameters CVAR =
            ADAPTIVE.named("cvar-mppi").withWeighting(Weighting.conditionalValueAtRisk(0.05));

    public PathIntegralParameters {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.positive("candidates", candidates);
        Checks.positive("deviation", deviation);
        Checks.inRange("leastDeviation", leastDeviation, 0, Double.MAX_VALUE);
        Checks.inRange("adaptation", adaptation, 0, 1);
        Checks.inRange("logDeviation", logDeviation, 0, 3);
        Checks.inRange("iterationAnnealing", iterationAnnealing, 0, 100);
        Checks.inRange("horizonAnnealing", horizonAnnealing, 0, 100);
        Checks.inRange("rateShare", rateShare, 0, Double.MAX_VALUE);
    }

    /** Returns these parameters under another name. */
    public PathIntegralParameters named(String newName) {
        return new PathIntegralParameters(newName, horizon, iterations, candidates, deviation, leastDeviation, shape, weighting, adaptation,
                logDeviation, iterationAnnealing, horizonAnnealing, rateShare, meanAmong);
    }

    /** Returns these parameters with another horizon. */
    public PathIntegralParameters withHorizon(int newHorizon) {
        return new PathIntegralParameters(name, newHorizon, iterations, candidates, deviation, leastDeviation, shape, weighting, adaptation,
                logDeviation, iterationAnnealing, horizonAnnealing, rateShare, meanAmong);
    }

    /** Returns these parameters with another number of iterations. */
    public PathIntegralParameters withIterations(int newIterations) {
        return new PathIntegralParameters(name, horizon, newIterations, candidates, deviation, leastDeviation, shape, weighting, adaptation,
                logDeviation, iterationAnnealing, horizonAnnealing, rateShare, meanAmong);
    }

    /** Returns these parameters with another number of sequences per iteration. */
    public PathIntegralParameters withCandidates(int newCandidates) {
        return new PathIntegralParameters(name, horizon, iterations, newCandidates, deviation, leastDeviation, shape, weighting, adaptation,
                logDeviation, iterationAnnealing, horizonAnnealing, rateShare, meanAmong);
    }

    /** Returns these parameters with another deviation at the start. */
    public PathIntegralParameters withDeviation(double newDeviation) {
        return new PathIntegralParameters(name, horizon, iterations, candidates, newDeviation, leastDeviation, shape, weighting, adaptation,
                logDeviation, iterationAnnealing, horizonAnnealing, rateShare, meanAmong);
    }

    /** Returns these parameters with noise of another shape. */
    public PathIntegralParameters withShape(NoiseShape newShape) {
        return new PathIntegralParameters(name, horizon, iterations, candidates, deviation, leastDeviation, newShape, weighting, adaptation,
                logDeviation, iterationAnnealing, horizonAnnealing, rateShare, meanAmong);
    }

    /** Returns these parameters with other weights. */
    public PathIntegralParameters withWeighting(Weighting newWeighting) {
        return new PathIntegralParameters(name, horizon, iterations, candidates, deviation, leastDeviation, shape, newWeighting, adaptation,
                logDeviation, iterationAnnealing, horizonAnnealing, rateShare, meanAmong);
    }

    /** Returns these parameters with another adaptation of the deviation, and its floor. */
    public PathIntegralParameters withAdaptation(double newAdaptation, double newLeastDeviation) {
        return new PathIntegralParameters(name, horizon, iterations, candidates, deviation, newLeastDeviation, shape, weighting, newAdaptation,
                logDeviation, iterationAnnealing, horizonAnnealing, rateShare, meanAmong);
    }

    /** Returns these parameters with other tails of the noise. */
    public PathIntegralParameters withLogDeviation(double newLogDeviation) {
        return new PathIntegralParameters(name, horizon, iterations, candidates, deviation, leastDeviation, shape, weighting, adaptation,
                newLogDeviation, iterationAnnealing, horizonAnnealing, rateShare, meanAmong);
    }

    /** Returns these parameters with another annealing over the iterations and over the horizon. */
    public PathIntegralParameters withAnnealing(double newIterationAnnealing, double newHorizonAnnealing) {
        return new PathIntegralParameters(name, horizon, iterations, candidates, deviation, leastDeviation, shape, weighting, adaptation,
                logDeviation, newIterationAnnealing, newHorizonAnnealing, rateShare, meanAmong);
    }

    /** Returns these parameters with another price of changes of the action. */
    public PathIntegralParameters withRateShare(double newRateShare) {
        return new PathIntegralParameters(name, horizon, iterations, candidates, deviation, leastDeviation, shape, weighting, adaptation,
                logDeviation, iterationAnnealing, horizonAnnealing, newRateShare, meanAmong);
    }

    /** Returns these parameters with or without the mean plan among the candidates. */
    public PathIntegralParameters withMeanAmong(boolean newMeanAmong) {
        return new PathIntegralParameters(name, horizon, iterations, candidates, deviation, leastDeviation, shape, weighting, adaptation,
                logDeviation, iterationAnnealing, horizonAnnealing, rateShare, newMeanAmong);
    }
}
