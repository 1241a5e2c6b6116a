package io.ponder.worldmodels.linear;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ValueFunction;
import java.util.Arrays;

/**
 * Values a state at {@code -x' P x}: the terminal cost of a linear-quadratic problem, or its exact value where P solves the Riccati
 * equation. Reads the first {@code n} rows of the state. Immutable, safe for several threads.
 */
public final class QuadraticValue implements ValueFunction {
    private final int n;
    private final float[] p;

    /**
     * Creates the value.
     *
     * @param p {@code [n x n]}, need not be symmetric
     */
    public QuadraticValue(double[][] p) {
        n = Checks.positive("rows of p", p.length);
        this.p = Affine.flatten("p", p, n, n);
    }

    @Override
    public void value(ModelState state, float[] out) {
        Arrays.fill(out, 0, state.columns(), 0);
        Affine.addQuadratic(-1, p, n, state.values(), state.columns(), out);
    }

    @Override
    public boolean differentiable() {
        return true;
    }

    @Override
    public void gradient(ModelState state, float[] out) {
        int columns = state.columns();
        Arrays.fill(out, 0, state.stateSize() * columns, 0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                float entry = p[i * n + j] + p[j * n + i];
                for (int k = 0; k < columns; k++) out[i * columns + k] -= entry * state.values()[j * columns + k];
            }
        }
    }
}
