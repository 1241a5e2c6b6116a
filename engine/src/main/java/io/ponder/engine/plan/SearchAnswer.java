package io.ponder.engine.plan;

/**
 * Says what a search found at its B roots: how often each of their W edges was tried, how good they are, and which policy to teach.
 *
 * <p>Blocks are {@code [W x B]} with the row fastest. A view of the planner's memory, valid until its next call.
 */
public interface SearchAnswer {
    /** Returns the edges W of a root: its actions or sampled actions come first; a model with more chance outcomes has more rows. */
    int width();

    /** Tells whether the edges of a root are sampled actions, different ones for every search, and not the numbered ones. */
    boolean sampled();

    /** Returns the chosen edges {@code [B]}; -1 for a row whose root is the end of an episode. */
    int[] chosenEdge();

    /** Returns the visits {@code [W x B]} of the roots' edges. */
    int[] visitCounts();

    /** Returns the policy {@code [W x B]} to teach. */
    float[] policy();

    /** Returns the mean values {@code [players x B]} of the roots; with one row that of whoever moves there. */
    float[] rootValues();

    /** Returns entry {@code dimension} of the action of a root's edge: its index, unless actions are sampled. */
    float action(int row, int edge, int dimension);

    /** Returns the share of the threads' time in the model and the leaf evaluation; NaN unless it is measured. */
    double modelShare();
}
