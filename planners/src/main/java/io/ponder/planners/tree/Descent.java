package io.ponder.planners.tree;

import io.ponder.engine.model.NodeKind;
import org.jspecify.annotations.Nullable;

/** Goes down a tree to an edge without a node: one simulation's choices. One thread's. */
final class Descent {
    private final SearchTree tree;
    private final Roots roots;
    private final SearchBlock block;
    private final SearchResult result;
    private final int maxDepth;
    private final Selector root;
    private final Selector interior;
    private final Selector chance;
    private final @Nullable NextEdges next;
    private final @Nullable JointStatistics joint;
    private final SimultaneousRule.@Nullable Players together;
    private final @Nullable Proofs proofs;
    private final @Nullable PositionGraph graph;
    private final BackUp backUp;
    /** Priors of a root, while its proven edges are out of selection. */
    private final float[] hidden;

    Descent(
            SearchContext context, SearchRecipe recipe, SearchBlock block, SearchResult result, BackUp backUp,
            SimultaneousRule.@Nullable Players together, @Nullable PositionGraph graph) {
        tree = context.tree();
        roots = context.roots();
        this.block = block;
        this.result = result;
        this.backUp = backUp;
        this.together = together;
        this.graph = graph;
        maxDepth = recipe.maxDepth();
        root = recipe.root().selector(context);
        interior = recipe.interior().selector(context);
        chance = recipe.chance().selector(context);
        next = tree.lists == null ? null : new NextEdges(tree, tree.lists, context.kernels(), recipe);
        joint = tree.joint;
        proofs = tree.proofs;
        hidden = new float[tree.width];
    }

    /** Goes down the tree of the row at a place of the block, as far as it has nodes. */
    void descend(int j) {
        int row = block.searched[j];
        int base = row * tree.capacity;
        int slot = base;
        int edge;
        if (graph != null) graph.begin(row - block.first, base, result.simulations[row] + 1);
        for (int depth = 0; ; depth++) {
            edge = choose(row, slot, depth);
            if (edge < 0) break;
            int child = tree.child[next == null ? slot * tree.width + edge : next.take(row, slot, edge)];
            if (child < 0) break;
            if (graph != null) graph.leave(row - block.first, slot, edge);
            slot = base + child;
            if (graph != null && !graph.enter(slot)) {
                edge = Selector.NONE;
                break;
            }
        }
        block.leafSlot[j] = slot;
        block.leafEdge[j] = edge;
    }

    private int choose(int row, int slot, int depth) {
        byte kind = tree.kind[slot];
        if (kind == NodeKind.TERMINAL || depth == maxDepth || proofs != null && proofs.proven(slot)) return Selector.NONE;
        if (kind == NodeKind.SIMULTANEOUS && joint != null && together != null) {
            return joint.select(together, roots.keys[row], row, slot);
        }
        if (next != null) next.prepare(row, slot);
        if (kind == NodeKind.CHANCE) return chance.select(row, slot);
        return depth == 0 ? chooseAtRoot(row, slot) : interior.select(row, slot);
    }

    /** Chooses at a decision of a root; proven edges need no simulation and are counted beside. */
    private int chooseAtRoot(int row, int slot) {
        int edge = root.select(row, slot);
        if (proofs == null || edge < 0 || !proofs.provenEdge(row, slot, edge)) return edge;
        backUp.countProven(row, slot, edge);
        proofs.hide(row, slot, hidden);
        int other = root.select(row, slot);
        proofs.show(slot, hidden);
        return other < 0 ? edge : other;
    }
}
