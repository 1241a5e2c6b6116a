package io.ponder.planners.constrained;

import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ValueFunction;
import java.util.Arrays;

/** Values the part of a priced model's state that belongs to the model inside. Threads take turns. */
final class InnerValue implements ValueFunction {
    private final ValueFunction value;
    private final ModelSpec spec;
    private ModelState state;

    InnerValue(ValueFunction value, ModelSpec spec) {
        this.value = value;
        this.spec = spec;
        state = new ModelState(spec, 1);
    }

    private ModelState inner(ModelState outer) {
        int columns = outer.columns();
        if (state.capacity() < columns) state = new ModelState(spec, columns);
        state.resize(columns);
        System.arraycopy(outer.values(), 0, state.values(), 0, spec.stateSize() * columns);
        System.arraycopy(outer.tags(), 0, state.tags(), 0, spec.tagSize() * columns);
        return state;
    }

    @Override
    public synchronized void value(ModelState outer, float[] out) {
        value.value(inner(outer), out);
    }

    @Override
    public boolean differentiable() {
        return value.differentiable();
    }

    @Override
    public synchronized void gradient(ModelState outer, float[] out) {
        value.gradient(inner(outer), out);
        Arrays.fill(out, spec.stateSize() * outer.columns(), outer.stateSize() * outer.columns(), 0);
    }
}
