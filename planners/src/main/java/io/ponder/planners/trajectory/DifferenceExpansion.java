package io.ponder.planners.trajectory;

import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.plan.Problem;

/**
 * Expands by central differences of the model's steps, all of them columns of one call: the node, a step to either side in every entry of
 * state and action, and both diagonal steps of every pair of entries for the mixed derivatives of the reward. Exact but for rounding where
 * the reward is quadratic and the dynamics are linear or quadratic. Stencils that would leave the bounds of an action are moved inside.
 */
final class DifferenceExpansion extends Expansion {
    private final StepBuffer next;
    private final int entries;
    private final double[] width;
    private final double[] gradient;
    private final double[] hessian;
    private final double[] offset;

    DifferenceExpansion(Problem problem, IterativeLqrParameters parameters, int rows) {
        super(problem, parameters, rows, columns(problem.model().spec().stateSize() + problem.model().spec().actionSize()));
        next = new StepBuffer(model.spec(), nodesPerBlock * columnsPerNode);
        entries = n + m;
        width = new double[entries];
        gradient = new double[entries];
        hessian = new double[entries * entries];
        offset = new double[entries];
    }

    /** The node, two sides of every entry, two diagonals of every pair. */
    private static int columns(int entries) {
        return 1 + 2 * entries + entries * (entries - 1);
    }

    @Override
    long modelStepsPerNode() {
        return (long) columnsPerNode * model.stepCost();
    }

    @Override
    void expand(Trajectories nominal, int[] rows, int count, LocalModel[] out) {
        super.expand(nominal, rows, count, out);
        int nodes = count * horizon;
        for (int first = 0; first < nodes; first += nodesPerBlock) {
            int block = Math.min(nodesPerBlock, nodes - first);
            place(nominal, rows, first, block, columnsPerNode);
            moveInside(block);
            spread(block);
            model.step(state, actions, keys, next);
            for (int i = 0; i < block; i++) read(nominal, out[row(i)], i, block);
        }
    }

    /** Moves the centre of a stencil so that both its sides are within the bounds. */
    private void moveInside(int nodes) {
        int columns = nodes * columnsPerNode;
        for (int a = 0; a < m; a++) {
            for (int i = 0; i < nodes; i++) {
                float step = actionSteps[a * nodes + i];
                float centre = Math.max(low(a) + step, Math.min(high(a) - step, actions[a * columns + i]));
                for (int p = 0; p < columnsPerNode; p++) actions[a * columns + p * nodes + i] = centre;
            }
        }
    }

    private void spread(int nodes) {
        int column = 1;
        for (int q = 0; q < entries; q++) {
            shift(q, column++, nodes, 1);
            shift(q, column++, nodes, -1);
        }
        for (int q = 0; q < entries; q++) {
            for (int r = 0; r < q; r++) {
                shift(q, column, nodes, 1);
                shift(r, column++, nodes, 1);
                shift(q, column, nodes, -1);
                shift(r, column++, nodes, -1);
            }
        }
    }

    private void shift(int entry, int column, int nodes, int sign) {
        int columns = nodes * columnsPerNode;
        boolean ofState = entry < n;
        float[] values = ofState ? state.values() : actions;
        float[] steps = ofState ? stateSteps : actionSteps;
        int row = ofState ? entry : entry - n;
        for (int i = 0; i < nodes; i++) values[row * columns + column * nodes + i] += sign * steps[row * nodes + i];
    }

    private void read(Trajectories nominal, LocalModel local, int node, int nodes) {
        int columns = nodes * columnsPerNode;
        int t = time(node);
        float[] to = next.next().values();
        for (int q = 0; q < entries; q++) {
            int up = (1 + 2 * q) * nodes + node;
            int down = up + nodes;
            float[] values = q < n ? state.values() : actions;
            int row = (q < n ? q : q - n) * columns;
            double span = (double) values[row + up] - values[row + down];
            double unit = q < n ? 1 : scale(q - n);
            width[q] = 0.5 * span / unit;
            offset[q] = q < n ? 0 : (nominal.actions(t)[(q - n) * nominal.columns() + row(node)] - actions[row + node]) / unit;
            for (int d = 0; d < n; d++) {
                double slope = ((double) to[d * columns + up] - to[d * columns + down]) / (2 * width[q]);
                if (q < n) local.transition[(t * n + d) * n + q] = slope;
                else local.input[(t * n + d) * m + q - n] = slope;
            }
        }
        readReward(node, nodes);
        double weight = -nominal.weights(t)[row(node)];
        for (int q = 0; q < entries; q++) {
            double slope = gradient[q];
            for (int r = n; r < entries; r++) slope += hessian[q * entries + r] * offset[r];
            if (q < n) local.stateSlope[t * n + q] = weight * slope;
            else local.actionSlope[t * m + q - n] = weight * slope;
            for (int r = 0; r < entries; r++) {
                double entry = weight * hessian[q * entries + r];
                if (q < n && r < n) local.stateCurvature[(t * n + q) * n + r] = entry;
                else if (q >= n && r >= n) local.actionCurvature[(t * m + q - n) * m + r - n] = entry;
                else if (q >= n) local.mixedCurvature[(t * m + q - n) * n + r] = entry;
            }
        }
    }

    /** Writes gradient and Hessian of the reward at the centre of a node's stencil. */
    private void readReward(int node, int nodes) {
        float[] reward = next.reward();
        double centre = reward[node];
        int column = 1 + 2 * entries;
        for (int q = 0; q < entries; q++) {
            double up = reward[(1 + 2 * q) * nodes + node];
            double down = reward[(2 + 2 * q) * nodes + node];
            gradient[q] = (up - down) / (2 * width[q]);
            hessian[q * entries + q] = (up + down - 2 * centre) / (width[q] * width[q]);
            for (int r = 0; r < q; r++) {
                double both = (double) reward[column * nodes + node] + reward[(column + 1) * nodes + node];
                column += 2;
                double otherUp = reward[(1 + 2 * r) * nodes + node];
                double otherDown = reward[(2 + 2 * r) * nodes + node];
                double mixed = (both - up - down - otherUp - otherDown + 2 * centre) / (2 * width[q] * width[r]);
                hessian[q * entries + r] = mixed;
                hessian[r * entries + q] = mixed;
            }
        }
    }
}
