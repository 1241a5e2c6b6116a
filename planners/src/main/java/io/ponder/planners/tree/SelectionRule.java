package io.ponder.planners.tree;

/** Says how an edge of a node is chosen. Immutable; {@link #selector} makes what a thread uses. */
@FunctionalInterface
public interface SelectionRule {
    /** Returns a selector for the trees of a search; it may hold tables and scratch memory, and serves one thread. */
    Selector selector(SearchContext context);

    /** Returns the factor of the Gumbel noise that this rule wants at roots, 0 for none. */
    default double gumbelScale() {
        return 0;
    }
}
