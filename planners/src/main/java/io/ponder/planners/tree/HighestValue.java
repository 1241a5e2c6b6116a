package io.ponder.planners.tree;

import java.util.Arrays;

/** Decides for the visited edge with the highest value, whether the request explores or not. */
public record HighestValue() implements RootDecision {
    @Override
    public Decider decider(SearchContext context) {
        SearchTree tree = context.tree();
        return (row, slot, explore, probabilities) -> {
            int offset = tree.from(slot);
            int best = MostVisited.mostVisited(tree, slot);
            for (int a = 0; a < tree.allEdgesOf(slot); a++) {
                if (tree.edgeVisits[offset + a] > 0 && tree.edgeValue[offset + a] > tree.edgeValue[offset + best]) best = a;
            }
            Arrays.fill(probabilities, 0);
            probabilities[best] = 1;
            return best;
        };
    }
}
