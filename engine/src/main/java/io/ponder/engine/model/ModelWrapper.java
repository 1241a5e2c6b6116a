package io.ponder.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * Changes one thing about an inner model and leaves the rest as it is. Whatever modifies a model (known reward, termination,
 * corrections, penalties) is a wrapper, so that planners and trainers need no special cases.
 *
 * <p>A wrapper changes what a step returns, so a capability that describes the step (such as {@link Differentiable}) is offered only
 * where the wrapper implements it itself; {@link #passes} lists the capabilities that are handed through unchanged.
 */
public abstract class ModelWrapper implements WorldModel {
    private final WorldModel inner;

    /** Wraps {@code inner}, which belongs to the wrapper from now on. */
    protected ModelWrapper(WorldModel inner) {
        this.inner = inner;
    }

    /** Returns the model inside. */
    public final WorldModel inner() {
        return inner;
    }

    @Override
    public ModelSpec spec() {
        return inner.spec();
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        inner.init(observations, columns, out);
    }

    @Override
    public void begin(ModelState state, ColumnKeys keys) {
        inner.begin(state, keys);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        inner.step(state, actions, keys, out);
    }

    @Override
    public int blockColumns() {
        return inner.blockColumns();
    }

    @Override
    public int stepCost() {
        return inner.stepCost();
    }

    /** Tells whether the inner model's {@code capability} still holds for the wrapped model. */
    protected boolean passes(Class<?> capability) {
        return capability == ObservationModel.class || capability == EnsembleView.class;
    }

    /** Tells whether a capability that this class implements holds for the model inside at hand; true by default. */
    protected boolean offers(Class<?> capability) {
        return true;
    }

    @Override
    public <T> @Nullable T as(Class<T> capability) {
        if (capability.isInstance(this)) return offers(capability) ? capability.cast(this) : null;
        return passes(capability) ? inner.as(capability) : null;
    }
}
