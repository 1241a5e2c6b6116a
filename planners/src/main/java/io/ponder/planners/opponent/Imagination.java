package io.ponder.planners.opponent;

/**
 * Imagines how an opponent answers who expects us to answer a model of him: one more level of "I think that he thinks". One
 * thread at a time, and one level: what is passed to it may call another instance, but not this one.
 */
@FunctionalInterface
public interface Imagination {
    /** Predicts the opponent at a position. */
    @FunctionalInterface
    interface Level {
        /** Writes the probabilities of his own actions. */
        void predict(int[] position, double[] out);
    }

    /**
     * Writes his answer at a position.
     *
     * @param lower what we expect of him, and answer
     * @param out   one entry an own action of his, they sum to 1. Modified.
     */
    void answer(int[] position, Level lower, double[] out);
}
