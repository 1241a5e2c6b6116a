package io.ponder.planners.tree;

import io.ponder.engine.model.NodeKind;
import io.ponder.engine.tensor.SelectionKernels;
import org.jspecify.annotations.Nullable;

/** Brings the list of a node up to date before a rule chooses among its edges: the one that comes next is in it. One thread's. */
final class NextEdges {
    private final SearchTree tree;
    private final EdgeLists lists;
    private final SelectionKernels kernels;
    private final @Nullable UntriedOrder interior;
    private final @Nullable UntriedOrder chance;
    private final float[] scratch;
    private final float[] others = new float[1];

    NextEdges(SearchTree tree, EdgeLists lists, SelectionKernels kernels, SearchRecipe recipe) {
        this.tree = tree;
        this.lists = lists;
        this.kernels = kernels;
        interior = recipe.interior().untried();
        chance = recipe.chance().untried();
        scratch = new float[lists.rounded.length > 0 ? tree.width : 0];
    }

    /** Lists the edge that comes next, where the last one was taken. */
    void prepare(int row, int slot) {
        if (!lists.stale[slot]) return;
        lists.stale[slot] = false;
        UntriedOrder order = tree.kind[slot] == NodeKind.CHANCE ? chance : interior;
        if (order == UntriedOrder.DRAWN) return;
        int next = order == UntriedOrder.LOWEST ? lowest(slot) : likeliest(slot);
        if (next < 0) return;
        float prior = lists.unlisted(slot, next);
        lists.remove(slot, next);
        lists.insert(row, slot, next, prior);
    }

    /** Returns the place of a chosen edge, from which a simulation goes on, and notes if it was the untried one. */
    int take(int row, int slot, int edge) {
        int place = lists.find(slot, edge);
        // Only outcomes that are drawn can be chosen before they are listed.
        if (place < 0) return lists.insert(row, slot, edge, lists.unlisted(slot, edge));
        if (tree.edgeVisits[place] == 0 && tree.parent[slot] >= 0) lists.stale[slot] = true;
        return place;
    }

    private int lowest(int slot) {
        int n = lists.count[slot];
        // Edges are listed in this order, so the next one comes after the last.
        int edge = n == 0 ? 0 : lists.edge[lists.from[slot] + n - 1] + 1;
        int count = tree.allEdgesOf(slot);
        while (edge < count && lists.unlisted(slot, edge) == SearchTree.ILLEGAL) edge++;
        return edge < count ? edge : Selector.NONE;
    }

    private int likeliest(int slot) {
        boolean rounded = lists.rounded.length > 0;
        if (rounded) lists.widen(slot, scratch);
        int next = kernels.largest(
                tree.allEdgesOf(slot), rounded ? scratch : lists.priors, rounded ? 0 : slot * tree.width, others);
        lists.others[slot] = others[0];
        return next;
    }
}
