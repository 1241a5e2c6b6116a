package io.ponder.worldmodels.ensemble;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.EnsembleView;
import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelPropagation;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.Prediction;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes a world model of a predictor: chooses the member of every column and draws the next observation from its Gaussian (trajectory
 * sampling; Chua et al. 2018).
 *
 * <p>The model state is the observation, and under {@link ParticlePropagation#TS_INFINITY} one tag, the member, which {@link #begin}
 * sets to {@code (sample + offset of the key) mod E}: any number of consecutive particles shares the members as evenly as possible. All
 * noise comes from the column's key, sample and step. The reward is the member's mean where it is learned, else 0; put a
 * {@link io.ponder.worldmodels.wrappers.KnownReward} around it then. Discounts are 1.
 *
 * <p>Gradients are those of the step with its noise held fixed (reparameterised); under {@code MEAN} they average the members.
 * One thread at a time; allocates nothing once it has seen its largest batch.
 */
public final class Propagation implements WorldModel, ObservationModel, Differentiable, EnsembleView, Lowerable {
    private final Predictor predictor;
    private final ParticlePropagation mode;
    private final boolean sampled;
    private final ModelSpec spec;
    private final int targetSize;
    private final int drawsPerStep;
    private int capacity;
    private int[] member = {};
    private Prediction prediction = new Prediction(1, 1, 1);
    private float[] noise = {};
    private float[] meanCotangent = {};
    private float[] logVarianceCotangent = {};
    private float[] partState = {};
    private float[] partActions = {};

    /**
     * Creates the model.
     *
     * @param predictor   outermost stage of the chain; belongs to the model from now on
     * @param actionCount number of discrete actions, 0 for continuous ones
     * @param mode        which member predicts
     * @param sampled     whether next observations are drawn from the member's Gaussian, or are its mean; {@code MEAN} never draws
     * @throws IllegalArgumentException if the predictor predicts neither the observation nor the observation and one reward
     */
    public Propagation(Predictor predictor, int actionCount, ParticlePropagation mode, boolean sampled) {
        this.predictor = predictor;
        this.mode = mode;
        this.sampled = sampled && mode != ParticlePropagation.MEAN;
        int observationSize = predictor.observationSize();
        targetSize = Checks.inRange("targetSize", predictor.targetSize(), observationSize, observationSize + 1);
        int tags = mode == ParticlePropagation.TS_INFINITY ? 1 : 0;
        spec = new ModelSpec(observationSize, predictor.actionSize(), actionCount, observationSize, tags, 1);
        // Normals of the observation, one draw of the member, rounded up to whole pairs.
        drawsPerStep = (observationSize + 2) & ~1;
    }

    /** Returns the outermost stage of the chain. */
    public Predictor predictor() {
        return predictor;
    }

    /** Tells whether the reward is the learned last target; otherwise it is 0. */
    public boolean learnsReward() {
        return targetSize > spec.observationSize();
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, spec.observationSize() * columns);
        Arrays.fill(out.tags(), 0, spec.tagSize() * columns, 0);
    }

    @Override
    public void begin(ModelState state, ColumnKeys keys) {
        if (mode != ParticlePropagation.TS_INFINITY) return;
        int members = predictor.members();
        int[] key0 = keys.key0();
        int[] key1 = keys.key1();
        int[] sample = keys.sample();
        int offset = 0;
        for (int k = 0; k < state.columns(); k++) {
            // Sample -1 is no particle's; the columns of one root follow each other, so the offset is rarely drawn anew.
            if (k == 0 || key0[k] != key0[k - 1] || key1[k] != key1[k - 1]) {
                offset = CounterRandom.below(members, key0[k], key1[k], -1, 0);
            }
            state.tags()[k] = (sample[k] % members + offset) % members;
        }
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        reserve(columns);
        float[] next = out.next().resize(columns).values();
        if (mode == ParticlePropagation.MEAN) {
            predictor.predictAll(state.values(), actions, columns, prediction);
            averageMembers(columns);
        } else {
            chooseMembers(state, keys, columns);
            predictor.predict(member, state.values(), actions, columns, prediction);
        }
        int length = spec.observationSize() * columns;
        System.arraycopy(prediction.mean(), 0, next, 0, length);
        if (sampled) addNoise(keys, columns, next);
        if (learnsReward()) {
            System.arraycopy(prediction.mean(), length, out.reward(), 0, columns);
        } else {
            Arrays.fill(out.reward(), 0, columns, 0);
        }
        Arrays.fill(out.discount(), 0, columns, 1);
        System.arraycopy(state.tags(), 0, out.next().tags(), 0, spec.tagSize() * columns);
    }

    private void reserve(int columns) {
        if (capacity >= columns) return;
        capacity = columns;
        member = new int[columns];
        prediction = new Prediction(mode == ParticlePropagation.MEAN ? predictor.members() : 1, targetSize, columns);
        noise = new float[sampled ? spec.observationSize() * columns : 0];
        meanCotangent = new float[0];
    }

    private void chooseMembers(ModelState state, ColumnKeys keys, int columns) {
        if (mode == ParticlePropagation.TS_INFINITY) {
            System.arraycopy(state.tags(), 0, member, 0, columns);
            return;
        }
        int draw = keys.step() * drawsPerStep + drawsPerStep - 1;
        for (int k = 0; k < columns; k++) {
            member[k] = CounterRandom.below(predictor.members(), keys.key0()[k], keys.key1()[k], keys.sample()[k], draw);
        }
    }

    /** Averages the means of all members into the block of the first one, in the order of the members. */
    private void averageMembers(int columns) {
        float[] mean = prediction.mean();
        int length = targetSize * columns;
        for (int e = 1; e < predictor.members(); e++) {
            Kernels.get().add(length, mean, 0, mean, e * length, mean, 0);
        }
        Kernels.get().scale(length, 1f / predictor.members(), mean, 0, mean, 0);
    }

    /** Leaves {@code deviation * normal} in the noise and adds it to the next observations. */
    private void addNoise(ColumnKeys keys, int columns, float[] next) {
        drawNoise(keys, columns);
        int length = spec.observationSize() * columns;
        for (int i = 0; i < length; i++) next[i] += noise[i];
    }

    private void drawNoise(ColumnKeys keys, int columns) {
        Kernels kernels = Kernels.get();
        int length = spec.observationSize() * columns;
        kernels.fillNormal(keys.key0(), keys.key1(), keys.sample(), 0, keys.step() * drawsPerStep, spec.observationSize(), columns,
                noise, 0, columns);
        float[] deviation = prediction.logVariance();
        for (int i = 0; i < length; i++) deviation[i] *= 0.5f;
        kernels.exp(length, deviation, 0, deviation, 0);
        for (int i = 0; i < length; i++) noise[i] *= deviation[i];
    }

    @Override
    public void observe(ModelState state, float[] observations) {
        System.arraycopy(state.values(), 0, observations, 0, spec.observationSize() * state.columns());
    }

    @Override
    public boolean observationDifferentiable() {
        return true;
    }

    @Override
    public void observeBackward(ModelState state, float[] cotangent, float[] stateCotangent) {
        int length = spec.observationSize() * state.columns();
        for (int i = 0; i < length; i++) stateCotangent[i] += cotangent[i];
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
        int columns = state.columns();
        reserve(columns);
        reserveGradient();
        int length = spec.observationSize() * columns;
        System.arraycopy(nextCotangent, 0, meanCotangent, 0, length);
        if (learnsReward()) System.arraycopy(rewardCotangent, 0, meanCotangent, length, columns);
        Arrays.fill(logVarianceCotangent, 0, targetSize * columns, 0);
        if (mode == ParticlePropagation.MEAN) {
            averageBackward(state, actions, columns, stateCotangent, actionCotangent);
            return;
        }
        chooseMembers(state, keys, columns);
        if (sampled) {
            predictor.predict(member, state.values(), actions, columns, prediction);
            drawNoise(keys, columns);
            // next = mean + exp(logVariance / 2) normal, so d next / d logVariance is half the noise.
            for (int i = 0; i < length; i++) logVarianceCotangent[i] = 0.5f * noise[i] * nextCotangent[i];
        }
        predictor.backward(member, state.values(), actions, columns, meanCotangent, logVarianceCotangent, stateCotangent,
                actionCotangent);
    }

    private void averageBackward(
            ModelState state, float[] actions, int columns, float[] stateCotangent, float[] actionCotangent) {
        int members = predictor.members();
        for (int i = 0; i < targetSize * columns; i++) meanCotangent[i] /= members;
        Arrays.fill(stateCotangent, 0, spec.stateSize() * columns, 0);
        Arrays.fill(actionCotangent, 0, spec.actionSize() * columns, 0);
        for (int e = 0; e < members; e++) {
            Arrays.fill(member, 0, columns, e);
            predictor.backward(member, state.values(), actions, columns, meanCotangent, logVarianceCotangent, partState, partActions);
            for (int i = 0; i < spec.stateSize() * columns; i++) stateCotangent[i] += partState[i];
            for (int i = 0; i < spec.actionSize() * columns; i++) actionCotangent[i] += partActions[i];
        }
    }

    private void reserveGradient() {
        if (meanCotangent.length > 0) return;
        meanCotangent = new float[targetSize * capacity];
        logVarianceCotangent = new float[targetSize * capacity];
        partState = new float[spec.stateSize() * capacity];
        partActions = new float[spec.actionSize() * capacity];
    }

    @Override
    public void lower(KernelPlan plan) {
        KernelEnsemble ensemble = predictor.lower();
        if (ensemble == null) {
            plan.refuse(predictor, "is a predictor of your own, or around one, which has no kernel");
            return;
        }
        ensemble.propagate(switch (mode) {
            case MEAN -> KernelPropagation.MEAN;
            case TS1 -> KernelPropagation.MEMBER_PER_STEP;
            case TS_INFINITY -> KernelPropagation.MEMBER_PER_ROLLOUT;
        }, sampled);
        plan.ensemble(ensemble);
    }

    @Override
    public long version() {
        return predictor.version();
    }

    @Override
    public int members() {
        return predictor.members();
    }

    @Override
    public int targetSize() {
        return targetSize;
    }

    @Override
    public void predict(int[] chosen, float[] observations, float[] actions, int columns, Prediction out) {
        predictor.predict(chosen, observations, actions, columns, out);
    }

    @Override
    public void predictAll(float[] observations, float[] actions, int columns, Prediction out) {
        predictor.predictAll(observations, actions, columns, out);
    }

    @Override
    public int blockColumns() {
        return predictor.columnsPerMember() * (mode == ParticlePropagation.MEAN ? 1 : predictor.members());
    }

    @Override
    public WorldModel fork() {
        return new Propagation(predictor.fork(), spec.actionCount(), mode, sampled);
    }

    @Override
    public <T> @Nullable T as(Class<T> capability) {
        if (capability == Differentiable.class && !predictor.differentiable()) return null;
        return capability.isInstance(this) ? capability.cast(this) : null;
    }
}
