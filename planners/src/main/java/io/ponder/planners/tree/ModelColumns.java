package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.PlanRequest;
import org.jspecify.annotations.Nullable;

/** Holds the columns that go in and out of the model, a column for each row that needs it, and makes its calls. One thread's. */
final class ModelColumns {
    /** Separates the stream of proposals from the model's. */
    private static final long PROPOSALS = 0x50524F504F53414CL;

    private final SearchTree tree;
    private final Roots roots;
    private final SearchBlock block;
    private final SearchResult result;
    private final LatentHeads heads;
    private final @Nullable LeafEvaluator leaf;
    private final ActionSource.@Nullable Proposer proposer;
    /** Model steps of a step, and of the evaluation of a leaf. */
    private final int stepCost;
    private final int leafSteps;
    private final int modelActions;

    private final ModelState parents;
    private final byte[] parentKinds;
    private final float[] actions;
    private final ColumnKeys keys;
    private final ColumnKeys proposalKeys;
    final StepBuffer step;
    final NodeBuffer nodes;
    final EdgeBuffer edges;
    /** Places in the block of the rows that need the model. */
    private final int[] column;
    private int columns;

    ModelColumns(
            SearchContext context, SearchRecipe recipe, WorldModel model, @Nullable LeafEvaluator leaf, SearchBlock block,
            SearchResult result) {
        tree = context.tree();
        roots = context.roots();
        this.block = block;
        this.result = result;
        this.leaf = leaf;
        int rows = block.searched.length;
        LatentHeads offered = model.as(LatentHeads.class);
        heads = offered != null ? offered : new UniformHeads(model);
        stepCost = model.stepCost();
        leafSteps = leaf == null ? 0 : leaf.modelStepsPerColumn();
        modelActions = model.spec().actionCount();
        parents = new ModelState(model.spec(), rows);
        parentKinds = new byte[rows];
        actions = new float[model.spec().actionSize() * rows];
        keys = new ColumnKeys(rows);
        proposalKeys = new ColumnKeys(rows);
        step = new StepBuffer(model.spec(), rows);
        nodes = new NodeBuffer(model.spec(), heads, rows);
        proposer = recipe.actions().listsAll() ? null : recipe.actions().proposer(model, rows);
        edges = new EdgeBuffer(tree.actionCount, tree.actionSize, proposer == null ? 1 : rows);
        column = new int[rows];
    }

    /** Evaluates the roots of a block, a column each, and returns their states. */
    ModelState evaluateRoots(PlanRequest request, NodeWriter writer, int rows) {
        columns = rows;
        parents.resize(columns);
        keys.resize(columns).step(0);
        copyRoots(request.roots());
        block.keys.resize(columns);
        for (int k = 0; k < columns; k++) {
            keys.set(k, k + 1, roots.keys[block.first + k], 0);
            block.keys.set(k, k + 1, roots.keys[block.first + k], 0);
        }
        heads.evaluate(parents, keys, nodes);
        if (leaf != null) leaf.evaluate(parents, keys, nodes);
        block.modelSteps += (long) evaluated() * leafSteps;
        if (proposer != null) {
            for (int k = 0; k < columns; k++) block.nonFinite += writer.brokenLogits(nodes, k);
            RootPreparation.maskBefore(request, modelActions, block.first, nodes);
            for (int k = 0; k < columns; k++) setProposalKey(k, block.first + k, 0);
            proposer.propose(parents, proposalKeys.resize(columns), nodes, edges);
        }
        return parents;
    }

    private void copyRoots(ModelState from) {
        int all = from.columns();
        for (int d = 0; d < tree.stateSize; d++) {
            System.arraycopy(from.values(), d * all + block.first, parents.values(), d * columns, columns);
        }
        for (int d = 0; d < tree.tagSize; d++) {
            System.arraycopy(from.tags(), d * all + block.first, parents.tags(), d * columns, columns);
        }
    }

    /** Notes which rows found an edge without a node, charges their steps and returns how many they are. */
    int collect() {
        columns = 0;
        for (int j = 0; j < block.active; j++) if (block.leafEdge[j] >= 0) column[columns++] = j;
        block.modelSteps += (long) columns * stepCost;
        return columns;
    }

    /** Returns the place in the block of the row that has a column. */
    int column(int k) {
        return column[k];
    }

    /** Calls the model once, for all of them. */
    void expand() {
        gather();
        heads.expand(parents, parentKinds, actions, keys, step, nodes);
        if (leaf != null) leaf.evaluate(step.next(), keys, nodes);
        block.modelSteps += (long) evaluated() * leafSteps;
        if (proposer == null) return;
        for (int k = 0; k < columns; k++) {
            int row = block.searched[column[k]];
            setProposalKey(k, row, result.simulations[row] + 1);
        }
        proposer.propose(step.next(), proposalKeys.resize(columns), nodes, edges);
    }

    private void gather() {
        parents.resize(columns);
        keys.resize(columns);
        for (int k = 0; k < columns; k++) {
            int row = block.searched[column[k]];
            int slot = block.leafSlot[column[k]];
            int edge = block.leafEdge[column[k]];
            parentKinds[k] = tree.kind[slot];
            keys.set(k, k + 1, roots.keys[row], result.simulations[row] + 1);
            if (tree.actionSize == 0 || parentKinds[k] == NodeKind.CHANCE) {
                actions[k] = edge;
            } else {
                int from = (slot * tree.width + edge) * tree.actionSize;
                for (int a = 0; a < tree.actionSize; a++) actions[a * columns + k] = tree.actions[from + a];
            }
            for (int d = 0; d < tree.stateSize; d++) parents.values()[d * columns + k] = tree.latent[slot * tree.stateSize + d];
            for (int d = 0; d < tree.tagSize; d++) parents.tags()[d * columns + k] = tree.tags[slot * tree.tagSize + d];
        }
    }

    /** Returns the columns for which the leaf evaluation has something to do. */
    private int evaluated() {
        int count = 0;
        for (int k = 0; k < columns; k++) if (nodes.kind()[k] != NodeKind.TERMINAL) count++;
        return count;
    }

    private void setProposalKey(int k, int row, int sample) {
        proposalKeys.set(k, k + 1, roots.keys[row] ^ PROPOSALS, sample);
    }
}
