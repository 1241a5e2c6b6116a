package io.ponder.worldmodels.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ExactRows;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tabular.TabularMdp;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Samples transitions of a finite model: state and observation are one float row that holds the index of the state, an action is its
 * index. The outcome comes from the column's key, sample and step.
 *
 * <p>Immutable and without scratch memory: one instance serves any number of threads.
 */
public final class TabularModel implements WorldModel, ObservationModel, ExactRows {
    /** Indices above are not exact in float32. */
    private static final int MAXIMUM_STATES = 1 << 24;

    private static final double WORDS = 0x1p32;

    private final ModelSpec spec;
    private final int states;
    private final int actions;
    private final int[] rowStart;
    private final int[] next;
    private final double[] probability;
    private final double[] reward;
    private final double[] discount;
    /** Cumulative probabilities in units of 2^-32: outcome i is the first whose threshold lies above a random 32-bit word. */
    private final long[] threshold;

    /**
     * Copies the rows of a finite model.
     *
     * @throws IllegalArgumentException if it has more than 2^24 states
     */
    public TabularModel(ExactRows rows) {
        states = Checks.inRange("stateCount", rows.stateCount(), 1, MAXIMUM_STATES);
        actions = Checks.positive("actionCount", rows.actionCount());
        spec = ModelSpec.discrete(1, actions);
        rowStart = new int[Math.addExact(Math.multiplyExact(states, actions), 1)];
        for (int row = 0; row < rowStart.length - 1; row++) {
            int outcomes = Checks.positive("outcomeCount", rows.outcomeCount(row / actions, row % actions));
            rowStart[row + 1] = Math.addExact(rowStart[row], outcomes);
        }
        int size = rowStart[rowStart.length - 1];
        next = new int[size];
        probability = new double[size];
        reward = new double[size];
        discount = new double[size];
        threshold = new long[size];
        for (int row = 0; row < rowStart.length - 1; row++) copyRow(rows, row);
    }

    /** Copies a decision process; an outcome that terminates has discount 0, every other 1. */
    public static TabularModel of(TabularMdp process) {
        return new TabularModel(new ProcessRows(process));
    }

    private void copyRow(ExactRows rows, int row) {
        int state = row / actions;
        int action = row % actions;
        double sum = 0;
        for (int at = rowStart[row]; at < rowStart[row + 1]; at++) {
            int i = at - rowStart[row];
            next[at] = Checks.inRange("nextState", rows.nextState(state, action, i), 0, states - 1);
            probability[at] = Checks.inRange("probability", rows.probability(state, action, i), 0, 1);
            reward[at] = rows.reward(state, action, i);
            discount[at] = rows.discount(state, action, i);
            sum += probability[at];
            threshold[at] = Math.round(Math.min(1, sum) * WORDS);
        }
        // The last outcome that can happen takes what rounding left over.
        for (int at = rowStart[row + 1] - 1; at >= rowStart[row]; at--) {
            threshold[at] = (long) WORDS;
            if (probability[at] > 0) break;
        }
        Checks.inRange("sum of the probabilities of state " + state + ", action " + action, sum, 1 - 1e-6, 1 + 1e-6);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        float[] values = out.resize(columns).values();
        for (int k = 0; k < columns; k++) {
            values[k] = Checks.inRange("state index in the observation", (int) observations[k], 0, states - 1);
        }
    }

    @Override
    public void step(ModelState state, float[] actionIndices, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        float[] from = state.values();
        float[] to = out.next().resize(columns).values();
        for (int k = 0; k < columns; k++) {
            int row = ((int) from[k]) * actions + (int) actionIndices[k];
            int outcome = rowStart[row];
            if (rowStart[row + 1] - outcome > 1) {
                long word = CounterRandom.word(keys.key0()[k], keys.key1()[k], keys.sample()[k], keys.step()) & 0xFFFFFFFFL;
                while (word >= threshold[outcome]) outcome++;
            }
            to[k] = next[outcome];
            out.reward()[k] = (float) reward[outcome];
            out.discount()[k] = (float) discount[outcome];
        }
    }

    @Override
    public void observe(ModelState state, float[] observations) {
        System.arraycopy(state.values(), 0, observations, 0, state.columns());
    }

    @Override
    public WorldModel fork() {
        return this;
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
    public int outcomeCount(int state, int action) {
        int row = state * actions + action;
        return rowStart[row + 1] - rowStart[row];
    }

    @Override
    public int nextState(int state, int action, int i) {
        return next[rowStart[state * actions + action] + i];
    }

    @Override
    public double probability(int state, int action, int i) {
        return probability[rowStart[state * actions + action] + i];
    }

    @Override
    public double reward(int state, int action, int i) {
        return reward[rowStart[state * actions + action] + i];
    }

    @Override
    public double discount(int state, int action, int i) {
        return discount[rowStart[state * actions + action] + i];
    }

    /** Reads a decision process as rows of a model. */
    private record ProcessRows(TabularMdp process) implements ExactRows {
        @Override
        public int stateCount() {
            return process.stateCount();
        }

        @Override
        public int actionCount() {
            return process.actionCount();
        }

        @Override
        public int outcomeCount(int state, int action) {
            return process.outcomeCount(state, action);
        }

        @Override
        public int nextState(int state, int action, int i) {
            return process.nextState(state, action, i);
        }

        @Override
        public double probability(int state, int action, int i) {
            return process.probability(state, action, i);
        }

        @Override
        public double reward(int state, int action, int i) {
            return process.reward(state, action, i);
        }

        @Override
        public double discount(int state, int action, int i) {
            return process.terminated(state, action, i) ? 0 : 1;
        }
    }
}
