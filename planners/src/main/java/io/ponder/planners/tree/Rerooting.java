package io.ponder.planners.tree;

import java.util.Arrays;

/**
 * Makes a node below the root the new root of its row: its subtree moves to the front of the row's memory, in the old order, and the rest is
 * forgotten. One thread's; takes its memory once.
 */
final class Rerooting {
    private static final int GONE = -1;

    private final SearchTree tree;
    /** New index of each old node. */
    private final int[] moved;

    Rerooting(SearchTree tree) {
        this.tree = tree;
        moved = new int[tree.capacity];
    }

    /** Keeps the subtree of a node and returns the number of its nodes. */
    int keep(int row, int root) {
        int base = row * tree.capacity;
        Arrays.fill(moved, 0, tree.used[row], GONE);
        int count = 0;
        // A child comes after its parent, so one pass finds the subtree, and a node never moves onto one that is still needed.
        for (int node = root; node < tree.used[row]; node++) {
            int slot = base + node;
            if (tree.visits[slot] == 0) continue;
            if (node != root && (tree.parent[slot] < 0 || moved[tree.parent[slot]] == GONE)) continue;
            moved[node] = count++;
            move(slot, base + moved[node]);
        }
        for (int slot = base; slot < base + count; slot++) renumber(slot);
        tree.parent[base] = SearchTree.NO_PARENT;
        tree.parentEdge[base] = Selector.NONE;
        tree.used[row] = count;
        return count;
    }

    private void move(int from, int to) {
        if (from == to) return;
        int width = tree.width;
        System.arraycopy(tree.child, from * width, tree.child, to * width, width);
        System.arraycopy(tree.prior, from * width, tree.prior, to * width, width);
        System.arraycopy(tree.edgeVisits, from * width, tree.edgeVisits, to * width, width);
        System.arraycopy(tree.edgeValue, from * width, tree.edgeValue, to * width, width);
        System.arraycopy(tree.latent, from * tree.stateSize, tree.latent, to * tree.stateSize, tree.stateSize);
        System.arraycopy(tree.tags, from * tree.tagSize, tree.tags, to * tree.tagSize, tree.tagSize);
        int actions = width * tree.actionSize;
        System.arraycopy(tree.actions, from * actions, tree.actions, to * actions, actions);
        if (tree.players > 1) {
            System.arraycopy(tree.values, from * tree.players, tree.values, to * tree.players, tree.players);
            System.arraycopy(tree.rewards, from * tree.players, tree.rewards, to * tree.players, tree.players);
        }
        tree.visits[to] = tree.visits[from];
        tree.value[to] = tree.value[from];
        tree.rawValue[to] = tree.rawValue[from];
        tree.parent[to] = tree.parent[from];
        tree.parentEdge[to] = tree.parentEdge[from];
        tree.reward[to] = tree.reward[from];
        tree.discount[to] = tree.discount[from];
        tree.kind[to] = tree.kind[from];
        tree.mover[to] = tree.mover[from];
    }

    private void renumber(int slot) {
        if (tree.parent[slot] >= 0) tree.parent[slot] = moved[tree.parent[slot]];
        for (int place = slot * tree.width; place < (slot + 1) * tree.width; place++) {
            if (tree.child[place] >= 0) tree.child[place] = moved[tree.child[place]];
        }
    }
}
