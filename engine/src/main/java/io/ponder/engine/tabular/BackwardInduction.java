package io.ponder.engine.tabular;

import io.ponder.engine.Checks;

/**
 * Solves a finite process for episodes of fixed length by backward induction (Bellman 1957): V(t, s) from V(t + 1, .), without discount.
 *
 * <p>Immutable and safe for several threads.
 */
public final class BackwardInduction {
    private final TabularMdp mdp;
    private final double[][] values;

    private BackwardInduction(TabularMdp mdp, double[][] values) {
        this.mdp = mdp;
        this.values = values;
    }

    /** Solves a process for episodes of {@code horizon} steps. */
    public static BackwardInduction solve(TabularMdp mdp, int horizon) {
        double[][] values = new double[Checks.positive("horizon", horizon) + 1][mdp.stateCount()];
        for (int t = horizon - 1; t >= 0; t--) {
            for (int s = 0; s < mdp.stateCount(); s++) {
                double best = Double.NEGATIVE_INFINITY;
                for (int a = 0; a < mdp.actionCount(); a++) best = Math.max(best, mdp.backup(s, a, 1, values[t + 1]));
                values[t][s] = best;
            }
        }
        return new BackwardInduction(mdp, values);
    }

    /** Returns the optimal expected reward from a step on. */
    public double value(int step, int state) {
        return values[step][state];
    }

    /** Returns that of an action at a step before the last value. */
    public double actionValue(int step, int state, int action) {
        return mdp.backup(state, action, 1, values[step + 1]);
    }

    /** Returns the best action at a step, the lowest index among equals. */
    public int bestAction(int step, int state) {
        int best = 0;
        for (int a = 1; a < mdp.actionCount(); a++) {
            if (actionValue(step, state, a) > actionValue(step, state, best)) best = a;
        }
        return best;
    }
}
