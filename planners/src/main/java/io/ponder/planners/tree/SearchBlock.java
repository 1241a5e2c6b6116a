package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;

/** Holds the rows that are searched together: which still are, and where the current simulation of each ended. One thread's. */
final class SearchBlock {
    static final int NOTHING_MADE = -1;

    /** First row of the block. */
    int first;
    /** The rows that are still searched, of which there are {@link #active}; the other arrays go with their places here. */
    final int[] searched;
    int active;
    /** The node at which a simulation ended, and the edge without a node that it took there, or {@link Selector#NONE}. */
    final int[] leafSlot;
    final int[] leafEdge;
    /** The node that was made there from the rules of a game; {@link #NOTHING_MADE} where there was no room. */
    final int[] made;
    /** The keys of the block's rows. */
    final ColumnKeys keys;
    /** Model steps and evaluations of leaves, as a budget counts them. */
    long modelSteps;
    /** Numbers of the model that were none. */
    long nonFinite;

    SearchBlock(int rows) {
        searched = new int[rows];
        leafSlot = new int[rows];
        leafEdge = new int[rows];
        made = new int[rows];
        keys = new ColumnKeys(rows);
    }
}
