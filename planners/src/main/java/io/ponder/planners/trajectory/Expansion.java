package io.ponder.planners.trajectory;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Problem;

/**
 * Expands a model and its reward around trajectories. A node is one step of one row; the columns that a node needs lie {@code nodes}
 * apart, so that all nodes of a block are expanded in one call of the model.
 */
abstract class Expansion {
    final WorldModel model;
    final int n;
    final int m;
    final int horizon;
    final int columnsPerNode;
    final int nodesPerBlock;
    final ModelState state;
    final float[] actions;
    final ColumnKeys keys;
    final float[] stateSteps;
    final float[] actionSteps;
    private final float[] low;
    private final float[] high;
    private final double[] scale;
    private final double differenceStep;
    private final TerminalExpansion terminal;
    private final int[] nodeRow;
    private final int[] nodeTime;

    Expansion(Problem problem, IterativeLqrParameters parameters, int rows, int columnsPerNode) {
        model = problem.model();
        n = model.spec().stateSize();
        m = model.spec().actionSize();
        horizon = parameters.horizon();
        this.columnsPerNode = columnsPerNode;
        nodesPerBlock = Math.max(1, Math.min(rows * horizon, model.blockColumns() / columnsPerNode));
        int columns = nodesPerBlock * columnsPerNode;
        state = new ModelState(model.spec(), columns);
        actions = new float[m * columns];
        keys = new ColumnKeys(columns);
        stateSteps = new float[n * nodesPerBlock];
        actionSteps = new float[m * nodesPerBlock];
        low = new float[m];
        high = new float[m];
        scale = new double[m];
        for (int a = 0; a < m; a++) {
            low[a] = problem.actionLow(a);
            high[a] = problem.actionHigh(a);
            scale[a] = 0.5 * ((double) high[a] - low[a]);
        }
        differenceStep = parameters.differenceStep();
        terminal = new TerminalExpansion(problem, parameters, rows);
        nodeRow = new int[nodesPerBlock];
        nodeTime = new int[nodesPerBlock];
    }

    /** Returns the expansion for a model: by its derivatives where it has them, by differences elsewhere. */
    static Expansion of(Problem problem, IterativeLqrParameters parameters, int rows) {
        Differentiable differentiable = problem.model().as(Differentiable.class);
        if (differentiable != null) return new GradientExpansion(problem, parameters, rows, differentiable);
        if (parameters.dynamicsCurvature()) {
            throw new IllegalArgumentException("dynamicsCurvature is on, but the model " + problem.model().getClass().getSimpleName()
                    + " is not Differentiable.\nMaybe leave it off: then finite differences do.");
        }
        return new DifferenceExpansion(problem, parameters, rows);
    }

    /** Returns the model steps that a node is charged as. */
    abstract long modelStepsPerNode();

    /** Expands all steps of some rows. */
    void expand(Trajectories nominal, int[] rows, int count, LocalModel[] out) {
        terminal.expand(nominal, rows, count, out);
    }

    /** Returns half the range of an action entry. */
    double scale(int a) {
        return scale[a];
    }

    /** Returns the row of a node of the block. */
    int row(int node) {
        return nodeRow[node];
    }

    /** Returns the step of a node of the block. */
    int time(int node) {
        return nodeTime[node];
    }

    /** Puts the states, tags and actions of some nodes into all their columns, and chooses the widths of the differences. */
    void place(Trajectories nominal, int[] rows, int first, int nodes, int perNode) {
        int columns = nodes * perNode;
        state.resize(columns);
        keys.resize(columns).step(0);
        for (int i = 0; i < nodes; i++) {
            nodeRow[i] = rows[(first + i) / horizon];
            nodeTime[i] = (first + i) % horizon;
        }
        float[] values = state.values();
        for (int i = 0; i < nodes; i++) {
            int row = nodeRow[i];
            int t = nodeTime[i];
            float[] from = nominal.states(t);
            for (int d = 0; d < n; d++) {
                float x = from[d * nominal.columns() + row];
                stateSteps[d * nodes + i] = (float) (differenceStep * Math.max(1, Math.abs(x)));
                for (int p = 0; p < perNode; p++) values[d * columns + p * nodes + i] = x;
            }
            int tagSize = state.tagSize();
            int[] tags = nominal.step(t).next().tags();
            for (int d = 0; d < tagSize; d++) {
                int tag = tags[d * nominal.columns() + row];
                for (int p = 0; p < perNode; p++) state.tags()[d * columns + p * nodes + i] = tag;
            }
            for (int a = 0; a < m; a++) {
                float u = nominal.actions(t)[a * nominal.columns() + row];
                actionSteps[a * nodes + i] = (float) Math.min(differenceStep * Math.max(1, Math.abs(u)), 0.5 * scale[a]);
                for (int p = 0; p < perNode; p++) actions[a * columns + p * nodes + i] = u;
            }
            copyKeys(nominal, row, i, nodes, perNode);
        }
    }

    private void copyKeys(Trajectories nominal, int row, int node, int nodes, int perNode) {
        for (int p = 0; p < perNode; p++) {
            keys.key0()[p * nodes + node] = nominal.keys().key0()[row];
            keys.key1()[p * nodes + node] = nominal.keys().key1()[row];
            keys.sample()[p * nodes + node] = nominal.keys().sample()[row];
        }
    }

    float low(int a) {
        return low[a];
    }

    float high(int a) {
        return high[a];
    }
}
