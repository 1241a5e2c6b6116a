package io.ponder.planners.tree;

import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.StepBuffer;

/**
 * Carries values up the trees: every node keeps the mean of the returns that passed it, its own first evaluation included, and every edge
 * its reward plus the discounted mean of its child. One thread's.
 *
 * <p>With several players a return is a vector, and an edge holds the entry of the player who moves at its node: each plays for himself
 * (max-n, Luckhardt and Irani 1986).
 */
final class BackUp {
    private final SearchTree tree;
    private final int players;
    /** The return that travels up. */
    private final float[] back;

    BackUp(SearchTree tree) {
        this.tree = tree;
        players = tree.players;
        back = new float[players];
    }

    /** Starts from a node that was just made, whose first evaluation is its value. */
    void fromNew(int row, int slot) {
        if (players == 1) {
            climb(row, slot, tree.value[slot]);
        } else {
            System.arraycopy(tree.values, slot * players, back, 0, players);
            climbPlayers(row, slot);
        }
    }

    /** Visits a node again at which a simulation ended: its first evaluation enters once more. */
    void fromAgain(int row, int slot) {
        // With several players such a node has no children, so its mean is its first evaluation.
        visit(slot, tree.rawValue[slot]);
        if (players == 1) {
            climb(row, slot, tree.rawValue[slot]);
        } else {
            System.arraycopy(tree.values, slot * players, back, 0, players);
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
        int place = slot * tree.width + edge;
        float returned = back[players == 1 ? 0 : tree.mover[slot]];
        int n = tree.edgeVisits[place]++;
        tree.edgeValue[place] += (returned - tree.edgeValue[place]) / (n + 1);
        if (players == 1) {
            visit(slot, returned);
            climb(row, slot, returned);
        } else {
            visitPlayers(slot);
            climbPlayers(row, slot);
        }
    }

    private void visit(int slot, float returned) {
        int n = tree.visits[slot]++;
        tree.value[slot] += (returned - tree.value[slot]) / (n + 1);
    }

    private void climb(int row, int from, float start) {
        int base = row * tree.capacity;
        float returned = start;
        int slot = from;
        for (int parent = tree.parent[slot]; parent >= 0; parent = tree.parent[slot]) {
            int above = base + parent;
            float reward = tree.reward[slot];
            float discount = tree.discount[slot];
            returned = reward + discount * returned;
            update(row, above * tree.width + tree.parentEdge[slot], reward + discount * tree.value[slot]);
            visit(above, returned);
            slot = above;
        }
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
        for (int parent = tree.parent[slot]; parent >= 0; parent = tree.parent[slot]) {
            int above = base + parent;
            float discount = tree.discount[slot];
            for (int p = 0; p < players; p++) back[p] = tree.rewards[slot * players + p] + discount * back[p];
            float value = tree.values[slot * players + tree.mover[above]];
            update(row, above * tree.width + tree.parentEdge[slot], tree.reward[slot] + discount * value);
            visitPlayers(above);
            slot = above;
        }
    }

    private void visitPlayers(int slot) {
        int n = tree.visits[slot]++;
        for (int p = 0; p < players; p++) {
            int place = slot * players + p;
            tree.values[place] += (back[p] - tree.values[place]) / (n + 1);
        }
        tree.value[slot] = tree.values[slot * players + tree.mover[slot]];
    }
}
