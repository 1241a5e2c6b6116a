package io.ponder.engine.plan;

/** Tells how the rule of a tree search scored an edge, so that two trees can be compared at the simulation where they part. */
@FunctionalInterface
public interface EdgeScore {
    /** Knows no score. */
    EdgeScore UNKNOWN = (node, edge) -> Double.NaN;

    /**
     * Returns the score of an edge, the largest of which the rule follows; NaN where the node does not tell it.
     *
     * @param node the node as it was when the rule chose: visits and values of then
     * @param edge index of one of its legal edges
     */
    double score(TreeSnapshot.Node node, int edge);
}
