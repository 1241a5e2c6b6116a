package io.ponder.planners.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds what only roots have: the random key of a row, logits after noise and mask, Gumbel noise, legal actions, planned
 * simulations.
 */
public final class Roots {
    final int width;
    final long[] keys;
    /** {@code [B x W]}, minus infinity where illegal. */
    final float[] logits;
    /** {@code [B x W]}: Gumbel noise times its scale, 0 without. */
    final float[] gumbel;
    /** {@code [B x W]}: Gumbel noise plus logit minus the largest logit; minus infinity where illegal. */
    final float[] base;
    /** {@code [B]}: number of legal actions. */
    final int[] legal;
    /** {@code [B]}: the legal action with the largest prior; 0 without any. */
    final int[] likeliest;
    /** {@code [B]}: simulations this search means to do. */
    final int[] planned;
    /** Simulations after which a search that is made again ends, however many were planned. */
    int cut = Integer.MAX_VALUE;
    /** {@code [B]}: simulations that a kept root had had when this search began; {@code [B x W]}: those of its edges. */
    final int[] visitsBefore;
    final int[] edgeVisitsBefore;
    /** {@code [B]}: simulations that time is expected to allow, at most those planned. */
    final int[] expected;

    /** Spread of the returns, or null where no rule reads it. */
    final @Nullable RootReturns returns;

    Roots(int rows, int width, boolean readsReturns) {
        this.width = width;
        returns = readsReturns ? new RootReturns(rows, width) : null;
        keys = new long[rows];
        logits = new float[rows * width];
        gumbel = new float[rows * width];
        base = new float[rows * width];
        legal = new int[rows];
        likeliest = new int[rows];
        planned = new int[rows];
        visitsBefore = new int[rows];
        edgeVisitsBefore = new int[rows * width];
        expected = new int[rows];
    }

    /** Returns the random key of a row. */
    public long key(int row) {
        return keys[row];
    }

    /** Returns the logit of an edge of a root after noise and mask; minus infinity where it is illegal. */
    public float logit(int row, int edge) {
        return logits[row * width + edge];
    }

    /** Returns the number of legal edges of a root. */
    public int legal(int row) {
        return legal[row];
    }

    /** Returns the simulations that the running search means to do for a row. */
    public int planned(int row) {
        return planned[row];
    }

    /** Returns the spread of the returns through the roots' edges, which a search whose rule reads it has. */
    RootReturns returns() {
        if (returns == null) {
            throw new IllegalStateException("The spread of the returns is kept for rules at roots that read it.");
        }
        return returns;
    }

    /**
     * Returns the simulations that the running search is expected to do for a row: those planned, or fewer where the time is
     * limited.
     */
    public int expected(int row) {
        return expected[row];
    }

    /** Makes an edge illegal in the middle of a search. */
    void close(int row, int edge) {
        base[row * width + edge] = Float.NEGATIVE_INFINITY;
        logits[row * width + edge] = Float.NEGATIVE_INFINITY;
    }

    /** Notes what a root knows from earlier searches, which is nothing in a fresh tree. */
    void begin(SearchTree tree, int row, int slot) {
        visitsBefore[row] = tree.visits[slot] - 1;
        System.arraycopy(tree.edgeVisits, tree.from(slot), edgeVisitsBefore, row * width, width);
    }

    /** Returns the visits of an edge in this search. */
    int newVisits(SearchTree tree, int row, int slot, int edge) {
        return tree.edgeVisits[tree.from(slot) + edge] - edgeVisitsBefore[row * width + edge];
    }

    /** Returns the largest number of visits of an open edge in this search. */
    int mostVisits(SearchTree tree, int row, int slot) {
        int most = 0;
        for (int a = 0; a < tree.edgesOf(slot); a++) {
            if (base[row * width + a] > Float.NEGATIVE_INFINITY) most = Math.max(most, newVisits(tree, row, slot, a));
        }
        return most;
    }

    /** Adds up noise and logits of a row. */
    void combine(int row, int count) {
        int from = row * width;
        float largest = Float.NEGATIVE_INFINITY;
        for (int a = from; a < from + count; a++) largest = Math.max(largest, logits[a]);
        for (int a = from; a < from + count; a++) {
            base[a] = logits[a] == Float.NEGATIVE_INFINITY ? Float.NEGATIVE_INFINITY : gumbel[a] + logits[a] - largest;
        }
        Arrays.fill(base, from + count, from + width, Float.NEGATIVE_INFINITY);
    }
}
