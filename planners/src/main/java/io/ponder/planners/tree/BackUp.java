package io.ponder.planners.tree;

import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Carries values up the trees: every node keeps the mean of the returns that passed it, its own first evaluation included,
 * and every edge its reward plus the discounted mean of its child. One thread's.
 *
 * <p>With several players a return is a vector, and an edge holds the entry of the player who moves at its node: each plays
 * for himself (max-n, Luckhardt and Irani 1986), or all others are against the player at the root ({@link Opponents}). Where
 * values are proven, an edge's value stays within the bounds of its child.
 */
final class BackUp {
    private final SearchTree tree;
    private final Roots roots;
    private final SearchBlock block;
    private final @Nullable RootReturns returns;
    private final int players;
    private final @Nullable Proofs proofs;
    private final SimultaneousRule.@Nullable Players together;
    /** The return that travels up. */
    private final float[] back;

    BackUp(SearchTree tree, Roots roots, SearchBlock block, SimultaneousRule.@Nullable Players together) {
        this.block = block;
        this.together = together;
        this.tree = tree;
        this.roots = roots;
        returns = roots.returns;
        players = tree.players;
        proofs = tree.proofs;
        back = new float[players];
    }

    /** Starts from a node that was just made, whose first evaluation is its value. */
    void fromNew(int row, int slot) {
        if (proofs != null && tree.kind[slot] == NodeKind.TERMINAL) proofs.climb(row, slot, roots);
        if (players == 1) {
            climb(row, slot, tree.value[slot]);
        } else {
            System.arraycopy(tree.values, slot * players, back, 0, players);
            climbPlayers(row, slot);
        }
    }

    /** Visits a node again at which a simulation ended: its first evaluation, or its proven value, enters once more. */
    void fromAgain(int row, int slot) {
        Proofs sure = proofs != null && proofs.proven(slot) ? proofs : null;
        if (players == 1) {
            float returned = sure != null ? sure.low(slot, 0) : tree.rawValue[slot];
            visit(slot, returned);
            climb(row, slot, returned);
        } else {
            // The first evaluation is not kept apart: the mean is what is left of it where all edges below were closed.
            for (int p = 0; p < players; p++) back[p] = sure != null ? sure.low(slot, p) : tree.values[slot * players + p];
            visitPlayers(row * tree.capacity, slot);
            climbPlayers(row, slot);
        }
    }

    /** Counts a transition for which there was no room: the edge keeps the mean of what came through it. */
    void throughEdge(int row, int slot, int edge, StepBuffer step, NodeBuffer nodes, int k, boolean terminal) {
        int columns = nodes.columns();
        for (int p = 0; p < players; p++) {
            float value = terminal ? 0 : nodes.value()[p * columns + k];
            back[p] = step.reward()[p * columns + k] + step.discount()[k] * value;
        }
        int place = tree.place(slot, edge);
        float returned = players == 1 ? back[0] : tree.objective(back, 0, row * tree.capacity, slot);
        int n = tree.edgeVisits[place]++;
        tree.edgeValue[place] += (returned - tree.edgeValue[place]) / (n + 1);
        if (returns != null && slot == row * tree.capacity) returns.add(row, edge, returned);
        if (players == 1) {
            visit(slot, returned);
            climb(row, slot, returned);
        } else {
            learn(row, slot, edge);
            visitPlayers(row * tree.capacity, slot);
            climbPlayers(row, slot);
        }
    }

    /** Closes an edge behind which something is not a number: it is counted and never taken again. */
    void shut(int row, int slot, int edge) {
        block.nonFinite++;
        tree.forbid(slot, edge);
        if (tree.joint != null && tree.kind[slot] == NodeKind.SIMULTANEOUS) tree.joint.renew(slot);
        if (slot == row * tree.capacity) roots.close(row, edge);
        if (proofs != null) proofs.giveUp(row);
    }

    /** Counts a visit of a proven edge at a root, without a simulation. */
    void countProven(int row, int root, int edge) {
        int place = tree.place(root, edge);
        int made = root + tree.child[place];
        float discount = tree.discountOf(place, root);
        tree.edgeVisits[place]++;
        for (int p = 0; p < players; p++) {
            float value = players == 1 ? tree.value[made] : tree.values[made * players + p];
            back[p] = tree.rewardOf(place, root, p) + discount * (proofs == null ? value : proofs.bounded(made, p, value));
        }
        if (players == 1) visit(root, back[0]);
        else visitPlayers(root, root);
        if (returns != null) returns.add(row, edge, tree.objective(back, 0, root, root));
    }

    private void learn(int row, int slot, int edge) {
        if (together != null && tree.kind[slot] == NodeKind.SIMULTANEOUS) together.learn(row, slot, edge, back);
    }

    private void visit(int slot, float returned) {
        int n = tree.visits[slot]++;
        tree.value[slot] += (returned - tree.value[slot]) / (n + 1);
    }

    private void climb(int row, int from, float start) {
        int base = row * tree.capacity;
        float returned = start;
        int slot = from;
        int edge = Selector.NONE;
        for (int parent = tree.parent[slot]; parent >= 0; parent = tree.parent[slot]) {
            int above = base + parent;
            float reward = tree.reward[slot];
            float discount = tree.discount[slot];
            float value = proofs == null ? tree.value[slot] : proofs.bounded(slot, 0, tree.value[slot]);
            returned = reward + discount * returned;
            edge = tree.parentEdge[slot];
            update(row, tree.place(above, edge), reward + discount * value);
            visit(above, returned);
            slot = above;
        }
        if (returns != null && edge >= 0) returns.add(row, edge, returned);
    }

    private void update(int row, int place, float edgeValue) {
        tree.edgeVisits[place]++;
        tree.edgeValue[place] = edgeValue;
        if (edgeValue < tree.leastValue[row]) tree.leastValue[row] = edgeValue;
        if (edgeValue > tree.largestValue[row]) tree.largestValue[row] = edgeValue;
    }

    private void climbPlayers(int row, int from) {
        int base = row * tree.capacity;
        int slot = from;
        int edge = Selector.NONE;
        for (int parent = tree.parent[slot]; parent >= 0; parent = tree.parent[slot]) {
            int above = base + parent;
            float discount = tree.discount[slot];
            edge = tree.parentEdge[slot];
            for (int p = 0; p < players; p++) back[p] = tree.rewards[slot * players + p] + discount * back[p];
            update(row, tree.place(above, edge), tree.reward[slot] + discount * valueFor(base, slot, above));
            learn(row, above, edge);
            visitPlayers(base, above);
            slot = above;
        }
        if (returns != null && edge >= 0) returns.add(row, edge, tree.objective(back, 0, base, base));
    }

    /** Returns what a node is worth to whoever moves above it. */
    private float valueFor(int root, int slot, int above) {
        int player = tree.objective(root, above);
        float value = tree.values[slot * players + player];
        if (proofs != null) value = proofs.bounded(slot, player, value);
        return tree.turned(root, above) ? -value : value;
    }

    private void visitPlayers(int root, int slot) {
        int n = tree.visits[slot]++;
        for (int p = 0; p < players; p++) {
            int place = slot * players + p;
            tree.values[place] += (back[p] - tree.values[place]) / (n + 1);
        }
        tree.value[slot] = tree.objective(tree.values, slot * players, root, slot);
    }
}
