package io.ponder.examples.arena;

/**
 * Chooses moves in a game. One instance plays one game at a time and serves one thread at a time.
 *
 * <p>What an agent draws at random it draws from the key of the decision, so that the same keys give the same game.
 */
public interface Agent extends AutoCloseable {
    /** Returns how the agent is called in tables, such as {@code uct:1000}. */
    String name();

    /** Says that a new game begins: what was kept of the last one is forgotten. */
    default void start() {}

    /**
     * Chooses a move.
     *
     * @param position where {@code player} decides, alone or with the others at once. Not modified.
     * @param player   whose move it is
     * @param key      key of the random numbers of this decision
     * @return a legal action; the player's own one where all decide at once
     */
    int choose(int[] position, int player, long key);

    /**
     * Says which transition was made, so that an agent can keep what it knows of what follows.
     *
     * @param move the action, joint action or outcome of chance
     */
    default void played(int move) {}

    /** Frees what the agent holds outside the heap. */
    @Override
    default void close() {}
}
