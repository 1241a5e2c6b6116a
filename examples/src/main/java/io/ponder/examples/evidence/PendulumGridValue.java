package io.ponder.examples.evidence;

import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ValueFunction;

/** Values the states (angle, angular speed) of the exact pendulum by a grid. Stateless but for the grid, safe for several threads. */
public final class PendulumGridValue implements ValueFunction {
    private final PendulumGrid grid;

    /** Creates the values of a grid. */
    public PendulumGridValue(PendulumGrid grid) {
        this.grid = grid;
    }

    @Override
    public void value(ModelState state, float[] out) {
        int columns = state.columns();
        float[] values = state.values();
        for (int k = 0; k < columns; k++) out[k] = (float) grid.value(values[k], values[columns + k]);
    }
}
