package io.ponder.planners.trajectory;

import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.plan.Problem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Expands the value at the end of the horizon to second order: by central differences of its gradient, or of the value itself where it
 * has none. Exact but for rounding where the value is quadratic.
 */
final class TerminalExpansion {
    private final @Nullable ValueFunction terminal;
    private final boolean differentiable;
    private final int n;
    private final int horizon;
    private final int columns;
    private final double differenceStep;
    private final ModelState state;
    private final float[] values;
    private final float[] gradients;
    private final double[] width;

    TerminalExpansion(Problem problem, IterativeLqrParameters parameters, int rows) {
        terminal = problem.terminalValue();
        differentiable = terminal != null && terminal.differentiable();
        n = problem.model().spec().stateSize();
        horizon = parameters.horizon();
        differenceStep = parameters.differenceStep();
        columns = differentiable ? 1 + 2 * n : 1 + 2 * n + n * (n - 1);
        state = new ModelState(problem.model().spec(), terminal == null ? 1 : columns);
        values = new float[columns];
        gradients = new float[differentiable ? n * columns : 0];
        width = new double[n];
    }

    /** Expands the last state of some rows, one after the other. */
    void expand(Trajectories nominal, int[] rows, int count, LocalModel[] out) {
        for (int j = 0; j < count; j++) {
            LocalModel local = out[rows[j]];
            Arrays.fill(local.stateSlope, horizon * n, (horizon + 1) * n, 0);
            Arrays.fill(local.stateCurvature, horizon * n * n, (horizon + 1) * n * n, 0);
            double weight = nominal.weights(horizon)[rows[j]];
            if (terminal == null || weight == 0) continue;
            place(nominal, rows[j]);
            if (differentiable) byGradient(terminal, local, -weight);
            else byValue(terminal, local, -weight);
            local.symmetrise(horizon);
        }
    }

    /** Puts the state into column 0, a step to either side in every entry into the next ones, diagonals behind. */
    private void place(Trajectories nominal, int row) {
        float[] x = state.resize(columns).values();
        for (int d = 0; d < n; d++) {
            float at = nominal.states(horizon)[d * nominal.columns() + row];
            Arrays.fill(x, d * columns, (d + 1) * columns, at);
        }
        int[] tags = nominal.step(horizon).next().tags();
        for (int d = 0; d < state.tagSize(); d++) {
            Arrays.fill(state.tags(), d * columns, (d + 1) * columns, tags[d * nominal.columns() + row]);
        }
        int pair = 1 + 2 * n;
        for (int d = 0; d < n; d++) {
            float step = (float) (differenceStep * Math.max(1, Math.abs(x[d * columns])));
            x[d * columns + 1 + 2 * d] += step;
            x[d * columns + 2 + 2 * d] -= step;
            width[d] = 0.5 * ((double) x[d * columns + 1 + 2 * d] - x[d * columns + 2 + 2 * d]);
            for (int e = 0; e < d && !differentiable; e++) {
                x[d * columns + pair] = x[d * columns + 1 + 2 * d];
                x[e * columns + pair++] = x[e * columns + 1 + 2 * e];
                x[d * columns + pair] = x[d * columns + 2 + 2 * d];
                x[e * columns + pair++] = x[e * columns + 2 + 2 * e];
            }
        }
    }

    private void byGradient(ValueFunction value, LocalModel local, double weight) {
        value.gradient(state, gradients);
        for (int d = 0; d < n; d++) {
            local.stateSlope[horizon * n + d] = weight * gradients[d * columns];
            for (int q = 0; q < n; q++) {
                double up = gradients[d * columns + 1 + 2 * q];
                local.stateCurvature[(horizon * n + d) * n + q] = weight * (up - gradients[d * columns + 2 + 2 * q]) / (2 * width[q]);
            }
        }
    }

    private void byValue(ValueFunction value, LocalModel local, double weight) {
        value.value(state, values);
        int pair = 1 + 2 * n;
        for (int d = 0; d < n; d++) {
            double sum = (double) values[1 + 2 * d] + values[2 + 2 * d];
            local.stateSlope[horizon * n + d] = weight * ((double) values[1 + 2 * d] - values[2 + 2 * d]) / (2 * width[d]);
            local.stateCurvature[(horizon * n + d) * n + d] = weight * (sum - 2.0 * values[0]) / (width[d] * width[d]);
            for (int e = 0; e < d; e++) {
                double both = (double) values[pair] + values[pair + 1];
                pair += 2;
                double other = (double) values[1 + 2 * e] + values[2 + 2 * e];
                double mixed = weight * (both - sum - other + 2.0 * values[0]) / (2 * width[d] * width[e]);
                local.stateCurvature[(horizon * n + d) * n + e] = mixed;
                local.stateCurvature[(horizon * n + e) * n + d] = mixed;
            }
        }
    }
}
