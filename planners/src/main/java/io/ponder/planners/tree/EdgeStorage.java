package io.ponder.planners.tree;

/**
 * Says how the nodes of a tree keep their edges.
 *
 * <p>Listed, a node below the root keeps a prior for every edge and everything else only for the edges that were tried and
 * the one that comes next: 4 bytes an edge (2 rounded) instead of 16, and selection looks at the listed edges only, so that
 * its time grows with what was tried and not with the number of actions. The rules must say which untried edge comes next
 * ({@link SelectionRule#untried}), every action must have an edge, and nothing is proven, shared, decided at once or kept
 * from call to call.
 */
public enum EdgeStorage {
    /** Listed where a node has more than 32 edges and the search allows it, otherwise dense. */
    AUTOMATIC,
    /** Everything for every edge. */
    DENSE,
    /**
     * Lists of tried edges. The trees are those of {@link #DENSE}, unless rounding makes the scores of two edges equal: then
     * a dense node takes the lower number, a list the larger prior. Gumbel's improved policy is summed in another order,
     * which may decide between scores that differ by rounding.
     */
    LISTED,
    /**
     * Lists of tried edges, and priors below the roots with 11 significant bits (0.05 %), at least 2^-31: for very wide and
     * large trees. Edges whose priors round to the same number are tried in the order of their numbers.
     */
    LISTED_ROUNDED;

    /** Nodes with more edges are listed where the choice is automatic. */
    static final int WIDE = 32;
}
