package io.ponder.engine.classic;

import java.util.Arrays;

/** Steps blocks of a linear system with a quadratic cost. State and observation: x. */
public final class LinearQuadraticBatch implements BatchedTask {
    private final String name;
    private final int stateSize;
    private final int actionSize;
    private final float[] transition;
    private final float[] input;
    private final float[] stateCost;
    private final float[] actionCost;
    private final float bound;

    /** Creates the batched form of a system. */
    public LinearQuadraticBatch(String name, LinearQuadratic system) {
        this.name = name;
        stateSize = system.stateSize();
        actionSize = system.actionSize();
        transition = toFloat(system.transition());
        input = toFloat(system.input());
        stateCost = toFloat(system.stateCost());
        actionCost = toFloat(system.actionCost());
        bound = (float) system.bound();
    }

    private static float[] toFloat(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) floats[i] = (float) values[i];
        return floats;
    }

    /** Returns everything of the system as numbers: A, B, Q, R row by row, then the bound. A copy. */
    public float[] constants() {
        float[] all = new float[transition.length + input.length + stateCost.length + actionCost.length + 1];
        int at = 0;
        for (float[] part : new float[][] {transition, input, stateCost, actionCost, {bound}}) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int stateSize() {
        return stateSize;
    }

    @Override
    public int observationSize() {
        return stateSize;
    }

    @Override
    public int actionSize() {
        return actionSize;
    }

    /** Returns the rows for x, u, x' and the sum that is being formed. */
    @Override
    public int scratchRows() {
        return 2 * stateSize + actionSize + 1;
    }

    @Override
    public void step(
            float[] state, float[] action, int columns, float[] next, float[] reward, float[] discount, float[][] scratch) {
        int firstAction = stateSize;
        int firstNext = stateSize + actionSize;
        for (int i = 0; i < stateSize; i++) Rows.read(state, i, columns, scratch[i]);
        for (int i = 0; i < actionSize; i++) {
            Rows.read(action, i, columns, scratch[firstAction + i]);
            Rows.clip(scratch[firstAction + i], bound, columns, scratch[firstAction + i]);
        }
        for (int i = 0; i < stateSize; i++) {
            float[] sum = scratch[firstNext + i];
            Arrays.fill(sum, 0, columns, 0);
            for (int j = 0; j < stateSize; j++) addScaled(scratch[j], transition[i * stateSize + j], columns, sum);
            for (int j = 0; j < actionSize; j++) addScaled(scratch[firstAction + j], input[i * actionSize + j], columns, sum);
            Rows.write(sum, next, i, columns);
        }
        Arrays.fill(reward, 0, columns, 0);
        float[] product = scratch[firstNext + stateSize];
        subtractQuadratic(stateCost, stateSize, scratch, firstNext, columns, product, reward);
        subtractQuadratic(actionCost, actionSize, scratch, firstAction, columns, product, reward);
        Arrays.fill(discount, 0, columns, 1);
    }

    private static void subtractQuadratic(
            float[] matrix, int size, float[][] rows, int first, int columns, float[] product, float[] out) {
        for (int i = 0; i < size; i++) {
            Arrays.fill(product, 0, columns, 0);
            for (int j = 0; j < size; j++) addScaled(rows[first + j], matrix[i * size + j], columns, product);
            subtractProduct(rows[first + i], product, columns, out);
        }
    }

    private static void addScaled(float[] row, float factor, int columns, float[] sum) {
        if (factor == 0) return;
        for (int k = 0; k < columns; k++) sum[k] += factor * row[k];
    }

    private static void subtractProduct(float[] row, float[] product, int columns, float[] out) {
        for (int k = 0; k < columns; k++) out[k] -= row[k] * product[k];
    }

    @Override
    public void observe(float[] state, int columns, float[] observation) {
        System.arraycopy(state, 0, observation, 0, stateSize * columns);
    }

    @Override
    public void stateOf(float[] observation, int columns, float[] state) {
        System.arraycopy(observation, 0, state, 0, stateSize * columns);
    }
}
