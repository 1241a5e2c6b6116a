package io.ponder.engine.train;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;

/** Moves every column by its sample number. */
final class SpreadingModel implements WorldModel, ObservationModel {
    @Override
    public ModelSpec spec() {
        return ModelSpec.continuous(1, 1);
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        for (int k = 0; k < state.columns(); k++) {
            out.next().resize(state.columns()).values()[k] = state.values()[k] + keys.sample()[k];
            out.reward()[k] = 0;
            out.discount()[k] = 1;
        }
    }

    @Override
    public void observe(ModelState state, float[] observations) {
        System.arraycopy(state.values(), 0, observations, 0, state.columns());
    }

    @Override
    public WorldModel fork() {
        return this;
    }
}
