package io.ponder.planners.tree;

import io.ponder.engine.model.NodeKind;

/**
 * Keeps, for every node, bounds of the exact return that follows it, one pair for each row of values. See {@link ProofBounds}.
 *
 * <p>Written by one thread a row.
 */
final class Proofs {
    private final TreeStorage tree;
    private final int players;
    private final float least;
    private final float largest;
    private final float neutral;
    private final float[] low;
    private final float[] high;
    /** Rows of which an edge was closed because what is behind it is not a number: nothing is proven there any more. */
    private final boolean[] broken;
    /** Priors of the edges that are closed. */
    private final float[] closed;

    Proofs(TreeStorage tree, ProofBounds bounds, int nodes) {
        this.tree = tree;
        players = tree.players;
        least = bounds.least();
        largest = bounds.largest();
        neutral = bounds.neutral();
        low = new float[nodes * players];
        high = new float[nodes * players];
        broken = new boolean[tree.rows];
        closed = new float[nodes * tree.width];
    }

    static int bytesPerNode(int players, int width) {
        return 8 * players + 4 * width;
    }

    void clear(int row) {
        broken[row] = false;
    }

    void giveUp(int row) {
        broken[row] = true;
    }

    /** Starts the bounds of a new node; {@code over} where the episode has ended there. */
    void open(int slot, boolean over) {
        for (int i = slot * players; i < (slot + 1) * players; i++) {
            low[i] = over ? 0 : least;
            high[i] = over ? 0 : largest;
        }
    }

    float low(int slot, int player) {
        return low[slot * players + player];
    }

    float high(int slot, int player) {
        return high[slot * players + player];
    }

    /** Returns the estimate, or the bound that it is beyond. */
    float bounded(int slot, int player, float estimate) {
        int i = slot * players + player;
        return estimate < low[i] ? low[i] : estimate > high[i] ? high[i] : estimate;
    }

    /** Tells whether the value of a node is certain for all players. */
    boolean proven(int slot) {
        for (int i = slot * players; i < (slot + 1) * players; i++) if (low[i] != high[i]) return false;
        return true;
    }

    /** Tells whether the value of a node is certain for whoever moves there, which settles what to do. */
    boolean settled(int row, int slot) {
        int player = tree.objective(row * tree.capacity, slot);
        return low[slot * players + player] == high[slot * players + player];
    }

    /** Tells whether the value of an edge is certain for whoever moves at its node. */
    boolean provenEdge(int row, int slot, int edge) {
        return tree.child[slot * tree.width + edge] >= 0 && edgeLow(row, slot, edge) == edgeHigh(row, slot, edge);
    }

    /** Returns the largest value that an edge of a node is certain to have, for whoever moves there. */
    float surest(int row, int slot) {
        float lowest = Float.NEGATIVE_INFINITY;
        int count = tree.allEdgesOf(slot);
        for (int e = 0; e < count; e++) if (possible(slot, e)) lowest = Math.max(lowest, edgeLow(row, slot, e));
        return lowest;
    }

    /** Returns the largest value that an edge of a node can have, for whoever moves there. */
    float most(int row, int slot) {
        float highest = Float.NEGATIVE_INFINITY;
        int count = tree.allEdgesOf(slot);
        for (int e = 0; e < count; e++) if (possible(slot, e)) highest = Math.max(highest, edgeHigh(row, slot, e));
        return highest;
    }

    /**
     * Returns the certain value of an edge for whoever moves at its node, or what an unproven edge is taken for in a
     * decision.
     */
    float decisive(int row, int slot, int edge) {
        // Adding 0 makes one zero of two.
        return provenEdge(row, slot, edge) ? edgeLow(row, slot, edge) + 0f : neutral;
    }

    /** Tells whether an edge is certain to be as good as any other of its node. */
    boolean unbeatable(int row, int slot, int edge) {
        float sure = edgeLow(row, slot, edge);
        int count = tree.allEdgesOf(slot);
        for (int e = 0; e < count; e++) if (e != edge && possible(slot, e) && edgeHigh(row, slot, e) > sure) return false;
        return true;
    }

    /**
     * Takes the proven edges of a node out of selection until {@link #show}.
     *
     * @param hidden the caller's memory, {@code [W]}. Modified.
     */
    void hide(int row, int slot, float[] hidden) {
        int from = slot * tree.width;
        System.arraycopy(tree.prior, from, hidden, 0, tree.width);
        int count = tree.edgesOf(slot);
        for (int e = 0; e < count; e++) if (provenEdge(row, slot, e)) tree.prior[from + e] = SearchTree.ILLEGAL;
    }

    /** Undoes {@link #hide}. */
    void show(int slot, float[] hidden) {
        System.arraycopy(hidden, 0, tree.prior, slot * tree.width, tree.width);
    }

    /** Carries the bounds of a node up, as far as they change something, and closes edges that need not be taken again. */
    void climb(int row, int from, Roots roots) {
        if (broken[row]) return;
        int base = row * tree.capacity;
        for (int parent = tree.parent[from]; parent >= 0; parent = tree.parent[base + parent]) {
            if (!tighten(row, base + parent, roots)) return;
        }
    }

    /** Bounds a node again by its children, which may have learnt through other parents. */
    void refresh(int row, int slot, Roots roots) {
        if (!broken[row]) tighten(row, slot, roots);
    }

    private boolean tighten(int row, int slot, Roots roots) {
        return switch (tree.kind[slot]) {
            case NodeKind.DECISION -> decide(row, slot, roots);
            case NodeKind.CHANCE -> average(row, slot);
            default -> false;
        };
    }

    /** Closes the edges of a kept root again, whose priors are new. */
    void renew(int row, int slot, Roots roots) {
        if (!broken[row] && tree.kind[slot] == NodeKind.DECISION) decide(row, slot, roots);
    }

    void move(int from, int to) {
        System.arraycopy(low, from * players, low, to * players, players);
        System.arraycopy(high, from * players, high, to * players, players);
        System.arraycopy(closed, from * tree.width, closed, to * tree.width, tree.width);
    }

    /** Returns the prior that an edge had before it was closed; only closed edges have a node and no prior. */
    float prior(int place) {
        return tree.child[place] >= 0 && tree.prior[place] == SearchTree.ILLEGAL ? closed[place] : tree.prior[place];
    }

    /** Tells whether an edge is legal; closed ones have a node. */
    boolean possible(int slot, int edge) {
        int place = slot * tree.width + edge;
        return tree.child[place] >= 0 || tree.prior[place] != SearchTree.ILLEGAL;
    }

    private boolean decide(int row, int slot, Roots roots) {
        float lowest = surest(row, slot);
        float highest = most(row, slot);
        int player = tree.objective(row * tree.capacity, slot);
        boolean turned = tree.turned(row * tree.capacity, slot);
        boolean changed = set(slot, player, turned ? -highest : lowest, turned ? -lowest : highest);
        for (int p = 0; p < players; p++) if (p != player) changed |= follow(row, slot, p, lowest);
        if (lowest < highest) close(row, slot, lowest, turned ? -largest : least, roots);
        return changed;
    }

    /** Bounds what another player gets: whoever moves may take any edge that can be worth what he is sure of. */
    private boolean follow(int row, int slot, int player, float sure) {
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        int count = tree.allEdgesOf(slot);
        for (int e = 0; e < count; e++) {
            if (!possible(slot, e) || edgeHigh(row, slot, e) < sure) continue;
            lowest = Math.min(lowest, bound(row, slot, e, player, false));
            highest = Math.max(highest, bound(row, slot, e, player, true));
        }
        return set(slot, player, lowest, highest);
    }

    /** Chance: the mean of the bounds. */
    private boolean average(int row, int slot) {
        boolean changed = false;
        int count = tree.allEdgesOf(slot);
        for (int p = 0; p < players; p++) {
            double lowSum = 0;
            double highSum = 0;
            double weights = 0;
            for (int e = 0; e < count; e++) {
                float probability = tree.prior[slot * tree.width + e];
                if (!(probability > 0)) continue;
                lowSum += (double) probability * bound(row, slot, e, p, false);
                highSum += (double) probability * bound(row, slot, e, p, true);
                weights += probability;
            }
            changed |= set(slot, p, (float) (lowSum / weights), (float) (highSum / weights));
        }
        return changed;
    }

    /** Narrows the bounds of a node and tells whether that changed them. */
    boolean set(int slot, int player, float newLow, float newHigh) {
        int i = slot * players + player;
        boolean changed = newLow > low[i] || newHigh < high[i];
        low[i] = Math.max(low[i], newLow);
        high[i] = Math.min(high[i], newHigh);
        return changed;
    }

    private void close(int row, int slot, float sure, float worst, Roots roots) {
        int count = tree.allEdgesOf(slot);
        for (int e = 0; e < count; e++) {
            int place = slot * tree.width + e;
            if (tree.child[place] < 0 || tree.prior[place] == SearchTree.ILLEGAL) continue;
            float atMost = edgeHigh(row, slot, e);
            // At the root, visits decide between what is sure and what is not.
            boolean root = slot == row * tree.capacity;
            if (atMost > worst && (root ? atMost >= sure : atMost > sure)) continue;
            closed[place] = tree.prior[place];
            tree.prior[place] = SearchTree.ILLEGAL;
            if (root) roots.close(row, e);
        }
    }

    /** Returns the least that an edge is worth to whoever moves at its node. */
    float edgeLow(int row, int slot, int edge) {
        int player = tree.objective(row * tree.capacity, slot);
        boolean turned = tree.turned(row * tree.capacity, slot);
        return turned ? -bound(row, slot, edge, player, true) : bound(row, slot, edge, player, false);
    }

    /** Returns the most that an edge is worth to whoever moves at its node. */
    float edgeHigh(int row, int slot, int edge) {
        int player = tree.objective(row * tree.capacity, slot);
        boolean turned = tree.turned(row * tree.capacity, slot);
        return turned ? -bound(row, slot, edge, player, false) : bound(row, slot, edge, player, true);
    }

    /** Returns a bound of the return through an edge for a player; with one row of values, for whoever moves at its node. */
    private float bound(int row, int slot, int edge, int player, boolean upper) {
        int child = tree.child[slot * tree.width + edge];
        if (child < 0) return upper ? largest : least;
        int made = row * tree.capacity + child;
        float discount = tree.discountOf(slot * tree.width + edge, made - child);
        float reward = tree.rewardOf(slot * tree.width + edge, made - child, player);
        return reward + discount * (upper == discount >= 0 ? high : low)[made * players + player];
    }
}
