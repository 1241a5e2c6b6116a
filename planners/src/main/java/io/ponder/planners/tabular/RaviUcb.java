package io.ponder.planners.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.TabularMdp;
import io.ponder.planners.policy.MirrorDescent;
import java.util.Arrays;

/**
 * Explores by regularised optimistic value iteration: at the start of each epoch one backup with a bonus and one step of mirror descent,
 *
 * <p>Q = clip(r + b + discount P^ V, 0, H), V = 1 / eta ln sum_a pi(a) exp(eta Q(a)), pi proportional to pi exp(eta Q),
 *
 * <p>so that policy and values move by little, and P^ may be any estimate, even one whose rows are no probabilities. H = 1 / (1 - discount).
 *
 * <p>Not thread-safe. Nothing is allocated after construction.
 *
 * <p>Source: A. Moulin and G. Neu, "Optimistic Planning by Regularized Dynamic Programming", 2023, algorithm 1.
 */
public final class RaviUcb {
    /** Keeps every action possible, so that a policy can change its mind. */
    private static final double LEAST_PROBABILITY = 1e-12;

    private final int states;
    private final int actions;
    private final double discount;
    private final MirrorDescent step;
    private final double horizon;
    private final double[] values;
    private final double[] before;
    private final double[] policy;
    private final double[] q;

    /**
     * Creates a planner with the uniform policy and optimistic values.
     *
     * @param discount from 0 to below 1
     * @param eta      how far each step goes, greater than 0; large steps make plain optimistic value iteration
     */
    public RaviUcb(int states, int actions, double discount, double eta) {
        this.states = Checks.positive("states", states);
        this.actions = Checks.positive("actions", actions);
        this.discount = Checks.inRange("discount", discount, 0, Math.nextDown(1.0));
        step = new MirrorDescent(Checks.positive("eta", eta));
        horizon = 1 / (1 - discount);
        values = new double[states];
        before = new double[states];
        Arrays.fill(values, horizon);
        policy = new double[states * actions];
        Arrays.fill(policy, 1.0 / actions);
        q = new double[states * actions];
    }

    /**
     * Begins an epoch.
     *
     * @param estimate the estimated process with the rewards, which are known
     * @param bonus    {@code [states x actions]} what is added for being unknown. Not modified.
     */
    public void epoch(TabularMdp estimate, double[] bonus) {
        System.arraycopy(values, 0, before, 0, states);
        for (int s = 0; s < states; s++) {
            int from = s * actions;
            for (int i = from; i < from + actions; i++) {
                q[i] = Math.max(0, Math.min(horizon, estimate.backup(s, i - from, discount, before) + bonus[i]));
            }
            values[s] = step.apply(policy, policy, q, from, actions, policy);
            double total = 0;
            for (int i = from; i < from + actions; i++) {
                policy[i] = Math.max(LEAST_PROBABILITY, policy[i]);
                total += policy[i];
            }
            for (int i = from; i < from + actions; i++) policy[i] /= total;
        }
    }

    /** Returns the probability of an action. */
    public double probability(int state, int action) {
        return policy[state * actions + action];
    }

    /** Returns the action that a uniform number from 0 to below 1 draws. */
    public int action(int state, double uniform) {
        double left = uniform;
        for (int a = 0; a < actions - 1; a++) {
            left -= policy[state * actions + a];
            if (left < 0) return a;
        }
        return actions - 1;
    }

    /** Returns the optimistic value of a state. */
    public double value(int state) {
        return values[state];
    }
}
