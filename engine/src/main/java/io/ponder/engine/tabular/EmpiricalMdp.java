package io.ponder.engine.tabular;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Counts transitions, and is the process of their frequencies: probabilities are shares of the visits, rewards means. A pair that was
 * never tried stays where it is and pays nothing, which no planner mistakes for a promise.
 *
 * <p>Not thread-safe. Reading allocates nothing; the first visit of an outcome may.
 */
public final class EmpiricalMdp implements TabularMdp {
    private final int states;
    private final int actions;
    private final long[] visits;
    private final int[][] outcome;
    private final long[][] count;
    private final double[][] rewardSum;
    private final int[] outcomes;

    /** Creates empty counts. */
    public EmpiricalMdp(int states, int actions) {
        this.states = Checks.positive("states", states);
        this.actions = Checks.positive("actions", actions);
        int pairs = Math.multiplyExact(states, actions);
        visits = new long[pairs];
        outcome = new int[pairs][2];
        count = new long[pairs][2];
        rewardSum = new double[pairs][2];
        outcomes = new int[pairs];
    }

    /** Adds one transition. */
    public void add(int state, int action, double reward, int next, boolean terminated) {
        Checks.inRange("next", next, 0, states - 1);
        int pair = Checks.inRange("state", state, 0, states - 1) * actions + Checks.inRange("action", action, 0, actions - 1);
        // An outcome that ended the episode is stored as ~next, apart from the same state without an end.
        int code = terminated ? ~next : next;
        int i = 0;
        while (i < outcomes[pair] && outcome[pair][i] != code) i++;
        if (i == outcomes[pair]) {
            if (i == outcome[pair].length) {
                outcome[pair] = Arrays.copyOf(outcome[pair], 2 * i);
                count[pair] = Arrays.copyOf(count[pair], 2 * i);
                rewardSum[pair] = Arrays.copyOf(rewardSum[pair], 2 * i);
            }
            outcome[pair][i] = code;
            outcomes[pair]++;
        }
        count[pair][i]++;
        rewardSum[pair][i] += reward;
        visits[pair]++;
    }

    /** Returns how often an action was tried in a state. */
    public long visits(int state, int action) {
        return visits[state * actions + action];
    }

    /** Returns how often it led to outcome {@code i}. */
    public long count(int state, int action, int i) {
        return count[state * actions + action][i];
    }

    @Override
    public int stateCount() {
        return states;
    }

    @Override
    public int actionCount() {
        return actions;
    }

    /** Returns 1 for state 0: where episodes start is not counted. */
    @Override
    public double startProbability(int state) {
        return state == 0 ? 1 : 0;
    }

    @Override
    public int outcomeCount(int state, int action) {
        return Math.max(1, outcomes[state * actions + action]);
    }

    @Override
    public double probability(int state, int action, int i) {
        int pair = state * actions + action;
        return visits[pair] == 0 ? 1 : count[pair][i] / (double) visits[pair];
    }

    @Override
    public int nextState(int state, int action, int i) {
        int pair = state * actions + action;
        if (visits[pair] == 0) return state;
        int code = outcome[pair][i];
        return code < 0 ? ~code : code;
    }

    @Override
    public double reward(int state, int action, int i) {
        int pair = state * actions + action;
        return visits[pair] == 0 ? 0 : rewardSum[pair][i] / count[pair][i];
    }

    @Override
    public boolean terminated(int state, int action, int i) {
        int pair = state * actions + action;
        return visits[pair] > 0 && outcome[pair][i] < 0;
    }
}
