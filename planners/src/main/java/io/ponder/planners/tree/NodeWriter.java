package io.ponder.planners.tree;

import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.tensor.SelectionKernels;

/** Writes what the model said into nodes. One thread's. */
final class NodeWriter {
    private final SearchTree tree;
    private final SelectionKernels kernels;
    /** Actions from whose logits edges are proposed; 0 where edges are the actions. */
    private final int proposedFrom;
    private final float[] rounding;

    NodeWriter(SearchTree tree, SelectionKernels kernels, int proposedFrom) {
        this.tree = tree;
        this.kernels = kernels;
        this.proposedFrom = proposedFrom;
        rounding = tree.roundingScratch();
    }

    /** Tells whether reward, discount and value of column k are finite. */
    boolean finite(StepBuffer step, NodeBuffer nodes, int k) {
        int columns = nodes.columns();
        boolean terminal = nodes.kind()[k] == NodeKind.TERMINAL;
        // The difference of a number with itself is 0 for all but NaN and infinity.
        float discount = step.discount()[k];
        float broken = discount - discount;
        for (int p = 0; p < tree.players; p++) {
            float reward = step.reward()[p * columns + k];
            float value = terminal ? 0 : nodes.value()[p * columns + k];
            broken += reward - reward + (value - value);
        }
        return broken == 0;
    }

    /**
     * Writes column k as the child of an edge and returns how many of its logits were NaN or plus infinity. The column is
     * {@link #finite}.
     *
     * @param edges proposed actions, read where the tree keeps actions
     */
    int write(int made, int above, int edge, int node, StepBuffer step, NodeBuffer nodes, EdgeBuffer edges, int k) {
        int columns = nodes.columns();
        tree.open(made, above - (made - node), edge, nodes.kind()[k], nodes.playerToMove()[k]);
        tree.child[tree.place(above, edge)] = node;
        tree.discount[made] = step.discount()[k];
        if (tree.players == 1) {
            tree.reward[made] = step.reward()[k];
        } else {
            int from = made * tree.players;
            for (int p = 0; p < tree.players; p++) tree.rewards[from + p] = step.reward()[p * columns + k];
            tree.reward[made] = tree.objective(tree.rewards, from, made - node, above);
        }
        values(made, made - node, nodes, k);
        state(made, step.next(), k);
        if (tree.kind[made] == NodeKind.TERMINAL) return 0;
        return priors(made, nodes, edges, k);
    }

    /** Writes column k as a root, without priors, and returns how many of its values were not finite; those are taken as 0. */
    int writeRoot(int slot, NodeBuffer nodes, ModelState states, int k) {
        int broken = cleanse(nodes, k);
        tree.open(slot, SearchTree.NO_PARENT, Selector.NONE, nodes.kind()[k], nodes.playerToMove()[k]);
        tree.reward[slot] = 0;
        tree.discount[slot] = 1;
        values(slot, slot, nodes, k);
        state(slot, states, k);
        return broken;
    }

    /**
     * Brings the root of a kept subtree up to column k: its state and its first evaluation are those of now, what was found
     * below stays. The evaluation counts as one visit, as in every node, in place of the one that was imagined. Returns how
     * many values were not finite.
     */
    int renewRoot(int slot, NodeBuffer nodes, ModelState states, int k) {
        int broken = cleanse(nodes, k);
        tree.reward[slot] = 0;
        tree.discount[slot] = 1;
        int player = tree.players == 1 ? 0 : tree.mover[slot];
        tree.rawValue[slot] = nodes.value()[player * nodes.columns() + k];
        for (int p = 0; p < tree.players && tree.players > 1; p++) {
            tree.values[slot * tree.players + p] = renewed(slot, p, nodes, k);
        }
        tree.value[slot] = tree.players == 1 ? renewed(slot, 0, nodes, k) : tree.values[slot * tree.players + player];
        if (tree.rawValues.length > 0) {
            for (int p = 0; p < tree.players; p++) {
                tree.rawValues[slot * tree.players + p] = nodes.value()[p * nodes.columns() + k];
            }
        }
        state(slot, states, k);
        return broken;
    }

    /** Returns the mean of a player's first evaluation of now and of what came through the edges of a root. */
    private float renewed(int slot, int player, NodeBuffer nodes, int k) {
        double sum = nodes.value()[player * nodes.columns() + k];
        int visits = 1;
        for (int place = slot * tree.width; place < slot * tree.width + tree.allEdgesOf(slot); place++) {
            int n = tree.edgeVisits[place];
            if (n == 0) continue;
            visits += n;
            int child = slot + tree.child[place];
            boolean known = tree.child[place] >= 0;
            if (tree.players == 1) sum += n * (double) tree.edgeValue[place];
            else if (!known) sum += n * (double) tree.values[slot * tree.players + player];
            else sum += n * (double) (tree.rewardOf(place, slot, player) + tree.discountOf(place, slot) * tree.values[child * tree.players + player]);
        }
        return (float) (sum / visits);
    }

    /** Tells whether something was found behind edges of a root that are illegal now. */
    boolean knowsIllegal(int slot) {
        int from = tree.from(slot);
        for (int place = from; place < from + tree.width; place++) {
            if (tree.prior[place] == SearchTree.ILLEGAL && tree.edgeVisits[place] > 0) return true;
        }
        return false;
    }

    /** Takes values that are not finite as 0 and counts them. */
    private int cleanse(NodeBuffer nodes, int k) {
        int broken = 0;
        for (int p = 0; p < tree.players; p++) {
            int place = p * nodes.columns() + k;
            if (Float.isFinite(nodes.value()[place]) || nodes.kind()[k] == NodeKind.TERMINAL) continue;
            nodes.value()[place] = 0;
            broken++;
        }
        return broken;
    }

    private void values(int slot, int root, NodeBuffer nodes, int k) {
        int columns = nodes.columns();
        boolean terminal = tree.kind[slot] == NodeKind.TERMINAL;
        float value = terminal ? 0 : nodes.value()[k];
        if (tree.players > 1) {
            int from = slot * tree.players;
            for (int p = 0; p < tree.players; p++) tree.values[from + p] = terminal ? 0 : nodes.value()[p * columns + k];
            value = tree.objective(tree.values, from, root, slot);
        }
        if (tree.rawValues.length > 0) {
            System.arraycopy(tree.values, slot * tree.players, tree.rawValues, slot * tree.players, tree.players);
        }
        if (tree.proofs != null) tree.proofs.open(slot, terminal);
        tree.value[slot] = value;
        tree.rawValue[slot] = value;
    }

    private void state(int slot, ModelState from, int k) {
        int columns = from.columns();
        int to = slot * tree.stateSize;
        for (int d = 0; d < tree.stateSize; d++) tree.latent[to + d] = from.values()[d * columns + k];
        to = slot * tree.tagSize;
        for (int d = 0; d < tree.tagSize; d++) tree.tags[to + d] = from.tags()[d * columns + k];
    }

    private int priors(int slot, NodeBuffer nodes, EdgeBuffer edges, int k) {
        float[] prior = tree.newPriors(slot, rounding);
        int offset = tree.newPriorsFrom(slot);
        int count = tree.allEdgesOf(slot);
        int found = kernels.priors(count, logits(slot, nodes, edges), k, nodes.columns(), prior, offset);
        for (int i = count; i < tree.width; i++) prior[offset + i] = SearchTree.ILLEGAL;
        tree.keepPriors(slot, rounding);
        actions(slot, edges, k);
        // Where nobody can move, the node is a leaf with the model's value.
        if ((found & 0xFFFF) == 0) tree.kind[slot] = NodeKind.TERMINAL;
        if (tree.kind[slot] == NodeKind.SIMULTANEOUS && tree.joint != null) tree.joint.open(slot, false);
        return (found >>> 16) + brokenLogits(nodes, k);
    }

    /** Returns the logits that a node's edges have: proposed ones at decisions, the model's elsewhere. */
    float[] logits(int slot, NodeBuffer nodes, EdgeBuffer edges) {
        return tree.actionSize == 0 || tree.kind[slot] != NodeKind.DECISION ? nodes.logits() : edges.logits();
    }

    /**
     * Returns how many logits of a decision from which edges were proposed are NaN or plus infinity; the edges do not have
     * them.
     */
    int brokenLogits(NodeBuffer nodes, int k) {
        int broken = 0;
        for (int a = 0; nodes.kind()[k] == NodeKind.DECISION && a < proposedFrom; a++) {
            if (!(nodes.logits()[a * nodes.columns() + k] < Float.POSITIVE_INFINITY)) broken++;
        }
        return broken;
    }

    /** Keeps the actions of a decision node, where they are not the numbers of its edges. */
    void actions(int slot, EdgeBuffer edges, int k) {
        if (tree.actionSize == 0 || tree.kind[slot] != NodeKind.DECISION) return;
        int size = tree.actionSize;
        for (int i = 0; i < tree.actionCount; i++) {
            for (int a = 0; a < size; a++) {
                tree.actions[(slot * tree.width + i) * size + a] = edges.actions()[(i * size + a) * edges.columns() + k];
            }
        }
    }
}
