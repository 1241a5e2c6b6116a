package io.ponder.engine.game.imperfect;

/**
 * Says how players act: for a batch of positions, the probabilities of the legal actions of whoever decides there. It may look
 * at what that player knows and at nothing else. One thread at a time; allocates nothing once warm.
 */
@FunctionalInterface
public interface GamePolicy {
    /**
     * Writes probabilities.
     *
     * @param positions one array a column, in each of which a player decides. Not modified.
     * @param columns   how many columns count, K
     * @param out       {@code [A x K]}: the probability of action a in column k goes to {@code out[a * K + k]}; they sum to 1,
     *                  illegal actions get 0. Modified.
     */
    void probabilities(int[][] positions, int columns, float[] out);
}
