package io.ponder.planners;

import io.ponder.engine.Checks;

/**
 * Says how the costs of candidates become weights of an average. None of them depends on the units or the zero of the cost. Immutable.
 *
 * <p>With a threshold (the cost at the share of the candidates) and an exponent r, Tsallis weights are
 * {@code (1 - (cost - least) / (threshold - least))^(1 / (r - 1))}, 0 beyond the threshold: the cross-entropy method's elites for a large
 * r, and for r = 2 the slope of the conditional value at risk (the average cost of the best share). Source: Wang, So, Gibson, Vlahov,
 * Gandhi, Liu and Theodorou 2021, Variational inference MPC using Tsallis divergence.
 *
 * @param kind     the shape
 * @param share    effective share of a softmax, or share of the candidates that weigh anything, above 0 and below 1
 * @param exponent r of Tsallis weights, above 1
 */
public record Weighting(Kind kind, double share, double exponent) {
    /** The shapes. */
    public enum Kind {
        /** {@code exp(-cost / temperature)}, the temperature solved for so that the effective sample size is the share. */
        SOFTMAX,
        /** Tsallis weights. */
        TSALLIS,
        /** All of the best share alike. */
        ELITE,
        /** The best candidate alone. */
        BEST
    }

    public Weighting {
        Checks.inRange("share", share, Double.MIN_NORMAL, Math.nextDown(1.0));
        Checks.inRange("exponent", exponent, Math.nextUp(1.0), Double.MAX_VALUE);
    }

    /** Returns a softmax of which this share of the candidates counts. */
    public static Weighting softmax(double effectiveShare) {
        return new Weighting(Kind.SOFTMAX, effectiveShare, 2);
    }

    /** Returns Tsallis weights of the best share. */
    public static Weighting tsallis(double share, double exponent) {
        return new Weighting(Kind.TSALLIS, share, exponent);
    }

    /** Returns weights that fall linearly from the best candidate to the threshold: the slope of the conditional value at risk. */
    public static Weighting conditionalValueAtRisk(double share) {
        return new Weighting(Kind.TSALLIS, share, 2);
    }

    /** Returns equal weights for the best share. */
    public static Weighting elite(double share) {
        return new Weighting(Kind.ELITE, share, 2);
    }

    /** Returns all weight for the best candidate. */
    public static Weighting best() {
        return new Weighting(Kind.BEST, 0.5, 2);
    }
}
