package io.ponder.planners.trajectory;

import io.ponder.engine.model.Differentiable;
import io.ponder.engine.plan.Problem;
import java.util.Arrays;

/**
 * Expands by the vector-Jacobian products of the model: one column for every row of the Jacobian and one for the gradient of the reward
 * in a first call; in a second one the gradient at points around the node, whose central differences are the Hessian of the reward
 * (exact but for rounding where the reward is quadratic) and, if asked for, of the dynamics weighted with the costates.
 */
final class GradientExpansion extends Expansion {
    private final Differentiable differentiable;
    private final boolean dynamicsCurvature;
    private final float[] nextCotangent;
    private final float[] costCotangent;
    private final float[] stateCotangent;
    private final float[] actionCotangent;
    private final double[][] costate;

    GradientExpansion(Problem problem, IterativeLqrParameters parameters, int rows, Differentiable differentiable) {
        super(problem, parameters, rows, Math.max(
                problem.model().spec().stateSize() + 1, 2 * (problem.model().spec().stateSize() + problem.model().spec().actionSize())));
        this.differentiable = differentiable;
        dynamicsCurvature = parameters.dynamicsCurvature();
        int columns = nodesPerBlock * columnsPerNode;
        nextCotangent = new float[n * columns];
        costCotangent = new float[columns];
        stateCotangent = new float[n * columns];
        actionCotangent = new float[m * columns];
        costate = new double[rows][(horizon + 1) * n];
    }

    @Override
    long modelStepsPerNode() {
        return 3L * (n + 1 + 2 * (n + m)) * model.stepCost();
    }

    @Override
    void expand(Trajectories nominal, int[] rows, int count, LocalModel[] out) {
        super.expand(nominal, rows, count, out);
        int nodes = count * horizon;
        for (int first = 0; first < nodes; first += nodesPerBlock) {
            slopes(nominal, rows, first, Math.min(nodesPerBlock, nodes - first), out);
        }
        if (dynamicsCurvature) for (int j = 0; j < count; j++) costates(out[rows[j]], costate[rows[j]]);
        for (int first = 0; first < nodes; first += nodesPerBlock) {
            curvatures(nominal, rows, first, Math.min(nodesPerBlock, nodes - first), out);
        }
    }

    private void slopes(Trajectories nominal, int[] rows, int first, int nodes, LocalModel[] out) {
        place(nominal, rows, first, nodes, n + 1);
        int columns = nodes * (n + 1);
        Arrays.fill(nextCotangent, 0, n * columns, 0);
        Arrays.fill(costCotangent, 0, columns, 0);
        for (int p = 0; p < n; p++) Arrays.fill(nextCotangent, p * columns + p * nodes, p * columns + (p + 1) * nodes, 1);
        for (int i = 0; i < nodes; i++) costCotangent[n * nodes + i] = -(float) nominal.weights(time(i))[row(i)];
        differentiable.backward(state, actions, keys, nextCotangent, costCotangent, stateCotangent, actionCotangent);
        for (int i = 0; i < nodes; i++) {
            LocalModel local = out[row(i)];
            int t = time(i);
            for (int p = 0; p < n; p++) {
                int column = p * nodes + i;
                for (int d = 0; d < n; d++) local.transition[(t * n + p) * n + d] = stateCotangent[d * columns + column];
                for (int a = 0; a < m; a++) local.input[(t * n + p) * m + a] = scale(a) * actionCotangent[a * columns + column];
            }
            int column = n * nodes + i;
            for (int d = 0; d < n; d++) local.stateSlope[t * n + d] = stateCotangent[d * columns + column];
            for (int a = 0; a < m; a++) local.actionSlope[t * m + a] = scale(a) * actionCotangent[a * columns + column];
        }
    }

    /** Writes the gradients of the cost to go by the states along the trajectory. */
    private void costates(LocalModel local, double[] costates) {
        System.arraycopy(local.stateSlope, horizon * n, costates, horizon * n, n);
        for (int t = horizon - 1; t >= 0; t--) {
            for (int d = 0; d < n; d++) {
                double sum = local.stateSlope[t * n + d];
                for (int p = 0; p < n; p++) sum += local.transition[(t * n + p) * n + d] * costates[(t + 1) * n + p];
                costates[t * n + d] = sum;
            }
        }
    }

    private void curvatures(Trajectories nominal, int[] rows, int first, int nodes, LocalModel[] out) {
        int entries = n + m;
        place(nominal, rows, first, nodes, 2 * entries);
        int columns = nodes * 2 * entries;
        float[] values = state.values();
        for (int d = 0; d < n; d++) {
            for (int i = 0; i < nodes; i++) {
                values[d * columns + 2 * d * nodes + i] += stateSteps[d * nodes + i];
                values[d * columns + (2 * d + 1) * nodes + i] -= stateSteps[d * nodes + i];
            }
        }
        for (int a = 0; a < m; a++) {
            for (int i = 0; i < nodes; i++) {
                int up = a * columns + 2 * (n + a) * nodes + i;
                int down = up + nodes;
                // A model may clip its actions, so that there is nothing to see beyond the bounds.
                actions[up] = Math.min(high(a), actions[up] + actionSteps[a * nodes + i]);
                actions[down] = Math.max(low(a), actions[down] - actionSteps[a * nodes + i]);
            }
        }
        Arrays.fill(nextCotangent, 0, n * columns, 0);
        for (int p = 0; p < 2 * entries; p++) {
            for (int i = 0; i < nodes; i++) {
                costCotangent[p * nodes + i] = -(float) nominal.weights(time(i))[row(i)];
                if (!dynamicsCurvature) continue;
                for (int d = 0; d < n; d++) {
                    nextCotangent[d * columns + p * nodes + i] = (float) costate[row(i)][(time(i) + 1) * n + d];
                }
            }
        }
        differentiable.backward(state, actions, keys, nextCotangent, costCotangent, stateCotangent, actionCotangent);
        for (int i = 0; i < nodes; i++) readCurvatures(out[row(i)], time(i), i, nodes, columns);
    }

    private void readCurvatures(LocalModel local, int t, int node, int nodes, int columns) {
        float[] values = state.values();
        for (int q = 0; q < n; q++) {
            int up = 2 * q * nodes + node;
            int down = up + nodes;
            double width = (double) values[q * columns + up] - values[q * columns + down];
            for (int d = 0; d < n; d++) {
                local.stateCurvature[(t * n + d) * n + q] =
                        ((double) stateCotangent[d * columns + up] - stateCotangent[d * columns + down]) / width;
            }
            for (int a = 0; a < m; a++) {
                local.mixedCurvature[(t * m + a) * n + q] =
                        scale(a) * ((double) actionCotangent[a * columns + up] - actionCotangent[a * columns + down]) / width;
            }
        }
        for (int q = 0; q < m; q++) {
            int up = 2 * (n + q) * nodes + node;
            int down = up + nodes;
            double width = ((double) actions[q * columns + up] - actions[q * columns + down]) / scale(q);
            for (int d = 0; d < n; d++) {
                double entry = ((double) stateCotangent[d * columns + up] - stateCotangent[d * columns + down]) / width;
                local.mixedCurvature[(t * m + q) * n + d] = 0.5 * (local.mixedCurvature[(t * m + q) * n + d] + entry);
            }
            for (int a = 0; a < m; a++) {
                local.actionCurvature[(t * m + a) * m + q] =
                        scale(a) * ((double) actionCotangent[a * columns + up] - actionCotangent[a * columns + down]) / width;
            }
        }
        local.symmetrise(t);
    }
}
