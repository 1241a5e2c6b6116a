package io.ponder.planners.tree;

import java.util.Arrays;

/**
 * Says where the edges of the nodes are in a tree that keeps only some of them: the root of a row has all its edges, every
 * other node a list of those that were tried and of the one that comes next, in the order of their numbers. The priors of the
 * edges that are in no list yet are kept apart, in full or {@linkplain EdgeStorage#LISTED_ROUNDED rounded}.
 *
 * <p>A list that is full moves to the end of the row's memory with twice the room. A node at which k simulations met an edge
 * that was untried needs at most 2 k places then and has left fewer than 2 k behind, so 4 places a simulation are enough for
 * a row.
 *
 * <p>Written by one thread a row.
 */
final class EdgeLists {
    /** Bytes of a listed edge, its number included. */
    static final int EDGE_BYTES = TreeStorage.EDGE_BYTES + 2;
    /** Bytes that the list of a node takes at the node. */
    static final int NODE_BYTES = 13;
    private static final int FIRST_ROOM = 2;
    private static final int PLACES_PER_SIMULATION = 4;
    /** What {@link #rounded} holds for an edge that is illegal or in a list. */
    private static final short ABSENT = 0;
    /** The bits of 2^-31, the smallest prior that can be kept rounded, and how many bits are cut off. */
    private static final int SMALLEST = Float.floatToRawIntBits(0x1p-31f);
    private static final int CUT = 13;

    private final TreeStorage tree;
    private final int width;
    /** Places of a row. */
    final int room;
    /** Place of a node's first edge, and the number of its edges that are listed. */
    final int[] from;
    final int[] count;
    /** Sum of the priors of the edges that are not listed. */
    final float[] others;
    /** Whether the edge that comes next has to be looked for. */
    final boolean[] stale;
    /** The number of the edge at a place. */
    final char[] edge;
    /** {@code [nodes x W]}: the priors of edges that are in no list, minus infinity elsewhere; one of the two is empty. */
    final float[] priors;
    final short[] rounded;
    /** First free place of each row. */
    private final int[] end;

    EdgeLists(TreeStorage tree, int rows, int nodes, int width, int simulations, boolean roundedPriors) {
        this.tree = tree;
        this.width = width;
        room = Math.toIntExact(width + (long) PLACES_PER_SIMULATION * simulations + FIRST_ROOM);
        from = new int[nodes];
        count = new int[nodes];
        others = new float[nodes];
        stale = new boolean[nodes];
        edge = new char[TreeStorage.times("rows x listed edges", rows, room)];
        int edges = TreeStorage.times("rows x nodes x edges", nodes, width);
        priors = new float[roundedPriors ? 0 : edges];
        rounded = new short[roundedPriors ? edges : 0];
        end = new int[rows];
        for (int row = 0; row < rows; row++) for (int e = 0; e < width; e++) edge[row * room + e] = (char) e;
    }

    /** Returns the bytes that a row takes beside those of its nodes. */
    long bytesPerRow() {
        return (long) EDGE_BYTES * room;
    }

    /** Empties the lists of a row. */
    void clear(int row) {
        end[row] = row * room + width;
    }

    /** Gives a root its places and returns the first. */
    int openRoot(int row, int slot) {
        from[slot] = row * room;
        count[slot] = width;
        others[slot] = 0;
        stale[slot] = false;
        return from[slot];
    }

    /** Starts the empty list of a new node. */
    void open(int slot) {
        count[slot] = 0;
        stale[slot] = true;
    }

    /** Returns the place of an edge, or a negative number where it is not listed. */
    int find(int slot, int wanted) {
        int first = from[slot];
        int n = count[slot];
        if (wanted < n && edge[first + wanted] == wanted) return first + wanted;
        int low = first;
        int high = first + Math.min(n, wanted) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (edge[middle] == wanted) return middle;
            if (edge[middle] < wanted) low = middle + 1;
            else high = middle - 1;
        }
        return SearchTree.UNVISITED;
    }

    /** Lists an untried edge and returns its place; the places of edges with larger numbers change. */
    int insert(int row, int slot, int number, float prior) {
        int n = count[slot];
        if (n == 0) {
            from[slot] = take(row, FIRST_ROOM);
        } else if (n >= FIRST_ROOM && (n & (n - 1)) == 0) {
            int wider = take(row, 2 * n);
            move(from[slot], wider, n);
            from[slot] = wider;
        }
        int first = from[slot];
        int place = first + n;
        while (place > first && edge[place - 1] > number) place--;
        move(place, place + 1, first + n - place);
        count[slot] = n + 1;
        edge[place] = (char) number;
        tree.child[place] = SearchTree.UNVISITED;
        tree.prior[place] = prior;
        tree.edgeVisits[place] = 0;
        tree.edgeValue[place] = 0;
        return place;
    }

    private int take(int row, int places) {
        int first = end[row];
        end[row] += places;
        return first;
    }

    private void move(int source, int target, int n) {
        System.arraycopy(edge, source, edge, target, n);
        System.arraycopy(tree.child, source, tree.child, target, n);
        System.arraycopy(tree.prior, source, tree.prior, target, n);
        System.arraycopy(tree.edgeVisits, source, tree.edgeVisits, target, n);
        System.arraycopy(tree.edgeValue, source, tree.edgeValue, target, n);
    }

    /** Keeps the priors of a new node, if they are kept rounded; otherwise they were written in place. */
    void round(int slot, float[] given) {
        int base = slot * width;
        for (int e = 0; e < width; e++) rounded[base + e] = round(given[e]);
    }

    /** Writes the priors of a node's edges that are in no list. */
    void widen(int slot, float[] out) {
        int base = slot * width;
        for (int e = 0; e < width; e++) out[e] = widen(rounded[base + e]);
    }

    static short round(float prior) {
        if (prior == SearchTree.ILLEGAL) return ABSENT;
        int steps = (Float.floatToRawIntBits(prior) - SMALLEST + (1 << (CUT - 1))) >> CUT;
        return (short) (1 + Math.max(0, steps));
    }

    static float widen(short kept) {
        return kept == ABSENT ? SearchTree.ILLEGAL : Float.intBitsToFloat(((kept - 1) << CUT) + SMALLEST);
    }

    /** Returns the prior of an edge that is in no list. */
    float unlisted(int slot, int number) {
        int at = slot * width + number;
        return rounded.length > 0 ? widen(rounded[at]) : priors[at];
    }

    /** Takes an edge out of those that are in no list. */
    void remove(int slot, int number) {
        int at = slot * width + number;
        if (rounded.length > 0) rounded[at] = ABSENT;
        else priors[at] = SearchTree.ILLEGAL;
    }

    /** Marks all edges of a node as illegal. */
    void forbidAll(int slot) {
        if (rounded.length > 0) Arrays.fill(rounded, slot * width, (slot + 1) * width, ABSENT);
        else Arrays.fill(priors, slot * width, (slot + 1) * width, SearchTree.ILLEGAL);
    }

    long bytes() {
        return (long) NODE_BYTES * from.length + 2L * edge.length + 4L * priors.length + 2L * rounded.length;
    }
}
