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

    /** Nodes found in a graph; empty for trees. */
    private final int[] found;

    Rerooting(SearchTree tree) {
        this.tree = tree;
        moved = new int[tree.capacity];
        found = new int[tree.edgeDiscount.length > 0 ? tree.capacity : 0];
    }

    /** Keeps the subtree of a node and returns the number of its nodes. */
    int keep(int row, int root) {
        int base = row * tree.capacity;
        int used = tree.used[row];
        Arrays.fill(moved, 0, used, GONE);
        moved[root] = 0;
        if (found.length == 0) markBelow(base, root, used);
        else markReachable(base, root);
        // The root goes to the front, the others follow in the old order, so that none moves onto one that is still needed.
        move(base + root, base);
        int count = 1;
        for (int node = 1; node < used; node++) {
            if (moved[node] == GONE || node == root) continue;
            moved[node] = count;
            move(base + node, base + count++);
        }
        for (int slot = base; slot < base + count; slot++) renumber(slot);
        tree.parent[base] = SearchTree.NO_PARENT;
        tree.parentEdge[base] = Selector.NONE;
        tree.used[row] = count;
        return count;
    }

    /** Marks what is below a node of a tree: a child comes after its parent, so one pass finds it. */
    private void markBelow(int base, int root, int used) {
        for (int node = root + 1; node < used; node++) {
            int parent = tree.parent[base + node];
            if (tree.visits[base + node] > 0 && parent >= 0 && moved[parent] != GONE) moved[node] = 0;
        }
    }

    /** Marks what can be reached from a node of a graph but not the old root, which a game may come back to, and names parents anew. */
    private void markReachable(int base, int root) {
        int count = 0;
        found[count++] = root;
        for (int i = 0; i < count; i++) {
            int slot = base + found[i];
            for (int edge = 0; edge < tree.allEdgesOf(slot); edge++) {
                int child = tree.child[slot * tree.width + edge];
                if (child <= SearchTree.ROOT || moved[child] != GONE) continue;
                moved[child] = 0;
                tree.parent[base + child] = found[i];
                tree.parentEdge[base + child] = edge;
                found[count++] = child;
            }
        }
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
        if (tree.edgeDiscount.length > 0) {
            System.arraycopy(tree.edgeDiscount, from * width, tree.edgeDiscount, to * width, width);
            int rewards = width * tree.players;
            System.arraycopy(tree.edgeRewards, from * rewards, tree.edgeRewards, to * rewards, rewards);
        }
        if (tree.rawValues.length > 0) {
            System.arraycopy(tree.rawValues, from * tree.players, tree.rawValues, to * tree.players, tree.players);
        }
        if (tree.proofs != null) tree.proofs.move(from, to);
        if (tree.joint != null) tree.joint.move(from, to);
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
