package io.ponder.engine.tabular;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Stores a finite Markov decision process in compressed rows: the outcomes of (state, action) lie next to each other.
 *
 * <p>Immutable and safe for several threads.
 */
public final class MdpTable implements TabularMdp {
    /** How far the probabilities of one row may be from summing to 1. */
    private static final double SUM_TOLERANCE = 1e-9;

    private final int states;
    private final int actions;
    private final double[] start;
    private final int[] rowStart;
    private final double[] probability;
    private final int[] next;
    private final double[] reward;
    private final boolean[] terminated;

    private MdpTable(Builder builder) {
        states = builder.states;
        actions = builder.actions;
        start = builder.start.clone();
        rowStart = builder.rowStart.clone();
        probability = Arrays.copyOf(builder.probability, builder.size);
        next = Arrays.copyOf(builder.next, builder.size);
        reward = Arrays.copyOf(builder.reward, builder.size);
        terminated = Arrays.copyOf(builder.terminated, builder.size);
    }

    @Override
    public int stateCount() {
        return states;
    }

    @Override
    public int actionCount() {
        return actions;
    }

    @Override
    public double startProbability(int state) {
        return start[state];
    }

    @Override
    public int outcomeCount(int state, int action) {
        int row = state * actions + action;
        return rowStart[row + 1] - rowStart[row];
    }

    @Override
    public double probability(int state, int action, int i) {
        return probability[rowStart[state * actions + action] + i];
    }

    @Override
    public int nextState(int state, int action, int i) {
        return next[rowStart[state * actions + action] + i];
    }

    @Override
    public double reward(int state, int action, int i) {
        return reward[rowStart[state * actions + action] + i];
    }

    @Override
    public boolean terminated(int state, int action, int i) {
        return terminated[rowStart[state * actions + action] + i];
    }

    /** Collects the outcomes of a table, row by row: (state 0, action 0), (state 0, action 1), and so on. Not thread-safe. */
    public static final class Builder {
        private final int states;
        private final int actions;
        private final double[] start;
        private final int[] rowStart;
        private double[] probability = new double[64];
        private int[] next = new int[64];
        private double[] reward = new double[64];
        private boolean[] terminated = new boolean[64];
        private int row;
        private int size;

        /** Begins a table of {@code states} states and {@code actions} actions, each at least 1. */
        public Builder(int states, int actions) {
            this.states = Checks.positive("states", states);
            this.actions = Checks.positive("actions", actions);
            start = new double[states];
            rowStart = new int[Math.addExact(Math.multiplyExact(states, actions), 1)];
        }

        /** Sets the probability that an episode starts in a state. */
        public Builder start(int state, double newProbability) {
            start[Checks.inRange("start state", state, 0, states - 1)] =
                    Checks.inRange("start probability", newProbability, 0, 1);
            return this;
        }

        /** Adds an outcome to the current row. */
        public Builder outcome(double newProbability, int nextState, double newReward, boolean nowTerminated) {
            if (size == next.length) grow();
            probability[size] = Checks.inRange("probability", newProbability, 0, 1);
            next[size] = Checks.inRange("next state", nextState, 0, states - 1);
            reward[size] = Checks.inRange("reward", newReward, -Double.MAX_VALUE, Double.MAX_VALUE);
            terminated[size] = nowTerminated;
            size++;
            return this;
        }

        /**
         * Ends the current row; the next outcome belongs to the next action, after the last action to the next state.
         *
         * @throws IllegalArgumentException if the probabilities of the row do not sum to 1
         */
        public Builder endRow() {
            Checks.inRange("number of ended rows", row + 1, 1, states * actions);
            double sum = 0;
            for (int i = rowStart[row]; i < size; i++) sum += probability[i];
            requireOne("probabilities of state " + row / actions + ", action " + row % actions, sum);
            rowStart[++row] = size;
            return this;
        }

        /**
         * Returns the table.
         *
         * @throws IllegalArgumentException if rows are missing or the start probabilities do not sum to 1
         */
        public MdpTable build() {
            Checks.same("number of ended rows", row, "states x actions", states * actions);
            double sum = 0;
            for (double p : start) sum += p;
            requireOne("start probabilities", sum);
            return new MdpTable(this);
        }

        private void grow() {
            int length = 2 * size;
            probability = Arrays.copyOf(probability, length);
            next = Arrays.copyOf(next, length);
            reward = Arrays.copyOf(reward, length);
            terminated = Arrays.copyOf(terminated, length);
        }

        private static void requireOne(String name, double sum) {
            if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                throw new IllegalArgumentException("The " + name + " sum to " + sum + ", but they must sum to 1.\n"
                        + "Maybe an outcome is missing or listed twice.");
            }
        }
    }
}
