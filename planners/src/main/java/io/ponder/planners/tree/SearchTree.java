package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.TreeSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows the search trees of B roots, a structure of arrays of fixed size.
 *
 * <p>In a fresh tree with room for every simulation, the node made in simulation i (from 1) has index i and the root has
 * index 0; a simulation that ends at a node already there leaves its index unused. A node has edges for its actions or chance
 * outcomes, each with its child, prior probability, visits and value (reward plus discount times the child's mean value).
 * Wide nodes keep fewer of their edges ({@link EdgeStorage}); which those are shows in no answer here.
 *
 * <p>Rewards, values and edge values are those of the player who moves at the node (the edge's parent), so that selection
 * always looks for the largest.
 *
 * <p>Written by one thread per row during a search, otherwise a view for reading, valid until the next search.
 */
public final class SearchTree extends TreeStorage {
    /** Index of the root of a row. */
    public static final int ROOT = 0;
    /** Child of an edge that has no node. */
    public static final int UNVISITED = -1;
    /** Parent of a root. */
    public static final int NO_PARENT = -1;
    /** Prior of an edge that must never be taken. */
    public static final float ILLEGAL = Float.NEGATIVE_INFINITY;

    /** Takes the memory for {@code rows} dense trees of at most {@code capacity} nodes. */
    SearchTree(int rows, int capacity, TreeShape shape) {
        this(rows, capacity, shape, BackUpRule.DEFAULT, null, EdgeStorage.DENSE, 0);
    }

    /** Takes the memory for {@code rows} trees of at most {@code capacity} nodes, with the columns that a back-up needs. */
    SearchTree(
            int rows, int capacity, TreeShape shape, BackUpRule rule, int @Nullable [] ownActions, EdgeStorage storage,
            int simulations) {
        super(rows, capacity, shape, rule, ownActions, storage, simulations);
    }

    /** Returns the slot of a node that was made. */
    int slot(int row, int node) {
        Checks.inRange("row", row, 0, rows - 1);
        return row * capacity + Checks.inRange("node", node, 0, Math.max(0, used[row] - 1));
    }

    private int place(int row, int node, int edge) {
        return place(slot(row, node), Checks.inRange("edge", edge, 0, width - 1));
    }

    /** Returns the number of trees B. */
    public int rows() {
        return rows;
    }

    /** Returns the largest number of nodes of a tree. */
    public int capacity() {
        return capacity;
    }

    /** Returns the edges W of a node: the larger of the numbers of actions and of chance outcomes. */
    public int width() {
        return width;
    }

    /** Returns the number of players. */
    public int players() {
        return players;
    }

    /** Returns one more than the largest index of a node of the row; some indices below it may be unused. */
    public int nodes(int row) {
        return used[Checks.inRange("row", row, 0, rows - 1)];
    }

    /** Tells whether an index below {@link #nodes} holds a node. */
    public boolean exists(int row, int node) {
        return visits[slot(row, node)] > 0;
    }

    /** Returns the number of edges of a node: its actions, those not open yet included, or its chance outcomes. */
    public int edges(int row, int node) {
        return kind[slot(row, node)] == NodeKind.TERMINAL ? 0 : allEdgesOf(slot(row, node));
    }

    /** Returns the child at an edge, or {@link #UNVISITED}. */
    public int child(int row, int node, int edge) {
        int place = place(row, node, edge);
        return place < 0 ? UNVISITED : child[place];
    }

    /** Returns the prior probability of an edge, or {@link #ILLEGAL}. */
    public float prior(int row, int node, int edge) {
        int place = place(row, node, edge);
        return place < 0 && lists != null ? lists.unlisted(slot(row, node), edge) : priorOf(place);
    }

    /** Returns how often an edge was taken. */
    public int edgeVisits(int row, int node, int edge) {
        int place = place(row, node, edge);
        return place < 0 ? 0 : edgeVisits[place];
    }

    /** Returns the value of an edge for the player who moves at its node: reward plus discounted mean value; 0 without visits. */
    public float edgeValue(int row, int node, int edge) {
        int place = place(row, node, edge);
        return place < 0 ? 0 : edgeValue[place];
    }

    /** Returns entry {@code dimension} of the action of an edge: its index, unless actions are sampled. */
    public float action(int row, int node, int edge, int dimension) {
        int place = place(row, node, edge);
        return actionSize == 0 ? edge : actions[place * actionSize + Checks.inRange("dimension", dimension, 0, actionSize - 1)];
    }

    /** Returns how often a node was visited, the evaluation that made it included. */
    public int visits(int row, int node) {
        return visits[slot(row, node)];
    }

    /** Returns the mean value of a node for the player who moves there. */
    public float value(int row, int node) {
        return value[slot(row, node)];
    }

    /** Returns the mean value of a node for one player; with one player, that of whoever moves. */
    public float value(int row, int node, int player) {
        int slot = slot(row, node);
        Checks.inRange("player", player, 0, players - 1);
        return players == 1 ? value[slot] : values[slot * players + player];
    }

    /** Tells whether the value of a node is certain; false where nothing is proven. */
    public boolean proven(int row, int node) {
        return proofs != null && proofs.proven(slot(row, node));
    }

    /** Returns a sure lower bound of the value of a node for one player; minus infinity where nothing is proven. */
    public float lowerBound(int row, int node, int player) {
        int slot = slot(row, node);
        Checks.inRange("player", player, 0, players - 1);
        return proofs == null ? Float.NEGATIVE_INFINITY : proofs.low(slot, player);
    }

    /** Returns a sure upper bound of the value of a node for one player; infinity where nothing is proven. */
    public float upperBound(int row, int node, int player) {
        int slot = slot(row, node);
        Checks.inRange("player", player, 0, players - 1);
        return proofs == null ? Float.POSITIVE_INFINITY : proofs.high(slot, player);
    }

    /**
     * Returns the share of an own action in a player's average strategy at a node where all decide at once (1 or 0 where the
     * rule decides by scores). The decision is drawn from their product, given that the joint action is legal.
     *
     * @throws IllegalArgumentException if it is no such node
     */
    public float ownProbability(int row, int node, int player, int action) {
        int slot = slot(row, node);
        if (joint == null || kind[slot] != NodeKind.SIMULTANEOUS) {
            throw new IllegalArgumentException(
                    "node " + node + " is a " + NodeKind.name(kind[slot]) + " node without own actions.");
        }
        Checks.inRange("player", player, 0, players - 1);
        return joint.share(slot, player, Checks.inRange("action", action, 0, joint.count(player) - 1));
    }

    /** Returns the value with which a node was made. */
    public float rawValue(int row, int node) {
        return rawValue[slot(row, node)];
    }

    /** Returns the parent of a node, or {@link #NO_PARENT}. */
    public int parent(int row, int node) {
        return parent[slot(row, node)];
    }

    /** Returns the edge of the parent that leads to a node; -1 for the root. */
    public int parentEdge(int row, int node) {
        return parentEdge[slot(row, node)];
    }

    /** Returns the reward of the transition that leads to a node, for the player who moves at the parent; 0 for the root. */
    public float reward(int row, int node) {
        return reward[slot(row, node)];
    }

    /** Returns the discount of the transition that leads to a node; 1 for the root. */
    public float discount(int row, int node) {
        return discount[slot(row, node)];
    }

    /** Returns the kind of a node, of {@link NodeKind}. */
    public byte kind(int row, int node) {
        return kind[slot(row, node)];
    }

    /**
     * Returns the player who moves at a node. Values of one row do not tell players apart: unless the model is the rules of a
     * game, it is player 0 then.
     */
    public int playerToMove(int row, int node) {
        int slot = slot(row, node);
        return players == 1 && sideTag >= 0 ? tags[slot * tagSize + sideTag] : mover[slot];
    }

    /** Returns the float entry {@code d} of the state of a node. */
    public float latent(int row, int node, int d) {
        return latent[slot(row, node) * stateSize + Checks.inRange("d", d, 0, stateSize - 1)];
    }

    /** Returns the integer entry {@code d} of the state of a node. */
    public int tag(int row, int node, int d) {
        return tags[slot(row, node) * tagSize + Checks.inRange("d", d, 0, tagSize - 1)];
    }

    /** Returns a copy of the tree of a row that stays as it is. Allocates. */
    public TreeSnapshot snapshot(int row) {
        return snapshot(row, 1);
    }

    /** Returns a copy of the root of a row and the nodes with at least so many visits; other nodes are missing. Allocates. */
    public TreeSnapshot snapshot(int row, int leastVisits) {
        List<TreeSnapshot.Node> nodes = new ArrayList<>();
        for (int node = 0; node < nodes(row); node++) {
            if (!exists(row, node) || node != ROOT && visits(row, node) < leastVisits) continue;
            List<TreeSnapshot.Edge> out = new ArrayList<>();
            for (int edge = 0; edge < edges(row, node); edge++) {
                if (prior(row, node, edge) == ILLEGAL) continue;
                List<Float> action = new ArrayList<>();
                boolean listed = actionSize == 0 || kind(row, node) == NodeKind.CHANCE;
                for (int d = 0; d < (listed ? 1 : actionSize); d++) {
                    action.add(listed ? (float) edge : action(row, node, edge, d));
                }
                int child = child(row, node, edge);
                out.add(new TreeSnapshot.Edge(
                        edge, action, prior(row, node, edge), edgeVisits(row, node, edge), edgeValue(row, node, edge),
                        child >= 0 && visits(row, child) < leastVisits ? UNVISITED : child));
            }
            nodes.add(new TreeSnapshot.Node(
                    node, parent(row, node), parentEdge(row, node), kind(row, node), playerToMove(row, node), visits(row, node),
                    value(row, node), rawValue(row, node), reward(row, node), discount(row, node), out));
        }
        return new TreeSnapshot(nodes);
    }

    /** Returns the number of edges between the root and a node. */
    public int depth(int row, int node) {
        int depth = 0;
        for (int i = node; i != ROOT; i = parent(row, i)) depth++;
        return depth;
    }

    /** Returns the bytes that the trees of all rows take. */
    public long bytes() {
        return allBytes();
    }
}
