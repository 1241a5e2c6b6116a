package io.ponder.engine.tabular;

import io.ponder.engine.Checks;

/**
 * Finds the most optimistic process within a distance of an estimated one, and its best policy: every (state, action) takes the most
 * favourable distribution whose L1 distance from the estimate is at most its radius (Jaksch, Ortner and Auer 2010, figures 1 and 2).
 *
 * <p>Immutable and safe for several threads.
 */
public final class ExtendedValueIteration {
    /** As in relative value iteration: what keeps periodic chains from swinging. */
    private static final double LAZINESS = 0.5;

    private final double gain;
    private final double[] bias;
    private final int[] policy;
    private final boolean converged;

    private ExtendedValueIteration(double gain, double[] bias, int[] policy, boolean converged) {
        this.gain = gain;
        this.bias = bias;
        this.policy = policy;
        this.converged = converged;
    }

    /**
     * Solves for the largest average reward.
     *
     * @param estimate  the estimated process, without ends
     * @param radius    {@code [states x actions]} L1 radius of each distribution, at least 0; 2 allows every distribution
     * @param bonus     {@code [states x actions]} what is added to each expected reward
     * @param ceiling   largest possible reward: what a reward with its bonus is cut to
     * @param tolerance stops when the gain is known within this
     * @param maxSweeps stops after so many sweeps at the latest
     */
    public static ExtendedValueIteration solve(
            TabularMdp estimate, double[] radius, double[] bonus, double ceiling, double tolerance, int maxSweeps) {
        int states = estimate.stateCount();
        int actions = estimate.actionCount();
        Checks.same("length of radius", radius.length, "states x actions", states * actions);
        Checks.same("length of bonus", bonus.length, "states x actions", states * actions);
        Checks.positive("maxSweeps", maxSweeps);
        double[] estimated = dense(estimate);
        double[] reward = new double[states * actions];
        for (int pair = 0; pair < reward.length; pair++) {
            reward[pair] = Math.min(ceiling, estimate.expectedReward(pair / actions, pair % actions) + bonus[pair]);
        }
        double[] bias = new double[states];
        double[] next = new double[states];
        int[] policy = new int[states];
        int[] order = new int[states];
        double gain = 0;
        double span = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < maxSweeps && !(span <= tolerance); sweep++) {
            ascending(bias, order);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int s = 0; s < states; s++) {
                double best = Double.NEGATIVE_INFINITY;
                for (int a = 0; a < actions; a++) {
                    int pair = s * actions + a;
                    double q = reward[pair] + mostFavourable(estimated, pair * states, radius[pair], bias, order);
                    if (q > best) {
                        best = q;
                        policy[s] = a;
                    }
                }
                low = Math.min(low, best - bias[s]);
                high = Math.max(high, best - bias[s]);
                next[s] = LAZINESS * bias[s] + (1 - LAZINESS) * best;
            }
            gain = (low + high) / 2;
            span = high - low;
            for (int s = 0; s < states; s++) bias[s] = next[s] - next[0];
        }
        return new ExtendedValueIteration(gain, bias, policy, span <= tolerance);
    }

    /**
     * Returns the largest expectation of {@code values} over the distributions within an L1 radius: half the radius goes to the best
     * state and is taken from the worst ones.
     *
     * @param order the states by ascending value
     */
    static double mostFavourable(double[] probability, int offset, double radius, double[] values, int[] order) {
        int best = order[order.length - 1];
        double gained = Math.min(radius / 2, 1 - probability[offset + best]);
        double sum = gained * values[best];
        double owed = gained;
        for (int state : order) {
            double p = probability[offset + state];
            if (state != best) {
                double given = Math.min(p, owed);
                owed -= given;
                p -= given;
            }
            sum += p * values[state];
        }
        return sum;
    }

    private static double[] dense(TabularMdp mdp) {
        int states = mdp.stateCount();
        double[] dense = new double[states * mdp.actionCount() * states];
        for (int s = 0; s < states; s++) {
            for (int a = 0; a < mdp.actionCount(); a++) {
                for (int i = 0; i < mdp.outcomeCount(s, a); i++) {
                    dense[(s * mdp.actionCount() + a) * states + mdp.nextState(s, a, i)] += mdp.probability(s, a, i);
                }
            }
        }
        return dense;
    }

    /** Insertion sort: from sweep to sweep the order hardly changes. */
    private static void ascending(double[] values, int[] order) {
        for (int i = 0; i < order.length; i++) order[i] = i;
        for (int i = 1; i < order.length; i++) {
            int held = order[i];
            int j = i;
            while (j > 0 && values[order[j - 1]] > values[held]) {
                order[j] = order[j - 1];
                j--;
            }
            order[j] = held;
        }
    }

    /** Returns the optimistic gain. */
    public double gain() {
        return gain;
    }

    /** Returns the optimistic bias of a state relative to state 0. */
    public double bias(int state) {
        return bias[state];
    }

    /** Returns the action of the optimistic policy in a state. */
    public int bestAction(int state) {
        return policy[state];
    }

    /** Tells whether the tolerance was reached. */
    public boolean converged() {
        return converged;
    }
}
