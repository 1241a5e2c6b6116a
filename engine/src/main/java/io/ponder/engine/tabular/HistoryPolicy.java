package io.ponder.engine.tabular;

import io.ponder.engine.Checks;

/**
 * Decides by the states seen since the episode began: an action for every sequence of states up to a horizon.
 *
 * <p>The sequences are the nodes of a tree in depth-first order; a subtree is a range. Immutable and safe for several threads.
 */
public final class HistoryPolicy {
    /** More nodes than this do not fit an array of sensible size. */
    private static final long MOST_NODES = 1L << 26;

    private final int states;
    private final int[] size;
    private final byte[] action;

    /** Decides at a node: by the step, the state and the belief, the probability of each context. */
    @FunctionalInterface
    public interface Rule {
        /** Returns an action; the belief sums to 1. */
        int action(int step, int state, double[] belief);
    }

    HistoryPolicy(int states, int horizon, byte[] action) {
        this.states = states;
        size = sizes(states, horizon);
        this.action = action;
    }

    /** Returns the number of nodes of a subtree that begins at step t, for t = 0 .. horizon; the last is 0. */
    static int[] sizes(int states, int horizon) {
        int[] size = new int[horizon + 1];
        for (int t = horizon - 1; t >= 0; t--) {
            long nodes = 1 + (long) states * size[t + 1];
            if (nodes > MOST_NODES) {
                throw new IllegalArgumentException("horizon is " + horizon + ", but histories of " + states + " states become too many."
                        + "\nMaybe plan in shorter episodes.");
            }
            size[t] = (int) nodes;
        }
        return size;
    }

    /** Returns the policy that a rule of the belief makes; histories that cannot happen get action 0. */
    public static HistoryPolicy of(LatentMdp process, Rule rule) {
        byte[] action = new byte[sizes(process.stateCount(), process.horizon())[0]];
        var policy = new HistoryPolicy(process.stateCount(), process.horizon(), action);
        policy.fill(process, process.transitions(), rule, 0, process.start(), 0, process.weights());
        return policy;
    }

    private void fill(LatentMdp process, double[] transitions, Rule rule, int step, int state, int node, double[] belief) {
        int actions = process.actionCount();
        int a = Checks.inRange("action", rule.action(step, state, belief.clone()), 0, Math.min(actions - 1, Byte.MAX_VALUE));
        action[node] = (byte) a;
        if (step == size.length - 2) return;
        double[] after = new double[belief.length];
        for (int next = 0; next < states; next++) {
            double total = 0;
            for (int m = 0; m < after.length; m++) {
                after[m] = belief[m] * transitions[((m * states + state) * actions + a) * states + next];
                total += after[m];
            }
            if (total <= 0) continue;
            for (int m = 0; m < after.length; m++) after[m] /= total;
            fill(process, transitions, rule, step + 1, next, child(node, step, next), after);
        }
    }

    /** Returns the node of the first decision. */
    public int root() {
        return 0;
    }

    /** Returns the node after a state was seen; of a node of the last step there is none. */
    public int child(int node, int step, int state) {
        Checks.inRange("step", step, 0, size.length - 2);
        return node + 1 + Checks.inRange("state", state, 0, states - 1) * size[step + 1];
    }

    /** Returns the action of a node. */
    public int action(int node) {
        return action[node];
    }

    /** Returns the expected total reward of an episode of {@code process} that follows this policy. */
    public double value(LatentMdp process) {
        Checks.same("horizon", process.horizon(), "that of the policy", size.length - 1);
        double[] transitions = process.transitions();
        double[] rewards = process.rewards();
        return value(process, transitions, rewards, 0, process.start(), 0, process.weights());
    }

    private double value(LatentMdp process, double[] transitions, double[] rewards, int step, int state, int node, double[] weight) {
        int actions = process.actionCount();
        int a = action[node];
        int contexts = weight.length;
        double sum = 0;
        for (int m = 0; m < contexts; m++) sum += weight[m] * rewards[(m * states + state) * actions + a];
        if (step == size.length - 2) return sum;
        double[] after = new double[contexts];
        for (int next = 0; next < states; next++) {
            double total = 0;
            for (int m = 0; m < contexts; m++) {
                after[m] = weight[m] * transitions[((m * states + state) * actions + a) * states + next];
                total += after[m];
            }
            if (total > 0) sum += value(process, transitions, rewards, step + 1, next, child(node, step, next), after);
        }
        return sum;
    }
}
