package io.ponder.planners.tree;

/** Says which policy a search teaches. Immutable. */
@FunctionalInterface
public interface PolicyTarget {
    /** Writes the policy of one root after the other. */
    @FunctionalInterface
    interface Writer {
        /**
         * Writes a probability for every edge.
         *
         * @param slot place of the root
         * @param out  {@code [W]}. Modified.
         */
        void write(int row, int slot, float[] out);
    }

    /** Returns a writer for the trees of a search; it serves one thread. */
    Writer writer(SearchContext context);
}
