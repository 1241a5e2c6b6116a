package io.ponder.engine.tabular;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Learns action values of a finite process from its transitions alone: Q(s, a) moves towards r + discount max Q(s', .) (Watkins 1989).
 * It is off-policy: the actions may come from anywhere.
 *
 * <p>Not thread-safe. Nothing is allocated after construction.
 */
public final class QLearning {
    private final int actions;
    private final double discount;
    private final double[] values;

    /**
     * Creates a table.
     *
     * @param initial  value of every action at first; above what is possible it makes an optimistic learner
     * @param discount from 0 to 1
     */
    public QLearning(int states, int actions, double discount, double initial) {
        this.actions = Checks.positive("actions", actions);
        this.discount = Checks.inRange("discount", discount, 0, 1);
        values = new double[Math.multiplyExact(Checks.positive("states", states), actions)];
        Arrays.fill(values, initial);
    }

    /**
     * Learns from one transition.
     *
     * @param stepSize   share of the way to the target, greater than 0 and at most 1
     * @param terminated whether the episode ended, so that nothing follows
     */
    public void update(int state, int action, double reward, int next, boolean terminated, double stepSize) {
        double target = reward + (terminated ? 0 : discount * value(next));
        values[state * actions + action] += stepSize * (target - values[state * actions + action]);
    }

    /** Returns the value of an action. */
    public double actionValue(int state, int action) {
        return values[state * actions + action];
    }

    /** Returns the value of a state: that of its best action. */
    public double value(int state) {
        double best = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < actions; a++) best = Math.max(best, values[state * actions + a]);
        return best;
    }

    /** Returns the best action, the lowest index among equals. */
    public int bestAction(int state) {
        return bestAction(state, 0);
    }

    /** Returns one of the best actions, all with the same probability, chosen by a uniform number from 0 to below 1. */
    public int bestAction(int state, double uniform) {
        double best = value(state);
        int equals = 0;
        for (int a = 0; a < actions; a++) if (values[state * actions + a] == best) equals++;
        int wanted = (int) (uniform * equals);
        for (int a = 0; a < actions; a++) if (values[state * actions + a] == best && wanted-- == 0) return a;
        throw new IllegalArgumentException("The action values of state " + state + " are not numbers.\nMaybe a reward was NaN.");
    }
}
