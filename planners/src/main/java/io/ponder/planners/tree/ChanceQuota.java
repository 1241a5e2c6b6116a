package io.ponder.planners.tree;

import io.ponder.engine.tensor.SelectionKernels;

/**
 * Chooses the chance outcome with the largest {@code probability / (visits + 1)}, so that visits follow the probabilities:
 * mctx's rule.
 */
public record ChanceQuota() implements SelectionRule {
    @Override
    public UntriedOrder untried() {
        return UntriedOrder.LIKELIEST;
    }

    @Override
    public Selector selector(SearchContext context) {
        SearchTree tree = context.tree();
        SelectionKernels kernels = context.kernels();
        return (row, slot) -> tree.edge(
                slot, kernels.quota(tree.edgesOf(slot), tree.prior, tree.edgeVisits, tree.from(slot)));
    }
}
