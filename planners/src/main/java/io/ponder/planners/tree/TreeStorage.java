package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.model.NodeKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds the arrays of the trees of B roots, as {@link SearchTree} tells, and knows where in them a node and its edges are.
 *
 * <p>Node i of a row is its {@code slot} {@code row * capacity + i}; the edges of a node are {@link #edgesOf} consecutive
 * entries from its {@link #from} on: dense, W from {@code slot * W} on, one for each action or chance outcome. An edge holds
 * its child, prior probability, visits and value: 16 bytes. A node holds another 30: visits, mean value, the value it was
 * created with, parent, reward, discount and kind. Latent states, actions that are not indices, and the values of several
 * players are extra columns, taken only where they are needed.
 *
 * <p>Written by one thread a row.
 */
abstract class TreeStorage {
    /** Bytes of an edge. */
    static final int EDGE_BYTES = 16;
    /** Bytes of a node beside its edges. */
    static final int NODE_BYTES = 30;

    final int rows;
    final int capacity;
    final int width;
    final int actionCount;
    final int chanceCount;
    final int players;
    final int stateSize;
    final int tagSize;
    final int actionSize;

    final int[] child;
    final float[] prior;
    final int[] edgeVisits;
    final float[] edgeValue;

    final int[] visits;
    final float[] value;
    final float[] rawValue;
    final int[] parent;
    final int[] parentEdge;
    final float[] reward;
    final float[] discount;
    final byte[] kind;
    final byte[] mover;

    /** Float and integer rows of the states, node by node. */
    final float[] latent;
    final int[] tags;
    /** The action of an edge, where it is not the edge's index: {@code actionSize} entries an edge. */
    final float[] actions;
    /** Mean values and rewards of several players, {@code players} entries a node. */
    final float[] values;
    final float[] rewards;
    /** Bounds of exact values, or null. */
    final @Nullable Proofs proofs;
    /** Statistics of own actions where players decide at once, or null. */
    final @Nullable JointStatistics joint;
    final boolean paranoid;

    /** Rewards and discounts of edges, and first values of several players, where nodes have several parents. */
    final float[] edgeRewards;
    final float[] edgeDiscount;
    final float[] rawValues;

    /** Indices used by each row, unused ones included. */
    final int[] used;
    /** Least and largest edge value seen anywhere in the tree of a row. */
    final float[] leastValue;
    final float[] largestValue;

    /** Where edges are, or null where every node has all of its edges, from {@code slot * width}. */
    final @Nullable EdgeLists lists;

    /** Open edges by the visits of a decision node; empty where all are open at once. */
    int[] opened = {};
    /** Rows whose tree is searched on from where the last call left it. */
    final boolean[] kept;
    /** Which tag of a state is the player from whose side a game's position is seen; -1 where the model is no game's rules. */
    int sideTag = -1;
    /** Nodes a row may have in this search, at most the capacity. */
    int limit;

    /**
     * Takes the memory for {@code rows} trees of at most {@code capacity} nodes, with the columns that a back-up needs.
     *
     * @param ownActions  own actions of every player where all decide at once, or null
     * @param storage     how edges are kept, not {@link EdgeStorage#AUTOMATIC}
     * @param simulations simulations of a search at most; read where edges are listed
     */
    TreeStorage(
            int rows, int capacity, TreeShape shape, BackUpRule rule, int @Nullable [] ownActions, EdgeStorage storage,
            int simulations) {
        this.rows = Checks.positive("rows", rows);
        this.capacity = Checks.positive("capacity", capacity);
        width = shape.width();
        actionCount = shape.actionCount();
        chanceCount = shape.chanceCount();
        players = shape.players();
        stateSize = shape.stateSize();
        tagSize = shape.tagSize();
        actionSize = shape.actionSize();
        int nodes = times("rows x nodes", rows, capacity);
        boolean dense = storage == EdgeStorage.DENSE;
        lists = dense ? null : new EdgeLists(this, rows, nodes, width, simulations, storage == EdgeStorage.LISTED_ROUNDED);
        int edges = lists == null ? times("rows x nodes x edges", nodes, width) : lists.edge.length;
        child = new int[edges];
        prior = new float[edges];
        edgeVisits = new int[edges];
        edgeValue = new float[edges];
        visits = new int[nodes];
        value = new float[nodes];
        rawValue = new float[nodes];
        parent = new int[nodes];
        parentEdge = new int[nodes];
        reward = new float[nodes];
        discount = new float[nodes];
        kind = new byte[nodes];
        mover = new byte[nodes];
        latent = new float[times("rows x nodes x stateSize", nodes, stateSize)];
        tags = new int[times("rows x nodes x tagSize", nodes, tagSize)];
        actions = new float[times("rows x nodes x edges x actionSize", edges, actionSize)];
        values = new float[players > 1 ? times("rows x nodes x players", nodes, players) : 0];
        rewards = new float[values.length];
        edgeDiscount = new float[rule.transpositions() ? edges : 0];
        edgeRewards = new float[rule.transpositions() ? times("rows x nodes x edges x players", edges, players) : 0];
        rawValues = new float[rule.transpositions() ? values.length : 0];
        used = new int[rows];
        kept = new boolean[rows];
        leastValue = new float[rows];
        largestValue = new float[rows];
        limit = capacity;
        ProofBounds bounds = rule.proofs();
        proofs = bounds == null ? null : new Proofs(this, bounds, nodes);
        joint = ownActions == null ? null : new JointStatistics(this, ownActions, nodes, rule.simultaneous().decidesByScore());
        paranoid = rule.opponents() == Opponents.PARANOID && players > 1;
    }

    /** Returns a product that is the length of an array. */
    static int times(String name, int a, int b) {
        long product = (long) a * b;
        if (product > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(name + " is " + product + ", but an array holds at most " + (Integer.MAX_VALUE - 8)
                    + " entries.\nMaybe plan for fewer rows at once, or with fewer simulations.");
        }
        return (int) product;
    }

    /** Returns the bytes of a node with its edges, states and all other columns. */
    long bytesPerNode() {
        return (allBytes() - rows * bytesPerRow()) / ((long) rows * capacity);
    }

    /** Returns the bytes that a tree takes whatever its number of nodes. */
    long bytesPerRow() {
        return lists == null ? 0 : lists.bytesPerRow();
    }

    /** Empties the tree of a row. */
    void clear(int row) {
        used[row] = 0;
        if (lists != null) lists.clear(row);
        if (proofs != null) proofs.clear(row);
        leastValue[row] = Float.POSITIVE_INFINITY;
        largestValue[row] = Float.NEGATIVE_INFINITY;
    }

    /** Makes a node in a slot with one visit, its evaluation, and untried edges; its priors are written by the caller. */
    void open(int slot, int parentNode, int edge, byte nodeKind, int player) {
        visits[slot] = 1;
        parent[slot] = parentNode;
        parentEdge[slot] = edge;
        kind[slot] = nodeKind;
        mover[slot] = (byte) player;
        if (lists != null && parentNode >= 0) {
            lists.open(slot);
            return;
        }
        int from = lists == null ? slot * width : lists.openRoot(slot / capacity, slot);
        Arrays.fill(child, from, from + width, SearchTree.UNVISITED);
        Arrays.fill(edgeVisits, from, from + width, 0);
        Arrays.fill(edgeValue, from, from + width, 0);
    }

    /** Returns the place of the first edge of a node in a slot. */
    int from(int slot) {
        return lists == null ? slot * width : lists.from[slot];
    }

    /** Returns the place of an edge; {@link SearchTree#UNVISITED} where it is not listed. */
    int place(int slot, int edge) {
        return lists == null ? slot * width + edge : lists.find(slot, edge);
    }

    /** Returns the number of the edge that is {@code at} places after the first; {@link Selector#NONE} for itself. */
    int edge(int slot, int at) {
        return lists == null || at < 0 ? at : lists.edge[lists.from[slot] + at];
    }

    /** Returns the sum of the priors of edges that are not among those from {@link #from} on. */
    float others(int slot) {
        return lists == null ? 0 : lists.others[slot];
    }

    /** Returns the probability of a chance outcome. */
    float outcome(int slot, int edge) {
        return lists == null || parent[slot] < 0 ? prior[from(slot) + edge] : lists.unlisted(slot, edge);
    }

    /** Makes an edge illegal. */
    void forbid(int slot, int edge) {
        prior[place(slot, edge)] = SearchTree.ILLEGAL;
        if (lists != null) lists.remove(slot, edge);
    }

    /** Returns memory for {@link #newPriors}, one for each thread. */
    float[] roundingScratch() {
        return new float[lists != null && lists.rounded.length > 0 ? width : 0];
    }

    /**
     * Returns where the priors of a new node below the root are written to, from {@link #newPriorsFrom} on, before {@link
     * #keepPriors}.
     */
    float[] newPriors(int slot, float[] rounding) {
        return lists == null ? prior : rounding.length > 0 ? rounding : lists.priors;
    }

    int newPriorsFrom(int slot) {
        return lists != null && lists.rounded.length > 0 ? 0 : slot * width;
    }

    void keepPriors(int slot, float[] rounding) {
        if (lists != null && rounding.length > 0) lists.round(slot, rounding);
    }

    /** Returns the number of edges that a node in a slot has in the end. */
    int allEdgesOf(int slot) {
        return kind[slot] == NodeKind.CHANCE ? chanceCount : actionCount;
    }

    /** Returns how many edges of a node selection looks at, from {@link #from} on: those that are open now, and listed. */
    int edgesOf(int slot) {
        return lists == null ? openEdgesOf(slot) : lists.count[slot];
    }

    /** Returns how many edges of a node there are from {@link #from} on. */
    int listedEdgesOf(int slot) {
        return lists == null ? allEdgesOf(slot) : lists.count[slot];
    }

    /** Returns the number of edges of a node in a slot that are open now, listed or not. */
    int openEdgesOf(int slot) {
        if (kind[slot] == NodeKind.CHANCE) return chanceCount;
        int[] table = opened;
        return table.length == 0 ? actionCount : table[Math.min(visits[slot], table.length - 1)];
    }

    /** Returns the prior of an edge, that of before where a proof closed it. */
    float priorOf(int place) {
        return proofs == null ? prior[place] : proofs.prior(place);
    }

    /** Returns the reward of an edge with a node, for a player; with one row of values, for whoever moves at its node. */
    float rewardOf(int place, int base, int player) {
        if (edgeRewards.length > 0) return edgeRewards[place * players + player];
        int made = base + child[place];
        return players == 1 ? reward[made] : rewards[made * players + player];
    }

    /** Returns the discount of an edge with a node. */
    float discountOf(int place, int base) {
        return edgeDiscount.length > 0 ? edgeDiscount[place] : discount[base + child[place]];
    }

    /** Returns the statistics of own actions, which a tree of simultaneous decisions has. */
    JointStatistics jointStatistics() {
        if (joint == null) throw new IllegalStateException("The model does not tell the players' own actions apart.");
        return joint;
    }

    /** Returns the row of values that counts for whoever moves at a node. */
    int objective(int root, int slot) {
        return players == 1 ? 0 : mover[paranoid ? root : slot];
    }

    /** Tells whether whoever moves at a node wants the least of that row of values. */
    boolean turned(int root, int slot) {
        return paranoid && mover[slot] != mover[root];
    }

    /**
     * Returns what counts for whoever moves at a node.
     *
     * @param ofPlayers an entry a player
     * @param from      place of the first
     * @param root      slot of the root
     */
    float objective(float[] ofPlayers, int from, int root, int slot) {
        float wanted = ofPlayers[from + objective(root, slot)];
        return turned(root, slot) ? -wanted : wanted;
    }

    /** Returns the bytes that the trees of all rows take. */
    long allBytes() {
        return (long) NODE_BYTES * visits.length + (long) EDGE_BYTES * child.length + (lists == null ? 0 : lists.bytes())
                + 4L * (edgeRewards.length + edgeDiscount.length + rawValues.length)
                + 4L * (latent.length + tags.length + actions.length + values.length + rewards.length)
                + (proofs == null ? 0 : (long) Proofs.bytesPerNode(players, width) * visits.length)
                + (joint == null ? 0 : joint.bytes());
    }
}
