package io.ponder.worldmodels.abstraction;

import io.ponder.engine.Checks;

/**
 * Rewards a low-level policy for doing what tells its latent action apart (Park and Levine 2023, "Predictable MDP abstraction for
 * unsupervised model-based RL", equation 8): with p(s'|s, z) the model and z_1 .. z_L latent actions drawn like z,
 *
 * <pre>
 * log p(s'|s, z) - log(1 / (L + 1) (p(s'|s, z) + sum over l of p(s'|s, z_l)))
 * </pre>
 *
 * <p>It is a lower bound of how much s' tells about z: large where outcomes are predictable <b>and</b> differ, at most log(L + 1), and 0
 * where z does nothing. Noise that drowns the difference lowers it. Stateless, safe for several threads; allocates nothing.
 */
public final class PredictabilityReward {
    /** Bound of the difference of two log-densities, as in the authors' program. */
    private static final double LARGEST_DIFFERENCE = 50;

    private PredictabilityReward() {}

    /**
     * Returns the reward of a transition.
     *
     * @param own    log p(s'|s, z), up to a constant that all densities share
     * @param others log p(s'|s, z_l), {@code [count]}. Not modified.
     * @param count  L, at least 1
     */
    public static double of(double own, double[] others, int count) {
        Checks.inRange("count", count, 1, others.length);
        double sum = 1;
        for (int l = 0; l < count; l++) {
            sum += Math.exp(Math.max(-LARGEST_DIFFERENCE, Math.min(LARGEST_DIFFERENCE, others[l] - own)));
        }
        return Math.log(count + 1.0) - Math.log(sum);
    }
}
