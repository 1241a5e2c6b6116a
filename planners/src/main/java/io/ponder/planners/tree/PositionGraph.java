package io.ponder.planners.tree;

import io.ponder.engine.game.Game;
import io.ponder.engine.model.NodeKind;
import java.util.Arrays;
import org.eclipse.collections.impl.map.mutable.primitive.LongIntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets positions that are reached in several ways share a node, so that trees become graphs.
 *
 * <p>Values are kept at the node and visits at the edge: the value of a node is the mean of its own evaluation and, weighted
 * with their visits, the values of its edges, each taken from its child as it is now. A simulation computes this anew for the
 * nodes it went through, from below; a node that learnt through another parent is seen by this one at its next visit (as in
 * D. Wu's notes on "Monte-Carlo graph search", 2023). Without shared nodes this is the mean of the returns, as everywhere.
 *
 * <p>Positions are told apart by {@link Game#identitySize} entries and the player who sees them, never by a hash alone. A
 * simulation ends where it finds a node that is known, or one that it has been at already. One thread's.
 */
final class PositionGraph {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int FIRST_PATH = 64;

    private final SearchTree tree;
    private final Roots roots;
    private final int identity;
    private final int side;
    private final int players;
    private final @Nullable Proofs proofs;
    private final SimultaneousRule.@Nullable Players together;
    private final float[] back;

    /** Nodes by the hash of their position, a map for each row of the block. */
    private final LongIntHashMap[] known;
    /** The simulation that was last at a node. */
    private final int[] passed;
    private int simulation;
    private long hash;

    /** Nodes and edges of the running simulations, a path for each row of the block. */
    private final int[][] slots;
    private final int[][] edges;
    private final int[] length;

    PositionGraph(SearchTree tree, Roots roots, Game game, int block, SimultaneousRule.@Nullable Players together) {
        this.tree = tree;
        this.roots = roots;
        this.together = together;
        identity = game.identitySize();
        side = game.positionSize();
        players = tree.players;
        proofs = tree.proofs;
        back = new float[players];
        passed = new int[tree.visits.length];
        known = new LongIntHashMap[block];
        slots = new int[block][FIRST_PATH];
        edges = new int[block][FIRST_PATH];
        length = new int[block];
        for (int i = 0; i < block; i++) known[i] = new LongIntHashMap();
    }

    /** Forgets the positions of a row and notes its root, and the other nodes of a tree that was kept. */
    void plant(int at, int root) {
        known[at].clear();
        hash = hash(tree.tags, root * tree.tagSize, tree.tags[root * tree.tagSize + side]);
        known[at].put(hash, SearchTree.ROOT);
        passed[root] = 0;
        int row = root / tree.capacity;
        for (int node = 1; node < tree.used[row]; node++) {
            int slot = root + node;
            passed[slot] = 0;
            if (tree.visits[slot] == 0) continue;
            hash = hash(tree.tags, slot * tree.tagSize, tree.tags[slot * tree.tagSize + side]);
            known[at].getIfAbsentPut(hash, node);
        }
    }

    /** Begins a simulation at a root; {@code number} is another one for every simulation of a search. */
    void begin(int at, int root, int number) {
        simulation = number;
        length[at] = 0;
        passed[root] = number;
    }

    /** Notes that a simulation leaves a node through an edge. */
    void leave(int at, int slot, int edge) {
        int n = length[at]++;
        if (n == slots[at].length) {
            slots[at] = Arrays.copyOf(slots[at], 2 * n);
            edges[at] = Arrays.copyOf(edges[at], 2 * n);
        }
        slots[at][n] = slot;
        edges[at][n] = edge;
    }

    /** Notes that a simulation comes to a node, and tells whether it is there for the first time. */
    boolean enter(int slot) {
        if (passed[slot] == simulation) return false;
        passed[slot] = simulation;
        return true;
    }

    /** Returns the node that holds a position, or {@link SearchTree#UNVISITED}. */
    int find(int at, int base, int[] position, int seenBy) {
        hash = hash(position, 0, seenBy);
        int node = known[at].getIfAbsent(hash, SearchTree.UNVISITED);
        if (node < 0) return SearchTree.UNVISITED;
        int tags = (base + node) * tree.tagSize;
        if (tree.tags[tags + side] != seenBy) return SearchTree.UNVISITED;
        for (int i = 0; i < identity; i++) if (tree.tags[tags + i] != position[i]) return SearchTree.UNVISITED;
        return node;
    }

    /** Notes which node holds the position that was last looked for. */
    void add(int at, int slot, int node) {
        known[at].getIfAbsentPut(hash, node);
        passed[slot] = 0;
    }

    private long hash(int[] entries, int from, int seenBy) {
        long sum = (seenBy + 1) * MULTIPLIER;
        for (int i = from; i < from + identity; i++) {
            sum = (sum ^ entries[i]) * MULTIPLIER;
            sum ^= sum >>> 29;
        }
        // The map keeps its smallest keys apart, and would allocate for them.
        return sum | 2;
    }

    /**
     * Carries what is known of a node up the path of a simulation.
     *
     * @param slot where the simulation ended
     */
    void climb(int at, int row, int slot) {
        int base = row * tree.capacity;
        for (int p = 0; p < players; p++) back[p] = players == 1 ? tree.value[slot] : tree.values[slot * players + p];
        for (int i = length[at] - 1; i >= 0; i--) {
            int above = slots[at][i];
            int edge = edges[at][i];
            int place = above * tree.width + edge;
            tree.edgeVisits[place]++;
            if (tree.child[place] >= 0) {
                float discount = tree.discountOf(place, base);
                for (int p = 0; p < players; p++) back[p] = tree.rewardOf(place, base, p) + discount * back[p];
            }
            if (proofs != null) proofs.refresh(row, above, roots);
            if (together != null) learn(row, above, edge);
            tree.visits[above]++;
            refresh(row, base, above);
            if (i == 0 && roots.returns != null) roots.returns.add(row, edge, tree.objective(back, 0, base, base));
        }
    }

    /** Counts a transition for which there was no room; its returns are where those of a node would be. */
    void throughEdge(int at, int row, int slot, int edge, float[] returns) {
        int base = row * tree.capacity;
        int place = slot * tree.width + edge;
        float returned = players == 1 ? returns[0] : tree.objective(returns, 0, base, slot);
        tree.edgeValue[place] += (returned - tree.edgeValue[place]) / (tree.edgeVisits[place] + 1);
        leave(at, slot, edge);
        climb(at, row, slot);
    }

    private void learn(int row, int slot, int edge) {
        if (together != null && tree.kind[slot] == NodeKind.SIMULTANEOUS) together.learn(row, slot, edge, back);
    }

    /** Computes the values of a node and its edges from its children. */
    private void refresh(int row, int base, int slot) {
        int from = slot * tree.width;
        int count = tree.edgesOf(slot);
        int visits = 1;
        double sum = tree.rawValue[slot];
        for (int e = from; e < from + count; e++) {
            int n = tree.edgeVisits[e];
            if (n == 0) continue;
            float value = tree.child[e] < 0 ? tree.edgeValue[e] : edgeValue(base, slot, e);
            tree.edgeValue[e] = value;
            if (value < tree.leastValue[row]) tree.leastValue[row] = value;
            if (value > tree.largestValue[row]) tree.largestValue[row] = value;
            visits += n;
            sum += n * (double) value;
        }
        tree.value[slot] = (float) (sum / visits);
        for (int p = 0; players > 1 && p < players; p++) refresh(base, slot, p, visits);
        if (players > 1) tree.value[slot] = tree.objective(tree.values, slot * players, base, slot);
    }

    private void refresh(int base, int slot, int player, int visits) {
        int from = slot * tree.width;
        int count = tree.edgesOf(slot);
        int at = slot * players + player;
        double sum = tree.rawValues[at];
        for (int e = from; e < from + count; e++) {
            int n = tree.edgeVisits[e];
            if (n > 0) sum += n * (double) (tree.child[e] < 0 ? tree.values[at] : valueFor(base, e, player));
        }
        tree.values[at] = (float) (sum / visits);
    }

    private float edgeValue(int base, int slot, int place) {
        int player = tree.objective(base, slot);
        float value = valueFor(base, place, player);
        return tree.turned(base, slot) ? -value : value;
    }

    /** Returns what an edge brings a player. */
    private float valueFor(int base, int place, int player) {
        int child = base + tree.child[place];
        float value = players == 1 ? tree.value[child] : tree.values[child * players + player];
        if (proofs != null) value = proofs.bounded(child, player, value);
        return tree.rewardOf(place, base, player) + tree.discountOf(place, base) * value;
    }
}
