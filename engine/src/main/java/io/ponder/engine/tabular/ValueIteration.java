package io.ponder.engine.tabular;

import io.ponder.engine.Checks;

/**
 * Solves a finite Markov decision process by value iteration in double precision (Bellman 1957): V(s) becomes the largest
 * expected r + discount V(s') over the actions, in place and state by state, until nothing moves any more.
 *
 * <p>Immutable and safe for several threads.
 */
public final class ValueIteration {
    private final TabularMdp mdp;
    private final double discount;
    private final double[] values;
    private final double residual;
    private final int sweeps;

    private ValueIteration(TabularMdp mdp, double discount, double[] values, double residual, int sweeps) {
        this.mdp = mdp;
        this.discount = discount;
        this.values = values;
        this.residual = residual;
        this.sweeps = sweeps;
    }

    /**
     * Solves a process.
     *
     * @param discount  from 0 to 1; with 1 every policy must end for the values to be finite
     * @param tolerance stops after a sweep that moved no value by more than this, at least 0
     * @param maxSweeps stops after so many sweeps at the latest
     */
    public static ValueIteration solve(TabularMdp mdp, double discount, double tolerance, int maxSweeps) {
        Checks.inRange("discount", discount, 0, 1);
        Checks.inRange("tolerance", tolerance, 0, Double.MAX_VALUE);
        Checks.positive("maxSweeps", maxSweeps);
        double[] values = new double[mdp.stateCount()];
        double residual = Double.POSITIVE_INFINITY;
        int sweeps = 0;
        while (residual > tolerance && sweeps < maxSweeps) {
            residual = 0;
            for (int state = 0; state < values.length; state++) {
                double best = Double.NEGATIVE_INFINITY;
                for (int action = 0; action < mdp.actionCount(); action++) {
                    best = Math.max(best, mdp.backup(state, action, discount, values));
                }
                residual = Math.max(residual, Math.abs(best - values[state]));
                values[state] = best;
            }
            sweeps++;
        }
        return new ValueIteration(mdp, discount, values, residual, sweeps);
    }

    /** Returns the optimal value of a state. */
    public double value(int state) {
        return values[state];
    }

    /** Returns a copy of the optimal values of all states. */
    public double[] values() {
        return values.clone();
    }

    /** Returns the optimal value of an action in a state: the expected reward and discounted value of what follows. */
    public double actionValue(int state, int action) {
        return mdp.backup(state, action, discount, values);
    }

    /** Returns the best action of a state, the lowest index among equals. */
    public int bestAction(int state) {
        int best = 0;
        for (int action = 1; action < mdp.actionCount(); action++) {
            if (actionValue(state, action) > actionValue(state, best)) best = action;
        }
        return best;
    }

    /** Tells whether an action is within {@code margin} of the best of its state. */
    public boolean isOptimal(int state, int action, double margin) {
        return actionValue(state, action) >= actionValue(state, bestAction(state)) - margin;
    }

    /** Returns the largest move of a value in the last sweep. */
    public double residual() {
        return residual;
    }

    /** Returns the number of sweeps over all states. */
    public int sweeps() {
        return sweeps;
    }
}
