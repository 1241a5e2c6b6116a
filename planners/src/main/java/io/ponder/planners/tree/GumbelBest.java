package io.ponder.planners.tree;

import java.util.Arrays;

/**
 * Decides for the edge with the largest {@code Gumbel noise + logit + transformed Q} among the most visited ones: the winner
 * of sequential halving, wherever it was interrupted. Where a subtree was kept, the visits of this search count.
 */
public record GumbelBest(CompletedQ values) implements RootDecision {
    /** mctx's defaults. */
    public static final GumbelBest DEFAULT = new GumbelBest(CompletedQ.DEFAULT);

    @Override
    public Decider decider(SearchContext context) {
        SearchTree tree = context.tree();
        Roots roots = context.roots();
        var completion = new Completion(context, values);
        return (row, slot, explore, probabilities) -> {
            completion.complete(slot);
            int offset = tree.from(slot);
            int most = roots.mostVisits(tree, row, slot);
            int best = Selector.NONE;
            float bestScore = Float.NEGATIVE_INFINITY;
            for (int a = 0; a < tree.allEdgesOf(slot); a++) {
                if (roots.newVisits(tree, row, slot, a) != most) continue;
                float score = roots.base[row * roots.width + a] + completion.transformed(offset + a);
                if (score > bestScore) {
                    bestScore = score;
                    best = a;
                }
            }
            if (best == Selector.NONE) best = MostVisited.best(tree, row, slot);
            Arrays.fill(probabilities, 0);
            probabilities[best] = 1;
            return best;
        };
    }
}
