package io.ponder.planners.constrained;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Constraint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A model whose reward pays for violations. The state of the model inside gets the last action as float rows, where rates are limited, and
 * the row and the step as tags, by which prices are found.
 */
final class PricedModel implements WorldModel, Differentiable {
    private final WorldModel inner;
    private final Multipliers multipliers;
    private final boolean rates;
    private final ModelSpec spec;
    private final int n;
    private final int m;
    private final int innerTags;
    private int capacity;
    private ModelState innerState;
    private StepBuffer innerNext;
    private float[] applied = {};
    private float[] values = {};
    private float[] cotangent = {};
    private float[] innerCotangent = {};
    private float[] innerStateCotangent = {};
    private float[] appliedCotangent = {};
    private float[] rateCotangent = {};

    PricedModel(WorldModel inner, Multipliers multipliers, boolean rates) {
        this.inner = inner;
        this.multipliers = multipliers;
        this.rates = rates;
        n = inner.spec().stateSize();
        m = inner.spec().actionSize();
        innerTags = inner.spec().tagSize();
        spec = inner.spec().withState(n + (rates ? m : 0), innerTags + 2);
        innerState = new ModelState(inner.spec(), 1);
        innerNext = new StepBuffer(inner.spec(), 1);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        reserve(columns);
        inner.init(observations, columns, innerState);
        out.resize(columns);
        Arrays.fill(out.values(), 0, spec.stateSize() * columns, 0);
        copyBack(innerState, out);
        for (int k = 0; k < columns; k++) {
            out.tags()[innerTags * columns + k] = k;
            out.tags()[(innerTags + 1) * columns + k] = 0;
        }
    }

    @Override
    public void begin(ModelState state, ColumnKeys keys) {
        copyIn(state);
        inner.begin(innerState, keys);
        copyBack(innerState, state);
    }

    private void reserve(int columns) {
        if (capacity >= columns) return;
        capacity = columns;
        innerState = new ModelState(inner.spec(), columns);
        innerNext = new StepBuffer(inner.spec(), columns);
        applied = new float[m * columns];
        values = new float[multipliers.size * columns];
        cotangent = new float[multipliers.size * columns];
        innerCotangent = new float[n * columns];
        innerStateCotangent = new float[n * columns];
        appliedCotangent = new float[m * columns];
        rateCotangent = new float[m * columns];
    }

    private void copyIn(ModelState state) {
        int columns = state.columns();
        reserve(columns);
        innerState.resize(columns);
        System.arraycopy(state.values(), 0, innerState.values(), 0, n * columns);
        System.arraycopy(state.tags(), 0, innerState.tags(), 0, innerTags * columns);
    }

    private void copyBack(ModelState from, ModelState to) {
        System.arraycopy(from.values(), 0, to.values(), 0, n * from.columns());
        System.arraycopy(from.tags(), 0, to.tags(), 0, innerTags * from.columns());
    }

    private int row(ModelState state, int k) {
        return state.tags()[innerTags * state.columns() + k];
    }

    private int time(ModelState state, int k) {
        return state.tags()[(innerTags + 1) * state.columns() + k];
    }

    /** Takes the inner step with the actions that the rates allow. */
    private void advance(ModelState state, float[] actions, ColumnKeys keys) {
        int columns = state.columns();
        copyIn(state);
        System.arraycopy(actions, 0, applied, 0, m * columns);
        if (rates && !multipliers.pricesRates) clampRates(state, columns);
        inner.step(innerState, applied, keys, innerNext);
    }

    private void clampRates(ModelState state, int columns) {
        for (int a = 0; a < m; a++) {
            float limit = multipliers.rateLimits[a];
            for (int k = 0; k < columns; k++) {
                if (!multipliers.rated(row(state, k), time(state, k))) continue;
                float previous = state.values()[(n + a) * columns + k];
                applied[a * columns + k] = Math.max(previous - limit, Math.min(previous + limit, applied[a * columns + k]));
            }
        }
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        advance(state, actions, keys);
        evaluate(state, columns);
        ModelState next = out.next().resize(columns);
        copyBack(innerNext.next(), next);
        if (rates) System.arraycopy(applied, 0, next.values(), n * columns, m * columns);
        for (int k = 0; k < columns; k++) {
            next.tags()[innerTags * columns + k] = row(state, k);
            next.tags()[(innerTags + 1) * columns + k] = time(state, k) + 1;
            out.discount()[k] = innerNext.discount()[k];
            double price = 0;
            int t = Math.min(time(state, k), multipliers.horizon - 1);
            for (int i = 0; i < multipliers.size; i++) {
                if (multipliers.counts(i, row(state, k), t)) price += multipliers.price(i, row(state, k), t, values[i * columns + k]);
            }
            out.reward()[k] = (float) (innerNext.reward()[k] - price);
        }
    }

    /** Writes the values of all constraints after the inner step. */
    private void evaluate(ModelState state, int columns) {
        int at = 0;
        for (int c = 0; c < multipliers.constraints.size(); c++) {
            Constraint constraint = multipliers.constraints.get(c);
            // A constraint writes from the beginning of its array.
            constraint.evaluate(innerNext.next(), applied, cotangent);
            System.arraycopy(cotangent, 0, values, at * columns, constraint.size() * columns);
            at += constraint.size();
        }
        if (!multipliers.pricesRates) return;
        for (int a = 0; a < m; a++) {
            float limit = multipliers.rateLimits[a];
            for (int k = 0; k < columns; k++) {
                float change = applied[a * columns + k] - state.values()[(n + a) * columns + k];
                boolean limited = limit < Float.POSITIVE_INFINITY;
                values[(at + 2 * a) * columns + k] = limited ? change - limit : -1;
                values[(at + 2 * a + 1) * columns + k] = limited ? -change - limit : -1;
            }
        }
    }

    @Override
    public void backward(ModelState state, float[] actions, ColumnKeys keys, float[] nextCotangent, float[] rewardCotangent,
            float[] stateCotangent, float[] actionCotangent) {
        int columns = state.columns();
        advance(state, actions, keys);
        evaluate(state, columns);
        for (int k = 0; k < columns; k++) {
            int t = Math.min(time(state, k), multipliers.horizon - 1);
            for (int i = 0; i < multipliers.size; i++) {
                boolean counts = multipliers.counts(i, row(state, k), t);
                double slope = counts ? multipliers.slope(i, row(state, k), t, values[i * columns + k]) : 0;
                values[i * columns + k] = (float) (-rewardCotangent[k] * slope);
            }
        }
        System.arraycopy(nextCotangent, 0, innerCotangent, 0, n * columns);
        Arrays.fill(appliedCotangent, 0, m * columns, 0);
        int at = 0;
        for (int c = 0; c < multipliers.constraints.size(); c++) {
            Constraint constraint = multipliers.constraints.get(c);
            System.arraycopy(values, at * columns, cotangent, 0, constraint.size() * columns);
            constraint.backward(innerNext.next(), applied, cotangent, innerCotangent, appliedCotangent);
            at += constraint.size();
        }
        differentiable().backward(innerState, applied, keys, innerCotangent, rewardCotangent, innerStateCotangent, actionCotangent);
        System.arraycopy(innerStateCotangent, 0, stateCotangent, 0, n * columns);
        for (int i = 0; i < m * columns; i++) actionCotangent[i] += appliedCotangent[i];
        if (rates) throughRates(actions, columns, at, nextCotangent, stateCotangent, actionCotangent);
    }

    /** Takes the cotangent of the applied action back to the action and the one before it. */
    private void throughRates(
            float[] actions, int columns, int at, float[] nextCotangent, float[] stateCotangent, float[] actionCotangent) {
        Arrays.fill(rateCotangent, 0, m * columns, 0);
        for (int a = 0; a < m; a++) {
            for (int k = 0; k < columns; k++) {
                int place = a * columns + k;
                actionCotangent[place] += nextCotangent[(n + a) * columns + k];
                if (multipliers.pricesRates) {
                    float change = values[(at + 2 * a) * columns + k] - values[(at + 2 * a + 1) * columns + k];
                    actionCotangent[place] += change;
                    rateCotangent[place] = -change;
                } else if (applied[place] != actions[place]) {
                    rateCotangent[place] = actionCotangent[place];
                    actionCotangent[place] = 0;
                }
            }
        }
        System.arraycopy(rateCotangent, 0, stateCotangent, n * columns, m * columns);
    }

    private Differentiable differentiable() {
        Differentiable found = inner.as(Differentiable.class);
        if (found == null) throw new UnsupportedOperationException("The model inside has no derivatives.");
        return found;
    }

    @Override
    public WorldModel fork() {
        return new PricedModel(inner.fork(), multipliers, rates);
    }

    @Override
    public int blockColumns() {
        return inner.blockColumns();
    }

    @Override
    public int stepCost() {
        return inner.stepCost();
    }

    @Override
    public <T> @Nullable T as(Class<T> capability) {
        if (capability == Differentiable.class) {
            if (inner.as(Differentiable.class) == null) return null;
            for (Constraint constraint : multipliers.constraints) if (!constraint.differentiable()) return null;
        }
        return capability.isInstance(this) ? capability.cast(this) : null;
    }
}
