package io.ponder.planners;

import io.ponder.engine.Checks;

/**
 * Sets {@link MixedCem}.
 *
 * @param continuous what both kinds of entries share (horizon, iterations, candidates, elites, smoothing), and the deviations of the
 *                   continuous ones
 * @param leastShare floor of the probability of a discrete element as a share of 1 / elements, 0 to 1
 * @param carried    probability with which a discrete entry begins as the plan of the last call had it, 0 (off) to 1
 */
public record MixedCemParameters(CemParameters continuous, double leastShare, double carried) {
    /** {@link CemParameters#DEFAULT}, floor a tenth, half carried. */
    public static final MixedCemParameters DEFAULT = new MixedCemParameters(CemParameters.DEFAULT, 0.1, 0.5);

    public MixedCemParameters {
        Checks.inRange("leastShare", leastShare, 0, 1);
        Checks.inRange("carried", carried, 0, 1);
    }

    /** Returns these parameters with other ones for what both kinds share. */
    public MixedCemParameters withContinuous(CemParameters newContinuous) {
        return new MixedCemParameters(newContinuous, leastShare, carried);
    }

    /** Returns these parameters with another floor and another share carried over. */
    public MixedCemParameters withDiscrete(double newLeastShare, double newCarried) {
        return new MixedCemParameters(continuous, newLeastShare, newCarried);
    }
}
