package io.ponder.worldmodels.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.ExactRows;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.GammaDraw;
import java.util.Arrays;

/**
 * Counts transitions of a finite environment and makes models of the counts.
 *
 * <p>An outcome is a next state together with whether it ended the episode; its reward is the mean of the rewards seen. The
 * prior of every (state, action) is a symmetric Dirichlet: {@code priorCount} imaginary transitions to each state, with the
 * mean reward of the pair (0 where it was never tried) and discount 1. Without a prior a pair that was never tried stays where
 * it is, with reward 0.
 *
 * <p>Not thread-safe.
 */
public final class TransitionCounts {
    private final int states;
    private final int actions;
    private final Row[] rows;

    /** Creates empty counts. */
    public TransitionCounts(int states, int actions) {
        this.states = Checks.positive("states", states);
        this.actions = Checks.positive("actions", actions);
        rows = new Row[Math.multiplyExact(states, actions)];
        for (int i = 0; i < rows.length; i++) rows[i] = new Row();
    }

    /** Adds one transition. */
    public void add(int state, int action, double reward, int next, boolean terminated) {
        Checks.inRange("state", state, 0, states - 1);
        Checks.inRange("action", action, 0, actions - 1);
        Checks.inRange("next", next, 0, states - 1);
        rows[state * actions + action].add(terminated ? ~next : next, reward);
    }

    /**
     * Adds all transitions of a store whose observations and actions are one index each.
     *
     * @throws IllegalArgumentException if they are not, or an index is out of range
     */
    public void addAll(TransitionStore data) {
        Checks.same("observationSize", data.observationSize(), "one index", 1);
        Checks.same("actionSize", data.actionSize(), "one index", 1);
        var state = new float[1];
        var action = new float[1];
        var next = new float[1];
        for (int row = 0; row < data.size(); row++) {
            data.readObservation(row, state);
            data.readAction(row, action);
            data.readNextObservation(row, next);
            add((int) state[0], (int) action[0], data.reward(row), (int) next[0], data.terminated(row));
        }
    }

    /** Returns how often an action was tried in a state. */
    public long count(int state, int action) {
        return rows[state * actions + action].total;
    }

    /**
     * Returns the mean of the posterior: probabilities proportional to count plus prior count.
     *
     * @param priorCount imaginary transitions to each state, at least 0; 0 gives the maximum-likelihood model
     */
    public TabularModel mean(double priorCount) {
        Checks.inRange("priorCount", priorCount, 0, Double.MAX_VALUE);
        var estimate = new Estimate[rows.length];
        for (int i = 0; i < rows.length; i++) estimate[i] = estimate(i, priorCount);
        return new TabularModel(new EstimateRows(states, actions, estimate));
    }

    /**
     * Returns one draw from the posterior, as posterior sampling needs it (Strens 2000; Osband et al. 2013).
     *
     * @param priorCount imaginary transitions to each state, greater than 0
     * @param seed       draws of different seeds are independent
     */
    public TabularModel draw(double priorCount, long seed) {
        Checks.positive("priorCount", priorCount);
        var estimate = new Estimate[rows.length];
        for (int i = 0; i < rows.length; i++) {
            estimate[i] = estimate(i, priorCount);
            drawDirichlet(estimate[i].probability, estimate[i].total, CounterRandom.key(seed, i));
        }
        return new TabularModel(new EstimateRows(states, actions, estimate));
    }

    private Estimate estimate(int index, double priorCount) {
        Row row = rows[index];
        if (row.total == 0 && priorCount == 0) {
            return new Estimate(new int[] {index / actions}, new double[] {1}, new double[1], 1);
        }
        int prior = priorCount > 0 ? states : 0;
        double meanReward = row.total == 0 ? 0 : row.meanReward();
        var outcome = new int[prior + row.outcomes];
        var weight = new double[outcome.length];
        var reward = new double[outcome.length];
        for (int s = 0; s < prior; s++) {
            outcome[s] = s;
            weight[s] = priorCount;
            reward[s] = meanReward;
        }
        int size = prior;
        for (int i = 0; i < row.outcomes; i++) {
            // An outcome that the prior lists already joins it; one that ended the episode stands for itself.
            int at = prior > 0 && row.outcome[i] >= 0 ? row.outcome[i] : size++;
            outcome[at] = row.outcome[i];
            weight[at] += row.count[i];
            reward[at] = row.rewardSum[i] / row.count[i];
        }
        double total = row.total + prior * priorCount;
        for (int i = 0; i < size; i++) weight[i] /= total;
        return new Estimate(Arrays.copyOf(outcome, size), Arrays.copyOf(weight, size), Arrays.copyOf(reward, size), total);
    }

    /** Replaces the mean of a Dirichlet of {@code total} counts by a draw from it: normalised gamma variables. */
    private static void drawDirichlet(double[] probability, double total, long key) {
        double sum = 0;
        for (int i = 0; i < probability.length; i++) {
            probability[i] = GammaDraw.draw(probability[i] * total, key, i);
            sum += probability[i];
        }
        for (int i = 0; i < probability.length; i++) probability[i] = sum > 0 ? probability[i] / sum : 1.0 / probability.length;
    }

    /** Outcomes of one pair; an outcome that ended the episode is stored as {@code ~next}. */
    private static final class Row {
        private int[] outcome = new int[2];
        private long[] count = new long[2];
        private double[] rewardSum = new double[2];
        private int outcomes;
        private long total;

        void add(int newOutcome, double reward) {
            int i = 0;
            while (i < outcomes && outcome[i] != newOutcome) i++;
            if (i == outcomes) {
                if (i == outcome.length) {
                    outcome = Arrays.copyOf(outcome, 2 * i);
                    count = Arrays.copyOf(count, 2 * i);
                    rewardSum = Arrays.copyOf(rewardSum, 2 * i);
                }
                outcome[i] = newOutcome;
                outcomes++;
            }
            count[i]++;
            rewardSum[i] += reward;
            total++;
        }

        double meanReward() {
            double sum = 0;
            for (int i = 0; i < outcomes; i++) sum += rewardSum[i];
            return sum / total;
        }
    }

    private record Estimate(int[] outcome, double[] probability, double[] reward, double total) {}

    private record EstimateRows(int stateCount, int actionCount, Estimate[] estimate) implements ExactRows {
        private Estimate at(int state, int action) {
            return estimate[state * actionCount + action];
        }

        @Override
        public int outcomeCount(int state, int action) {
            return at(state, action).outcome.length;
        }

        @Override
        public int nextState(int state, int action, int i) {
            int outcome = at(state, action).outcome[i];
            return outcome < 0 ? ~outcome : outcome;
        }

        @Override
        public double probability(int state, int action, int i) {
            return at(state, action).probability[i];
        }

        @Override
        public double reward(int state, int action, int i) {
            return at(state, action).reward[i];
        }

        @Override
        public double discount(int state, int action, int i) {
            return at(state, action).outcome[i] < 0 ? 0 : 1;
        }
    }
}
