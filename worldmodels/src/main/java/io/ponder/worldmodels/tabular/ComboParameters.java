package io.ponder.worldmodels.tabular;

import io.ponder.engine.Checks;

/**
 * Sets a {@link ComboIteration}.
 *
 * @param discount     of the values, from 0 to below 1
 * @param conservatism weight of the term that pushes values down where rollouts go and up where data are (beta), at least 0; in
 *                     units of the reward, since it acts as one
 * @param realShare    share of real data in the mixture on which values are fitted (f), above 0 and below 1
 * @param continuation probability that an imagined rollout goes on after a step, from 0 to below 1: rollouts are
 *                     1 / (1 - continuation) pairs long on average; equal to {@code discount} in the paper's theory
 * @param renewal      share of the imagined pairs that a round replaces, above 0 and up to 1; small values keep policy and
 *                     penalty from chasing each other
 */
public record ComboParameters(double discount, double conservatism, double realShare, double continuation, double renewal) {
    private static final double BELOW_ONE = Math.nextDown(1.0);

    public ComboParameters {
        Checks.inRange("discount", discount, 0, BELOW_ONE);
        Checks.inRange("conservatism", conservatism, 0, Double.MAX_VALUE);
        Checks.inRange("realShare", realShare, Double.MIN_NORMAL, BELOW_ONE);
        Checks.inRange("continuation", continuation, 0, BELOW_ONE);
        Checks.inRange("renewal", renewal, Double.MIN_NORMAL, 1);
    }

    /** Returns the same with another weight of the conservative term. */
    public ComboParameters withConservatism(double newConservatism) {
        return new ComboParameters(discount, newConservatism, realShare, continuation, renewal);
    }
}
