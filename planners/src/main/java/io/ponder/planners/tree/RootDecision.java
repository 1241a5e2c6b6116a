package io.ponder.planners.tree;

/** Says how a search decides at the end. Immutable. */
@FunctionalInterface
public interface RootDecision {
    /** Decides for one root after the other. */
    @FunctionalInterface
    interface Decider {
        /**
         * Returns the chosen edge, and writes the probabilities with which it was drawn.
         *
         * @param slot          place of the root
         * @param explore       whether the request explores
         * @param probabilities {@code [W]}. Modified.
         */
        int decide(int row, int slot, boolean explore, float[] probabilities);
    }

    /** Returns what decides for the trees of a search; it serves one thread. */
    Decider decider(SearchContext context);

    /**
     * Tells whether the decision, without exploring, is the most visited edge, so that a search can stop when that is
     * certain.
     */
    default boolean byVisits() {
        return false;
    }
}
