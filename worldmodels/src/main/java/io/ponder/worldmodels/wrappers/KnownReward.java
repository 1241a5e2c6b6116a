package io.ponder.worldmodels.wrappers;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ModelWrapper;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.RewardFunction;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the reward of a model by a known function of observation, action and next observation. Differentiable where the inner
 * model, its observations and the reward are.
 *
 * <p>One thread at a time; allocates nothing once it has seen its largest batch.
 */
public final class KnownReward extends ModelWrapper implements Differentiable, Lowerable {
    private final RewardFunction reward;
    private final Observations observations;
    private final @Nullable Differentiable innerGradient;
    private @Nullable StepBuffer forward;
    private float[] toBefore = {};
    private float[] toAfter = {};
    private float[] toActions = {};
    private float[] nextTotal = {};
    private float[] zeros = {};

    /**
     * Wraps {@code inner}.
     *
     * @throws IllegalArgumentException if the model does not tell its observations
     */
    public KnownReward(WorldModel inner, RewardFunction reward) {
        super(inner);
        this.reward = reward;
        observations = new Observations(inner, "A known reward");
        innerGradient = inner.as(Differentiable.class);
    }

    /** Returns the reward function. */
    public RewardFunction reward() {
        return reward;
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        inner().step(state, actions, keys, out);
        reward.reward(observations.before(state), actions, observations.after(out.next()), state.columns(), out.reward());
    }

    @Override
    protected boolean offers(Class<?> capability) {
        return capability != Differentiable.class
                || (innerGradient != null && reward.differentiable() && observations.observer().observationDifferentiable());
    }

    @Override
    public void backward(
            ModelState state,
            float[] actions,
            ColumnKeys keys,
            float[] nextCotangent,
            float[] rewardCotangent,
            float[] stateCotangent,
            float[] actionCotangent) {
        if (innerGradient == null) throw new UnsupportedOperationException("The model inside is not differentiable.");
        int columns = state.columns();
        StepBuffer step = prepare(columns);
        inner().step(state, actions, keys, step);
        reward.backward(observations.before(state), actions, observations.after(step.next()), columns, rewardCotangent,
                toBefore, toActions, toAfter);
        ObservationModel observer = observations.observer();
        System.arraycopy(nextCotangent, 0, nextTotal, 0, spec().stateSize() * columns);
        observer.observeBackward(step.next(), toAfter, nextTotal);
        innerGradient.backward(state, actions, keys, nextTotal, zeros, stateCotangent, actionCotangent);
        observer.observeBackward(state, toBefore, stateCotangent);
        int entries = spec().actionSize() * columns;
        for (int i = 0; i < entries; i++) actionCotangent[i] += toActions[i];
    }

    private StepBuffer prepare(int columns) {
        StepBuffer buffer = forward;
        if (buffer == null || buffer.next().capacity() < columns) {
            buffer = new StepBuffer(spec(), columns);
            forward = buffer;
            toBefore = new float[spec().observationSize() * columns];
            toAfter = new float[spec().observationSize() * columns];
            toActions = new float[spec().actionSize() * columns];
            nextTotal = new float[spec().stateSize() * columns];
            zeros = new float[columns];
        }
        Arrays.fill(toBefore, 0);
        Arrays.fill(toAfter, 0);
        Arrays.fill(toActions, 0);
        return buffer;
    }

    @Override
    public void lower(KernelPlan plan) {
        Lowerable inside = inner().as(Lowerable.class);
        if (inside != null) inside.lower(plan);
        else plan.refuse(inner(), "does not say what it computes");
        if (reward instanceof Lowerable known) known.lower(plan);
        else plan.refuse(reward, "is a known reward of your own, which has no kernel");
    }

    @Override
    public long version() {
        Lowerable inside = inner().as(Lowerable.class);
        return inside == null ? 0 : inside.version();
    }

    @Override
    public WorldModel fork() {
        return new KnownReward(inner().fork(), reward);
    }
}
