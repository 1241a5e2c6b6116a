package io.ponder.engine.tabular;

import io.ponder.engine.Checks;

/**
 * Finds the best behaviour in a process with a hidden context by dynamic programming over (step, state, belief): the belief follows from
 * the states seen by Bayes' rule, and the value is a sum over contexts, linear in the weights w_m that are not normalised:
 *
 * <p>V(t, s, w) = max over a of sum_m w_m r_m(s, a) + sum over s' of V(t + 1, s', w_m P_m(s' | s, a)).
 *
 * <p>The recursion is exact and visits (actions x states)^horizon nodes. Memory is one history policy for each step.
 *
 * <p>Source: Bellman's equation of the belief process (Åström 1965); latent processes as in J. Kwon, Y. Efroni, C. Caramanis and S. Mannor,
 * "RL for Latent MDPs: Regret Guarantees and a Lower Bound", 2021.
 */
public final class BeliefPlanning {
    private static final double MOST_NODES = 2e9;

    private final int states;
    private final int actions;
    private final int contexts;
    private final int horizon;
    private final double[] transitions;
    private final double[] rewards;
    private final int[] size;
    /** Of each step the subtree below the action that is being tried. */
    private final byte[][] tried;
    private final double[][] belief;

    private BeliefPlanning(LatentMdp process) {
        states = process.stateCount();
        actions = process.actionCount();
        contexts = process.contexts().size();
        horizon = process.horizon();
        transitions = process.transitions();
        rewards = process.rewards();
        Checks.inRange("(actions x states)^horizon", Math.pow((double) actions * states, horizon), 1, MOST_NODES);
        Checks.inRange("actionCount", actions, 1, Byte.MAX_VALUE);
        size = HistoryPolicy.sizes(states, horizon);
        tried = new byte[horizon][];
        belief = new double[horizon][contexts];
        for (int t = 0; t < horizon; t++) tried[t] = new byte[size[t] - 1];
    }

    /**
     * A solution.
     *
     * @param value  expected total reward of an episode
     * @param policy what reaches it
     */
    public record Solution(double value, HistoryPolicy policy) {}

    /** Returns the best history-dependent policy. */
    public static Solution solve(LatentMdp process) {
        var planning = new BeliefPlanning(process);
        byte[] policy = new byte[planning.size[0]];
        System.arraycopy(process.weights(), 0, planning.belief[0], 0, planning.contexts);
        double value = planning.best(0, process.start(), policy, 0);
        return new Solution(value, new HistoryPolicy(planning.states, planning.horizon, policy));
    }

    /** Writes the best subtree for the belief of its step to {@code policy} from {@code at} on, and returns its value. */
    private double best(int step, int state, byte[] policy, int at) {
        double best = Double.NEGATIVE_INFINITY;
        double[] weight = belief[step];
        byte[] below = tried[step];
        for (int a = 0; a < actions; a++) {
            double sum = 0;
            for (int m = 0; m < contexts; m++) sum += weight[m] * rewards[(m * states + state) * actions + a];
            if (step < horizon - 1) {
                double[] after = belief[step + 1];
                for (int next = 0; next < states; next++) {
                    double total = 0;
                    for (int m = 0; m < contexts; m++) {
                        after[m] = weight[m] * transitions[((m * states + state) * actions + a) * states + next];
                        total += after[m];
                    }
                    if (total > 0) sum += best(step + 1, next, below, next * size[step + 1]);
                }
            }
            if (sum > best) {
                best = sum;
                policy[at] = (byte) a;
                System.arraycopy(below, 0, policy, at + 1, below.length);
            }
        }
        return best;
    }
}
