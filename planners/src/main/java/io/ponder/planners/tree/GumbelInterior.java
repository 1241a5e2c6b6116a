package io.ponder.planners.tree;

/**
 * Chooses below the root so that visits follow the improved policy: the largest {@code softmax(logits + transformed Q) - n /
 * (1 + sum n)} (Gumbel MuZero, Danihelka and others 2022, equation 14). Deterministic.
 */
public record GumbelInterior(CompletedQ values) implements SelectionRule {
    /** mctx's defaults. */
    public static final GumbelInterior DEFAULT = new GumbelInterior(CompletedQ.DEFAULT);

    @Override
    public UntriedOrder untried() {
        return UntriedOrder.LIKELIEST;
    }

    @Override
    public Selector selector(SearchContext context) {
        SearchTree tree = context.tree();
        var completion = new Completion(context, values);
        float[] scratch = new float[tree.width];
        return (row, slot) -> {
            // Where no edge was tried, only the priors differ: most descents end at such a node.
            if (tree.visits[slot] == 1) {
                return tree.edge(slot, context.kernels().quota(
                        tree.edgesOf(slot), tree.prior, tree.edgeVisits, tree.from(slot)));
            }
            completion.complete(slot);
            return tree.edge(slot, context.kernels().gumbelInterior(
                    tree.edgesOf(slot), tree.prior, tree.edgeVisits, tree.edgeValue, tree.from(slot),
                    completion.low, completion.factor, completion.unvisited, completion.largest, completion.visitSum,
                    tree.others(slot), scratch));
        };
    }
}
