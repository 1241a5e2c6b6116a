package io.ponder.worldmodels.wrappers;

import io.ponder.engine.Checks;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ModelWrapper;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Shifts every imagined step by what the model got wrong at the same time of a real episode: on-policy corrections (Fröhlich et al. 2022,
 * "On-policy model errors in reinforcement learning", equation 6),
 *
 * <pre>
 * s(t+1) = r(t+1) + f(s(t), a(t)) - f(r(t), b(t))
 * </pre>
 *
 * where r and b are observations and actions of the episode and f is the model. Under the policy that made the episode this replays it
 * exactly; under another it is the data plus the model's difference, so that a constant error cancels. An episode of an <b>old</b> policy
 * corrects nothing.
 *
 * <p>The episode's row that belongs to a column is the last tag of its state: {@link #startAt} says where {@link #init} sets it,
 * {@link #place} sets it column by column, every step advances it. Behind the end of an episode, and at {@link #NO_REFERENCE}, the model
 * stands as it is.
 *
 * <p>A model that draws noise is corrected in its mean. The state of the model must be its observation. One thread at a time; allocates
 * nothing once it has seen its largest batch.
 */
public final class OnPolicyCorrection extends ModelWrapper implements Differentiable {
    /** Row of a column that is not corrected. */
    public static final int NO_REFERENCE = -1;

    private final WorldModel mean;
    private final TransitionStore reference;
    private final ModelSpec spec;
    private final @Nullable Differentiable innerGradient;
    private int start = NO_REFERENCE;
    private int[] rows = {};
    private float[] observations = {};
    private float[] actions = {};
    private float[] nexts = {};
    private ModelState referenceState = new ModelState(ModelSpec.continuous(1, 1), 1);
    private @Nullable StepBuffer referenceStep;

    /**
     * Wraps a model without noise.
     *
     * @param reference episodes of the current policy; read at every step, not copied. May be refilled between rollouts.
     */
    public OnPolicyCorrection(WorldModel inner, TransitionStore reference) {
        this(inner, inner.fork(), reference);
    }

    /**
     * Wraps a model.
     *
     * @param mean      the same model without its noise, with the same tags
     * @param reference as in {@link #OnPolicyCorrection(WorldModel, TransitionStore)}
     * @throws IllegalArgumentException if shapes differ or the model's state is not its observation
     */
    public OnPolicyCorrection(WorldModel inner, WorldModel mean, TransitionStore reference) {
        super(inner);
        this.mean = mean;
        this.reference = reference;
        ModelSpec inside = inner.spec();
        if (inner.as(ObservationModel.class) == null || inside.stateSize() != inside.observationSize()) {
            throw new IllegalArgumentException("The state of " + inner.getClass().getSimpleName()
                    + " is not its observation, but corrections are observed.\nMaybe put the correction around the propagation, inside wrappers"
                    + " that add to the state.");
        }
        Checks.same("tagSize of mean", mean.spec().tagSize(), "tagSize of the model", inside.tagSize());
        Checks.same("observationSize of reference", reference.observationSize(), "that of the model", inside.observationSize());
        Checks.same("actionSize of reference", reference.actionSize(), "that of the model", inside.actionSize());
        spec = inside.withState(inside.stateSize(), inside.tagSize() + 1);
        innerGradient = inner.as(Differentiable.class);
    }

    /** Lets {@link #init} begin at a row of the reference from now on, or at {@link #NO_REFERENCE}, as it does at first. */
    public OnPolicyCorrection startAt(int row) {
        start = Checks.inRange("row", row, NO_REFERENCE, reference.size() - 1);
        return this;
    }

    /**
     * Sets the rows of the reference at which columns stand.
     *
     * @param state   K columns. Modified.
     * @param newRows {@code [K]}. Not modified.
     */
    public void place(ModelState state, int[] newRows) {
        int columns = state.columns();
        int tags = (spec.tagSize() - 1) * columns;
        for (int k = 0; k < columns; k++) {
            state.tags()[tags + k] = Checks.inRange("row", newRows[k], NO_REFERENCE, reference.size() - 1);
        }
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    // The model inside reads and writes the rows and tags it knows; ours is the last row of tags, behind them.
    @Override
    public void init(float[] newObservations, int columns, ModelState out) {
        inner().init(newObservations, columns, out);
        int tags = (spec.tagSize() - 1) * columns;
        Arrays.fill(out.tags(), tags, tags + columns, start);
    }

    @Override
    public void step(ModelState state, float[] columnActions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        StepBuffer predicted = reserve(columns);
        int tags = (spec.tagSize() - 1) * columns;
        System.arraycopy(state.tags(), tags, rows, 0, columns);
        inner().step(state, columnActions, keys, out);
        if (reference.size() > 0) correct(state, keys, columns, predicted, out);
        for (int k = 0; k < columns; k++) out.next().tags()[tags + k] = following(rows[k]);
    }

    private void correct(ModelState state, ColumnKeys keys, int columns, StepBuffer predicted, StepBuffer out) {
        // A column without reference goes through the same motions at row 0, unused.
        for (int k = 0; k < columns; k++) rows[k] = Math.max(rows[k], 0);
        reference.gatherObservations(rows, 0, columns, observations, 0);
        reference.gatherActions(rows, 0, columns, actions, 0);
        reference.gatherNextObservations(rows, 0, columns, nexts, 0);
        int tags = (spec.tagSize() - 1) * columns;
        System.arraycopy(state.tags(), tags, rows, 0, columns);
        mean.init(observations, columns, referenceState);
        System.arraycopy(state.tags(), 0, referenceState.tags(), 0, tags);
        mean.step(referenceState, actions, keys, predicted);
        float[] next = out.next().values();
        float[] there = predicted.next().values();
        for (int d = 0; d < spec.observationSize(); d++) {
            for (int k = 0, i = d * columns; k < columns; k++, i++) {
                // In this order, so that equal predictions give the datum to the bit.
                if (rows[k] >= 0) next[i] = nexts[i] + (next[i] - there[i]);
            }
        }
    }

    private int following(int row) {
        if (row < 0 || row + 1 >= reference.size()) return NO_REFERENCE;
        return reference.step(row + 1) == reference.step(row) + 1 ? row + 1 : NO_REFERENCE;
    }

    private StepBuffer reserve(int columns) {
        StepBuffer made = referenceStep;
        if (made == null || referenceState.capacity() < columns) {
            made = new StepBuffer(mean.spec(), columns);
            referenceStep = made;
            referenceState = new ModelState(mean.spec(), columns);
            rows = new int[columns];
            observations = new float[spec.observationSize() * columns];
            nexts = new float[spec.observationSize() * columns];
            actions = new float[spec.actionSize() * columns];
        }
        return made;
    }

    @Override
    protected boolean offers(Class<?> capability) {
        return capability != Differentiable.class || innerGradient != null;
    }

    /** The shift is a constant of the rollout, so the derivative is that of the model at the corrected state. */
    @Override
    public void backward(
            ModelState state,
            float[] columnActions,
            ColumnKeys keys,
            float[] nextCotangent,
            float[] rewardCotangent,
            float[] stateCotangent,
            float[] actionCotangent) {
        if (innerGradient == null) throw new UnsupportedOperationException("The model inside is not differentiable.");
        innerGradient.backward(state, columnActions, keys, nextCotangent, rewardCotangent, stateCotangent, actionCotangent);
    }

    @Override
    public WorldModel fork() {
        var fork = new OnPolicyCorrection(inner().fork(), mean.fork(), reference);
        fork.start = start;
        return fork;
    }
}
