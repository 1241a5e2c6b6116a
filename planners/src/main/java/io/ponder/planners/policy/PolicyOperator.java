package io.ponder.planners.policy;

/**
 * Improves a policy at one decision: answers the p that maximises {@code <p, q> - penalty(p)}, where the penalty keeps p near
 * the policy, or near a second one, the magnet. Immutable, safe for several threads; allocates nothing.
 *
 * <p>Where this rule appears: applied at one information set with values of rollouts it is an update search ({@code
 * UpdateSearch}); at all information sets at once, a learner ({@code LastIterateLearner}); the value it returns is the back-up
 * of regularised dynamic programming. The tree search computes {@link MirrorDescent} on logits with completed values where
 * visits follow an improved policy ({@code GumbelInterior}, {@code CompletedPolicy}): there the step size is the scale of
 * {@code CompletedQ}, and the work is one kernel call over the edges of a node.
 */
public interface PolicyOperator {
    /**
     * Writes the improved policy and returns the regularised value, the maximum itself. All arrays are read and written in the
     * entries {@code offset .. offset + count - 1}.
     *
     * @param policy probabilities; what has probability 0 keeps it, unless the operator says otherwise. Not modified unless it
     *     is {@code out}.
     * @param magnet probabilities that {@link MagneticMirrorDescent} is drawn to; others do not read it. Not modified.
     * @param q      action values, higher is better. Not modified.
     * @param out    improved policy, may be {@code policy}. Modified.
     */
    double apply(double[] policy, double[] magnet, double[] q, int offset, int count, double[] out);
}
