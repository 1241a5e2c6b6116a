package io.ponder.planners.tree;

import io.ponder.engine.tensor.SelectionKernels;

/** Chooses edges for one thread: one call a visited node. Allocates nothing. */
@FunctionalInterface
public interface Selector {
    /** What is chosen where there is no legal edge. */
    int NONE = SelectionKernels.NONE;

    /**
     * Returns the edge to go down, or {@link #NONE}.
     *
     * @param row  tree
     * @param slot place of the node, {@code row * capacity + node}
     */
    int select(int row, int slot);
}
