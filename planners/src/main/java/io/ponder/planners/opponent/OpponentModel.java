package io.ponder.planners.opponent;

/**
 * Predicts the actions of one other player of a game, and learns from those that he took. One thread at a time; allocates
 * nothing once warm.
 */
public interface OpponentModel {
    /**
     * Writes the probabilities of his own actions.
     *
     * @param position a position in which he decides. Not modified.
     * @param out      one entry an own action; they sum to 1. Modified.
     */
    void predict(int[] position, double[] out);

    /** Learns what he did in a position. */
    void observe(int[] position, int action);

    /** Forgets everything: another opponent. */
    void reset();
}
