package io.ponder.planners.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.EmpiricalMdp;
import java.util.Arrays;

/**
 * Plans in counts with a bonus for what was seldom tried: Q = min(r + bonus + discount P^ V, ceiling), V = max Q, until nothing moves
 * (Azar, Osband and Munos 2017, in its discounted form).
 *
 * <p>Not thread-safe. Nothing is allocated after construction; each plan begins with the values of the last one.
 */
public final class OptimisticValueIteration {
    private final EmpiricalMdp counts;
    private final OptimismRule rule;
    private final double discount;
    private final double ceiling;
    private final double[] values;

    /**
     * Creates a planner.
     *
     * @param discount from 0 to below 1
     * @param ceiling  largest possible value, 1 / (1 - discount) for rewards up to 1
     */
    public OptimisticValueIteration(EmpiricalMdp counts, OptimismRule rule, double discount, double ceiling) {
        this.counts = counts;
        this.rule = rule;
        this.discount = Checks.inRange("discount", discount, 0, Math.nextDown(1.0));
        this.ceiling = ceiling;
        values = new double[counts.stateCount()];
        Arrays.fill(values, ceiling);
    }

    /**
     * Plans with the counts as they are.
     *
     * @param tolerance stops after a sweep that moved no value by more than this
     * @param maxSweeps stops after so many sweeps at the latest
     * @return the number of sweeps
     */
    public int plan(double tolerance, int maxSweeps) {
        double moved = Double.POSITIVE_INFINITY;
        int sweeps = 0;
        while (moved > tolerance && sweeps < maxSweeps) {
            moved = 0;
            for (int s = 0; s < values.length; s++) {
                double best = Double.NEGATIVE_INFINITY;
                for (int a = 0; a < counts.actionCount(); a++) best = Math.max(best, actionValue(s, a));
                moved = Math.max(moved, Math.abs(best - values[s]));
                values[s] = best;
            }
            sweeps++;
        }
        return sweeps;
    }

    /** Returns the optimistic value of an action. */
    public double actionValue(int state, int action) {
        double q = counts.backup(state, action, discount, values) + rule.width(counts.visits(state, action));
        return Math.min(q, ceiling);
    }

    /** Returns the optimistic value of a state at the last plan. */
    public double value(int state) {
        return values[state];
    }

    /** Returns the best action, the one tried less often among equals, so that a ceiling that all reach decides nothing. */
    public int bestAction(int state) {
        int best = 0;
        for (int a = 1; a < counts.actionCount(); a++) {
            double difference = actionValue(state, a) - actionValue(state, best);
            if (difference > 0 || difference == 0 && counts.visits(state, a) < counts.visits(state, best)) best = a;
        }
        return best;
    }
}
