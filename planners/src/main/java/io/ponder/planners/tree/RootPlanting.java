package io.ponder.planners.tree;

import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.PlanRequest;
import org.jspecify.annotations.Nullable;

/** Makes the roots of a block: one call of the model's heads, then noise and masks. One thread's. */
final class RootPlanting {
    private final SearchTree tree;
    private final Roots roots;
    private final SearchBlock block;
    private final SearchResult result;
    private final ModelColumns columns;
    private final NodeWriter writer;
    private final RootPreparation preparation;
    private final @Nullable PositionGraph graph;

    RootPlanting(
            SearchContext context, SearchRecipe recipe, SearchBlock block, SearchResult result, ModelColumns columns,
            NodeWriter writer, @Nullable PositionGraph graph) {
        tree = context.tree();
        roots = context.roots();
        this.block = block;
        this.result = result;
        this.columns = columns;
        this.writer = writer;
        this.graph = graph;
        preparation = new RootPreparation(context, recipe);
    }

    /** Makes the roots of the rows {@code first .. last - 1}, which are searched unless they are the end of an episode. */
    void plant(PlanRequest request, RootNoise noise, int first, int last) {
        block.first = first;
        block.active = 0;
        ModelState states = columns.evaluateRoots(request, writer, last - first);
        for (int row = first; row < last; row++) {
            result.simulations[row] = 0;
            int slot = row * tree.capacity;
            boolean kept = tree.kept[row] && tree.kind[slot] == columns.nodes.kind()[row - first];
            tree.kept[row] = false;
            int broken = write(request, noise, states, row, kept);
            // The means of a root hold what is behind all its edges, so they cannot forget one: it starts anew.
            if (kept && writer.knowsIllegal(slot)) broken = write(request, noise, states, row, false);
            else if (kept && tree.proofs != null) tree.proofs.renew(row, slot, roots);
            block.nonFinite += broken;
            if (graph != null) graph.plant(row - first, slot);
            if (tree.kind[slot] != NodeKind.TERMINAL) block.searched[block.active++] = row;
        }
    }

    /** Writes the root of a row, as the root of what was kept or of nothing, and returns how many numbers were not finite. */
    private int write(PlanRequest request, RootNoise noise, ModelState states, int row, boolean kept) {
        int slot = row * tree.capacity;
        int k = row - block.first;
        int broken;
        if (kept) {
            broken = writer.renewRoot(slot, columns.nodes, states, k);
        } else {
            tree.clear(row);
            tree.used[row] = 1;
            broken = writer.writeRoot(slot, columns.nodes, states, k);
        }
        writer.actions(slot, columns.edges, k);
        float[] logits = writer.logits(slot, columns.nodes, columns.edges);
        return broken + preparation.prepare(request, noise, row, slot, logits, states.columns(), k);
    }
}
