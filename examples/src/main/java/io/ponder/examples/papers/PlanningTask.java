package io.ponder.examples.papers;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;

/**
 * A deterministic task of continuous actions without end, whose observation is its state: what optimisers of plans are compared
 * on.
 */
abstract class PlanningTask implements WorldModel, Differentiable {
    private final ModelSpec spec;

    PlanningTask(int stateSize, int actionSize) {
        spec = ModelSpec.continuous(stateSize, actionSize);
    }

    /** Steps column k of K; entry i of a state is at {@code i * K + k}. Returns the cost. */
    abstract double step(float[] state, float[] action, int columns, int k, float[] next);

    /**
     * Writes the derivatives of column k.
     *
     * @param next        cotangent of the next state. Not modified.
     * @param cost        cotangent of the cost
     * @param stateOut    overwritten. Modified.
     * @param actionOut   overwritten. Modified.
     */
    abstract void backward(
            float[] state, float[] action, int columns, int k, float[] next, double cost, float[] stateOut, float[] actionOut);

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, spec.stateSize() * columns);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        out.next().resize(columns);
        for (int k = 0; k < columns; k++) {
            out.reward()[k] = (float) -step(state.values(), actions, columns, k, out.next().values());
            out.discount()[k] = 1;
        }
    }

    @Override
    public void backward(
            ModelState state, float[] actions, ColumnKeys keys, float[] nextCotangent, float[] rewardCotangent,
            float[] stateCotangent, float[] actionCotangent) {
        int columns = state.columns();
        for (int k = 0; k < columns; k++) {
            backward(state.values(), actions, columns, k, nextCotangent, -rewardCotangent[k], stateCotangent, actionCotangent);
        }
    }

    @Override
    public WorldModel fork() {
        return this;
    }

    /** Returns what a plan {@code [horizon x actionSize]} costs from a state. */
    double cost(float[] start, float[] plan) {
        float[] state = start.clone();
        float[] next = new float[state.length];
        float[] action = new float[spec.actionSize()];
        double sum = 0;
        for (int t = 0; t < plan.length / action.length; t++) {
            System.arraycopy(plan, t * action.length, action, 0, action.length);
            sum += step(state, action, 1, 0, next);
            System.arraycopy(next, 0, state, 0, state.length);
        }
        return sum;
    }
}
