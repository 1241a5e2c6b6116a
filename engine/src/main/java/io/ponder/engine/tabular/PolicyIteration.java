package io.ponder.engine.tabular;

import io.ponder.engine.Checks;

/**
 * Solves a finite process exactly by policy iteration (Howard 1960): the values of a policy, then in every state the best action for
 * these values, until no action is better by more than rounding.
 *
 * <p>Immutable and safe for several threads.
 */
public final class PolicyIteration {
    /** How much better, relative to the values, an action must be to replace another: above rounding, so that it ends. */
    private static final double BETTER = 1e-11;
    /** Far above what is ever needed: each round improves, and there are finitely many policies. */
    private static final int MOST_ROUNDS = 10_000;

    private final TabularMdp mdp;
    private final double discount;
    private final double[] values;
    private final int[] policy;
    private final int rounds;

    private PolicyIteration(TabularMdp mdp, double discount, double[] values, int[] policy, int rounds) {
        this.mdp = mdp;
        this.discount = discount;
        this.values = values;
        this.policy = policy;
        this.rounds = rounds;
    }

    /**
     * Solves a process.
     *
     * @param discount from 0 to below 1
     */
    public static PolicyIteration solve(TabularMdp mdp, double discount) {
        Checks.inRange("discount", discount, 0, Math.nextDown(1.0));
        int states = mdp.stateCount();
        int actions = mdp.actionCount();
        int[] policy = new int[states];
        double[] values = new double[states];
        boolean changed = true;
        int rounds = 0;
        while (changed && rounds < MOST_ROUNDS) {
            values = PolicyEvaluation.values(mdp, PolicyEvaluation.deterministic(policy, actions), discount);
            double largest = 1;
            for (double value : values) largest = Math.max(largest, Math.abs(value));
            changed = false;
            for (int s = 0; s < states; s++) {
                double best = mdp.backup(s, policy[s], discount, values) + BETTER * largest;
                for (int a = 0; a < actions; a++) {
                    double q = mdp.backup(s, a, discount, values);
                    if (q > best) {
                        best = q;
                        policy[s] = a;
                        changed = true;
                    }
                }
            }
            rounds++;
        }
        return new PolicyIteration(mdp, discount, values, policy, rounds);
    }

    /** Returns a copy of the optimal values of all states. */
    public double[] values() {
        return values.clone();
    }

    /** Returns the optimal value of a state. */
    public double value(int state) {
        return values[state];
    }

    /** Returns the optimal value of an action in a state. */
    public double actionValue(int state, int action) {
        return mdp.backup(state, action, discount, values);
    }

    /** Returns a best action of a state. */
    public int bestAction(int state) {
        return policy[state];
    }

    /** Returns how many policies were evaluated. */
    public int rounds() {
        return rounds;
    }
}
