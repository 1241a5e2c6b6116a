package io.ponder.planners.tree;

/** Teaches the shares of the visits: MuZero's target. */
public record VisitShares() implements PolicyTarget {
    @Override
    public Writer writer(SearchContext context) {
        SearchTree tree = context.tree();
        return (row, slot, out) -> {
            int offset = tree.from(slot);
            int count = tree.allEdgesOf(slot);
            long sum = 0;
            for (int a = 0; a < count; a++) sum += tree.edgeVisits[offset + a];
            for (int a = 0; a < out.length; a++) {
                out[a] = a >= count ? 0
                        : sum > 0 ? (float) tree.edgeVisits[offset + a] / sum
                        : Math.max(0, tree.prior[offset + a]);
            }
        };
    }
}
