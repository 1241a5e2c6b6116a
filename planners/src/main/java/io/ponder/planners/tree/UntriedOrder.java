package io.ponder.planners.tree;

/**
 * Says which of the edges that a node has not tried yet a {@link SelectionRule} looks at, so that the others need not be
 * listed.
 */
public enum UntriedOrder {
    /** Only the one with the largest prior, among equals the one with the lowest number, can be chosen. */
    LIKELIEST,
    /** Only the one with the lowest number can be chosen. */
    LOWEST,
    /** Any can be chosen, and which one depends on nothing but the priors of all edges. */
    DRAWN
}
