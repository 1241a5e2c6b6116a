package io.ponder.planners.tree;


/** Says what an edge without visits is worth (first-play urgency), before values are scaled. The choice changes whole trees. */
public enum FirstPlay {
    /** The lower bound of the Q transform, scaled 0: mctx's choice for PUCT. */
    LOWER_BOUND {
        @Override
        float value(SearchContext context, int slot, float low) {
            return low;
        }
    },
    /** Zero. */
    ZERO {
        @Override
        float value(SearchContext context, int slot, float low) {
            return 0;
        }
    },
    /** The mean value of the node. */
    NODE_VALUE {
        @Override
        float value(SearchContext context, int slot, float low) {
            return context.tree().value[slot];
        }
    },
    /** The value with which the node was made. */
    RAW_VALUE {
        @Override
        float value(SearchContext context, int slot, float low) {
            return context.tree().rawValue[slot];
        }
    },
    /** The mean over the node's own mean value and the values of its visited edges. */
    VISITED_MEAN {
        @Override
        float value(SearchContext context, int slot, float low) {
            SearchTree tree = context.tree();
            int offset = tree.from(slot);
            int count = tree.edgesOf(slot);
            double sum = tree.value[slot];
            int visited = 1;
            for (int i = offset; i < offset + count; i++) {
                if (tree.edgeVisits[i] == 0) continue;
                sum += tree.edgeValue[i];
                visited++;
            }
            return (float) (sum / visited);
        }
    },
    /** Plus infinity: every edge is tried once before any is tried again. */
    INFINITE {
        @Override
        float value(SearchContext context, int slot, float low) {
            return Float.POSITIVE_INFINITY;
        }
    };

    /**
     * Returns the worth of an edge without visits.
     *
     * @param low     lower bound of the Q transform at this node
     */
    abstract float value(SearchContext context, int slot, float low);
}
