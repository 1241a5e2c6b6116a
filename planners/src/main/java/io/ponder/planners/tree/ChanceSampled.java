package io.ponder.planners.tree;

import io.ponder.engine.tensor.CounterRandom;

/** Draws chance outcomes with their probabilities, from the key of the row, the node and its visits. */
public record ChanceSampled() implements SelectionRule {
    /** Number of the stream of a row's key. */
    private static final long STREAM = 0x4348414E43L;

    @Override
    public UntriedOrder untried() {
        return UntriedOrder.DRAWN;
    }

    @Override
    public Selector selector(SearchContext context) {
        SearchTree tree = context.tree();
        long[] keys = context.roots().keys;
        return (row, slot) -> {
            long key = CounterRandom.key(keys[row], STREAM);
            int node = slot - row * tree.capacity;
            float left = CounterRandom.uniform((int) key, (int) (key >>> 32), node, tree.visits[slot]);
            int chosen = Selector.NONE;
            int count = tree.chanceCount;
            for (int i = 0; i < count && left >= 0; i++) {
                float probability = tree.outcome(slot, i);
                if (!(probability > 0)) continue;
                left -= probability;
                chosen = i;
            }
            return chosen;
        };
    }
}
