package io.ponder.planners.trajectory;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds whole rollouts: states, actions, the discounts before each step and the return of every column, summed in double precision.
 * Memory for the largest number of columns is taken at construction; arrays are dense in the current one.
 */
final class Trajectories {
    private final int horizon;
    private final int actionSize;
    private final StepBuffer[] steps;
    private final float[][] actions;
    private final double[][] weights;
    private final double[] returns;
    private final double[] sizes;
    private final float[] terminal;
    private final ColumnKeys keys;
    private int columns;

    Trajectories(ModelSpec spec, int capacity, int horizon) {
        this.horizon = horizon;
        actionSize = spec.actionSize();
        steps = new StepBuffer[horizon + 1];
        for (int t = 0; t <= horizon; t++) steps[t] = new StepBuffer(spec, capacity);
        actions = new float[horizon][actionSize * capacity];
        weights = new double[horizon + 1][capacity];
        returns = new double[capacity];
        sizes = new double[capacity];
        terminal = new float[capacity];
        keys = new ColumnKeys(capacity);
    }

    int columns() {
        return columns;
    }

    /** Returns the states {@code [n x columns]} before step t, or after the last one. */
    float[] states(int t) {
        return steps[t].next().values();
    }

    /** Returns the actions {@code [m x columns]} of step t. */
    float[] actions(int t) {
        return actions[t];
    }

    /** Returns the product of the discounts before step t, {@code [columns]}. */
    double[] weights(int t) {
        return weights[t];
    }

    /** Returns the returns {@code [columns]}. */
    double[] returns() {
        return returns;
    }

    /** Returns the sums of the sizes of the discounted rewards {@code [columns]}. */
    double[] sizes() {
        return sizes;
    }

    StepBuffer step(int t) {
        return steps[t];
    }

    ColumnKeys keys() {
        return keys;
    }

    /** Sets the number of columns, whose states before step 0 and whose keys the caller then writes. */
    void begin(int newColumns) {
        columns = newColumns;
        steps[0].next().resize(columns);
        keys.resize(columns).step(0);
        Arrays.fill(returns, 0, columns, 0);
        Arrays.fill(sizes, 0, columns, 0);
        Arrays.fill(weights[0], 0, columns, 1);
    }

    /** Takes step t, whose actions are in place, and adds its rewards. */
    void advance(WorldModel model, int t) {
        model.step(steps[t].next(), actions[t], keys.step(t), steps[t + 1]);
        float[] reward = steps[t + 1].reward();
        float[] discount = steps[t + 1].discount();
        for (int k = 0; k < columns; k++) {
            double weight = weights[t][k];
            if (weight != 0) {
                returns[k] += weight * reward[k];
                sizes[k] += Math.abs(weight * reward[k]);
                weights[t + 1][k] = weight * discount[k];
            } else {
                weights[t + 1][k] = 0;
            }
        }
    }

    /** Takes it that all columns have diverged. */
    void forfeit() {
        Arrays.fill(returns, 0, columns, Double.NaN);
    }

    /** Adds the values of the last states. */
    void end(@Nullable ValueFunction value) {
        if (value == null) return;
        value.value(steps[horizon].next(), terminal);
        for (int k = 0; k < columns; k++) {
            double weight = weights[horizon][k];
            if (weight == 0) continue;
            returns[k] += weight * terminal[k];
            sizes[k] += Math.abs(weight * terminal[k]);
        }
    }

    /** Makes a column the copy of another trajectory. */
    void copyColumn(Trajectories source, int from, int to) {
        int stateSize = steps[0].next().stateSize();
        int tagSize = steps[0].next().tagSize();
        for (int t = 0; t <= horizon; t++) {
            steps[t].next().resize(columns);
            for (int d = 0; d < stateSize; d++) states(t)[d * columns + to] = source.states(t)[d * source.columns + from];
            int[] tags = steps[t].next().tags();
            int[] sourceTags = source.steps[t].next().tags();
            for (int d = 0; d < tagSize; d++) tags[d * columns + to] = sourceTags[d * source.columns + from];
            weights[t][to] = source.weights[t][from];
            if (t == horizon) break;
            for (int a = 0; a < actionSize; a++) actions[t][a * columns + to] = source.actions[t][a * source.columns + from];
        }
        returns[to] = source.returns[from];
        sizes[to] = source.sizes[from];
    }
}
