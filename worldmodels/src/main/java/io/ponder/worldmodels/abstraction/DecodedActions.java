package io.ponder.worldmodels.abstraction;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ModelWrapper;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;

/**
 * Lets a planner choose latent actions of a model of actions: every step decodes them first. A model that was learned over latent actions
 * needs no such wrapper; only the environment does.
 *
 * <p>One thread at a time; allocates nothing once it has seen its largest batch.
 */
public final class DecodedActions extends ModelWrapper {
    private final ActionDecoder decoder;
    private final ModelSpec spec;
    private final ObservationModel observer;
    private float[] observations = {};
    private float[] decoded = {};

    /**
     * Wraps {@code inner}.
     *
     * @throws IllegalArgumentException if the actions differ, are discrete, or the model does not tell its observations
     */
    public DecodedActions(WorldModel inner, ActionDecoder decoder) {
        super(inner);
        this.decoder = decoder;
        ModelSpec inside = inner.spec();
        Checks.same("actionSize of the decoder", decoder.actionSize(), "actionSize of the model", inside.actionSize());
        Checks.same("actionCount of the model", inside.actionCount(), "that of continuous actions", 0);
        ObservationModel found = inner.as(ObservationModel.class);
        if (found == null) {
            throw new IllegalArgumentException("A decoder reads observations, but the model " + inner.getClass().getSimpleName()
                    + " does not offer an ObservationModel.\nMaybe learn the model over latent actions instead.");
        }
        observer = found;
        spec = new ModelSpec(
                inside.observationSize(), decoder.latentSize(), 0, inside.stateSize(), inside.tagSize(), inside.players());
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    /** Members of an ensemble inside predict from actions, not from latent ones. */
    @Override
    protected boolean passes(Class<?> capability) {
        return capability == ObservationModel.class;
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        if (decoded.length < decoder.actionSize() * columns) {
            decoded = new float[decoder.actionSize() * columns];
            observations = new float[spec.observationSize() * columns];
        }
        observer.observe(state, observations);
        decoder.decode(observations, actions, columns, decoded);
        inner().step(state, decoded, keys, out);
    }

    @Override
    public WorldModel fork() {
        return new DecodedActions(inner().fork(), decoder);
    }
}
