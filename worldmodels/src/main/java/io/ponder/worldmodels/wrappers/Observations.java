package io.ponder.worldmodels.wrappers;

import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.WorldModel;

/** Reads the observations before and after a step of an inner model into memory of its own, which grows with the largest batch. */
final class Observations {
    private final ObservationModel observer;
    private final int size;
    private float[] before = {};
    private float[] after = {};

    /** Creates a reader of {@code model}; {@code reader} names who needs it in the error. */
    Observations(WorldModel model, String reader) {
        ObservationModel found = model.as(ObservationModel.class);
        if (found == null) {
            throw new IllegalArgumentException(reader + " reads observations, but the model " + model.getClass().getSimpleName()
                    + " does not offer an ObservationModel.\nMaybe its reward and termination are learned in its latent space.");
        }
        observer = found;
        size = model.spec().observationSize();
    }

    ObservationModel observer() {
        return observer;
    }

    float[] before(ModelState state) {
        int needed = size * state.columns();
        if (before.length < needed) before = new float[needed];
        observer.observe(state, before);
        return before;
    }

    float[] after(ModelState state) {
        int needed = size * state.columns();
        if (after.length < needed) after = new float[needed];
        observer.observe(state, after);
        return after;
    }
}
