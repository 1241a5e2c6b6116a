package io.ponder.planners;

import io.ponder.engine.Checks;

/**
 * Sets {@link Mppi}.
 *
 * @param horizon          steps of a plan, at least 1
 * @param iterations       updates in a call, at least 1
 * @param candidates       sequences per iteration, at least 1
 * @param temperature      lambda of the weights {@code exp(-cost / lambda)}, more than 0, in units of the cost; not used where
 *                         {@code effectiveShare} is set
 * @param effectiveShare   effective sample size to reach, as a share of the candidates, below 1: every iteration solves for the
 *                         temperature that gives it, whatever the units of the cost. 0 keeps the temperature as it is.
 * @param noise            added to each action of the mean plan
 * @param controlCost      cost of a deviation from the mean plan; with coloured noise not {@link ControlCost#ABSOLUTE}
 * @param zeroCandidate    whether candidate 0 is the sequence of zeros, so that doing nothing is always considered
 * @param noiseExponent    colour of the noise over time, 0 (white: independent from step to step) to 10; see {@link ColouredNoise}
 */
public record MppiParameters(
        int horizon,
        int iterations,
        int candidates,
        double temperature,
        double effectiveShare,
        ActionNoise noise,
        ControlCost controlCost,
        boolean zeroCandidate,
        double noiseExponent) {
    /** 25 steps, 5 x 400 sequences, a temperature that makes 2 % of them count, white noise of half the half range. */
    public static final MppiParameters DEFAULT =
            new MppiParameters(25, 5, 400, 1, 0.02, ActionNoise.ofHalfRange(0.5), ControlCost.NONE, false, 0);

    public MppiParameters {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.positive("candidates", candidates);
        Checks.positive("temperature", temperature);
        Checks.inRange("effectiveShare", effectiveShare, 0, Math.nextDown(1.0));
        Checks.inRange("noiseExponent", noiseExponent, 0, 10);
        if (noiseExponent > 0 && controlCost == ControlCost.ABSOLUTE) {
            throw new IllegalArgumentException("noiseExponent is " + noiseExponent + " and controlCost is ABSOLUTE, which needs"
                    + " noise that is independent from step to step.\nMaybe use NONE, INFORMATION_THEORETIC or a noiseExponent of 0.");
        }
    }

    /** Returns these parameters with another horizon. */
    public MppiParameters withHorizon(int newHorizon) {
        return new MppiParameters(
                newHorizon, iterations, candidates, temperature, effectiveShare, noise, controlCost, zeroCandidate, noiseExponent);
    }

    /** Returns these parameters with another number of iterations. */
    public MppiParameters withIterations(int newIterations) {
        return new MppiParameters(
                horizon, newIterations, candidates, temperature, effectiveShare, noise, controlCost, zeroCandidate, noiseExponent);
    }

    /** Returns these parameters with another number of sequences per iteration. */
    public MppiParameters withCandidates(int newCandidates) {
        return new MppiParameters(
                horizon, iterations, newCandidates, temperature, effectiveShare, noise, controlCost, zeroCandidate, noiseExponent);
    }

    /** Returns these parameters with a fixed temperature. */
    public MppiParameters withTemperature(double newTemperature) {
        return new MppiParameters(horizon, iterations, candidates, newTemperature, 0, noise, controlCost, zeroCandidate, noiseExponent);
    }

    /** Returns these parameters with a temperature that makes this share of the candidates count. */
    public MppiParameters withEffectiveShare(double newEffectiveShare) {
        return new MppiParameters(
                horizon, iterations, candidates, temperature, newEffectiveShare, noise, controlCost, zeroCandidate, noiseExponent);
    }

    /** Returns these parameters with another noise. */
    public MppiParameters withNoise(ActionNoise newNoise) {
        return new MppiParameters(
                horizon, iterations, candidates, temperature, effectiveShare, newNoise, controlCost, zeroCandidate, noiseExponent);
    }

    /** Returns these parameters with another cost of deviations. */
    public MppiParameters withControlCost(ControlCost newControlCost) {
        return new MppiParameters(
                horizon, iterations, candidates, temperature, effectiveShare, noise, newControlCost, zeroCandidate, noiseExponent);
    }

    /** Returns these parameters with or without the candidate of zeros. */
    public MppiParameters withZeroCandidate(boolean newZeroCandidate) {
        return new MppiParameters(
                horizon, iterations, candidates, temperature, effectiveShare, noise, controlCost, newZeroCandidate, noiseExponent);
    }

    /** Returns these parameters with another colour of the noise over time. */
    public MppiParameters withNoiseExponent(double newNoiseExponent) {
        return new MppiParameters(
                horizon, iterations, candidates, temperature, effectiveShare, noise, controlCost, zeroCandidate, newNoiseExponent);
    }
}
