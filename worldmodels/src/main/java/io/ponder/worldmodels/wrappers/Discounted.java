package io.ponder.worldmodels.wrappers;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ModelWrapper;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;

/** Multiplies the discount of every transition by a constant. One thread at a time; allocates nothing. */
public final class Discounted extends ModelWrapper implements Lowerable {
    private final float factor;

    /**
     * Wraps {@code inner}.
     *
     * @param factor from 0 to 1
     */
    public Discounted(WorldModel inner, double factor) {
        super(inner);
        this.factor = (float) Checks.inRange("factor", factor, 0, 1);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        inner().step(state, actions, keys, out);
        float[] discount = out.discount();
        for (int k = 0; k < state.columns(); k++) discount[k] *= factor;
    }

    @Override
    protected boolean passes(Class<?> capability) {
        return capability == Differentiable.class || super.passes(capability);
    }

    @Override
    public void lower(KernelPlan plan) {
        Lowerable inside = inner().as(Lowerable.class);
        if (inside != null) inside.lower(plan);
        else plan.refuse(inner(), "does not say what it computes");
        plan.discount(factor);
    }

    @Override
    public long version() {
        Lowerable inside = inner().as(Lowerable.class);
        return inside == null ? 0 : inside.version();
    }

    @Override
    public WorldModel fork() {
        return new Discounted(inner().fork(), factor);
    }
}
