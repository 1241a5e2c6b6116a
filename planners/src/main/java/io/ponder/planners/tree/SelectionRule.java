package io.ponder.planners.tree;

import org.jspecify.annotations.Nullable;

/** Says how an edge of a node is chosen. Immutable; {@link #selector} makes what a thread uses. */
@FunctionalInterface
public interface SelectionRule {
    /** Returns a selector for the trees of a search; it may hold tables and scratch memory, and serves one thread. */
    Selector selector(SearchContext context);

    /**
     * Says which untried edge this rule looks at, below the roots; null, the default, where it may be any. Only where that is
     * known can trees list tried edges alone ({@link EdgeStorage}).
     */
    default @Nullable UntriedOrder untried() {
        return null;
    }

    /** Returns the factor of the Gumbel noise that this rule wants at roots, 0 for none. */
    default double gumbelScale() {
        return 0;
    }

    /**
     * Writes the values of all edges of a root as this rule compares them, without what it adds for exploration and priors;
     * by default as they are.
     *
     * @param out at least one entry an edge and at least 7. Modified.
     */
    default void values(SearchContext context, int row, int slot, float[] out) {
        FixedRange.IDENTITY.values(context, FirstPlay.ZERO, row, slot, out);
    }

    /**
     * Writes the scores of all edges of a node, of which this rule follows the largest, and tells whether it can; by default it
     * cannot. Scores of illegal edges mean nothing.
     *
     * @param out at least one entry an edge and at least 7. Modified.
     * @return false where the rule has no such scores, or more than the node decides them
     */
    default boolean scores(SearchContext context, int row, int slot, float[] out) {
        return false;
    }

    /** Tells whether this rule reads the spread of the returns through the edges of roots, which is kept only where it does. */
    default boolean readsReturns() {
        return false;
    }
}
