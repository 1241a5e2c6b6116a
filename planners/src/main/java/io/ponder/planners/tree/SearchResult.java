package io.ponder.planners.tree;

import io.ponder.engine.plan.SearchAnswer;
import io.ponder.engine.tensor.SelectionKernels;
import java.util.Arrays;

/**
 * Tells everything a search found, beyond the {@link io.ponder.engine.plan.Plan}: what training needs, and what a person
 * wants to see.
 *
 * <p>Blocks are {@code [W x B]} with the row fastest, W being the edges of a root. A view of the planner's memory, valid
 * until its next call.
 */
public final class SearchResult implements SearchAnswer {
    final int[] chosenEdge;
    final int[] visitCounts;
    final float[] edgeValues;
    final float[] priors;
    final float[] policy;
    final float[] probabilities;
    final float[] rootValues;
    final int[] simulations;
    long selectNanos;
    long modelNanos;
    long backUpNanos;
    private final SearchContext context;
    private final SearchTree tree;
    private final SelectionRule root;

    SearchResult(SearchContext context, SelectionRule root) {
        this.context = context;
        this.root = root;
        tree = context.tree();
        int entries = tree.width * tree.rows;
        chosenEdge = new int[tree.rows];
        visitCounts = new int[entries];
        edgeValues = new float[entries];
        priors = new float[entries];
        policy = new float[entries];
        probabilities = new float[entries];
        rootValues = new float[tree.players * tree.rows];
        simulations = new int[tree.rows];
    }

    @Override
    public int width() {
        return tree.width;
    }

    @Override
    public boolean sampled() {
        return tree.actionSize > 0;
    }

    @Override
    public float action(int row, int edge, int dimension) {
        return tree.action(row, SearchTree.ROOT, edge, dimension);
    }

    /** Returns the trees. */
    public SearchTree tree() {
        return tree;
    }

    @Override
    public int[] chosenEdge() {
        return chosenEdge;
    }

    @Override
    public int[] visitCounts() {
        return visitCounts;
    }

    /** Returns the values {@code [W x B]} of the roots' edges for the player who moves; 0 without visits. */
    public float[] edgeValues() {
        return edgeValues;
    }

    /**
     * Returns the values {@code [W]} of a root's edges as the rule of the root compares them: scaled, and completed where the
     * rule does that ({@link QTransform}, {@link CompletedQ}); illegal edges count as unvisited. Allocates.
     */
    public float[] transformedValues(int row) {
        float[] out = new float[Math.max(tree.width, SelectionKernels.STATISTICS)];
        root.values(context, row, tree.slot(row, SearchTree.ROOT), out);
        return Arrays.copyOf(out, tree.width);
    }

    /** Returns the prior probabilities {@code [W x B]} after noise and mask; 0 where illegal. */
    public float[] priors() {
        return priors;
    }

    @Override
    public float[] policy() {
        return policy;
    }

    /**
     * Returns the probabilities {@code [W x B]} with which the edges were drawn; 1 for the chosen one where nothing was
     * drawn.
     */
    public float[] probabilities() {
        return probabilities;
    }

    @Override
    public float[] rootValues() {
        return rootValues;
    }

    /** Returns the simulations {@code [B]} of each row. */
    public int[] simulations() {
        return simulations;
    }

    /** Returns the mean number of edges between a node and its root, over all nodes but the roots; 0 without any. */
    public double meanNodeDepth() {
        long depths = 0;
        long nodes = 0;
        for (int row = 0; row < tree.rows; row++) {
            for (int node = 1; node < tree.used[row]; node++) {
                int slot = row * tree.capacity + node;
                if (tree.visits[slot] == 0) continue;
                depths += tree.depth(row, node);
                nodes++;
            }
        }
        return nodes == 0 ? 0 : (double) depths / nodes;
    }

    /** Returns the share of the threads' time in selection, from 0 to 1; NaN unless the execution measures it. */
    public double selectShare() {
        return (double) selectNanos / (selectNanos + modelNanos + backUpNanos);
    }

    @Override
    public double modelShare() {
        return (double) modelNanos / (selectNanos + modelNanos + backUpNanos);
    }

    /** Returns the share of the threads' time in writing nodes and backing values up; NaN unless the execution measures it. */
    public double backUpShare() {
        return (double) backUpNanos / (selectNanos + modelNanos + backUpNanos);
    }
}
