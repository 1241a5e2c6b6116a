package io.ponder.worldmodels.wrappers;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ModelWrapper;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.TerminationFunction;
import io.ponder.engine.model.WorldModel;

/**
 * Ends imagined episodes by a known function of observation, action and next observation: the discount of such a transition becomes 0.
 * A gradient counts discounts as constants, so that of the inner model passes through.
 *
 * <p>One thread at a time; allocates nothing once it has seen its largest batch.
 */
public final class KnownTermination extends ModelWrapper implements Lowerable {
    private final TerminationFunction termination;
    private final Observations observations;

    /**
     * Wraps {@code inner}.
     *
     * @throws IllegalArgumentException if the model does not tell its observations
     */
    public KnownTermination(WorldModel inner, TerminationFunction termination) {
        super(inner);
        this.termination = termination;
        observations = new Observations(inner, "A known termination");
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        inner().step(state, actions, keys, out);
        termination.terminate(
                observations.before(state), actions, observations.after(out.next()), state.columns(), out.discount());
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
        if (termination instanceof Lowerable known) known.lower(plan);
        else plan.refuse(termination, "is a known end of episodes of your own, which has no kernel");
    }

    @Override
    public long version() {
        Lowerable inside = inner().as(Lowerable.class);
        return inside == null ? 0 : inside.version();
    }

    @Override
    public WorldModel fork() {
        return new KnownTermination(inner().fork(), termination);
    }
}
