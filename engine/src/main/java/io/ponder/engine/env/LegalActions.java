package io.ponder.engine.env;

/**
 * Optional contract of an environment with a {@link Discrete} action space: says which actions are legal now. {@code step} refuses an
 * illegal one with an {@link IllegalArgumentException} and leaves the state as it was.
 */
public interface LegalActions {
    /**
     * Writes 1 for every action that is legal in the current state and 0 for the others. Unless the episode has ended at least one is
     * legal.
     *
     * @param mask {@code [actions]}. Modified.
     */
    void legalActions(byte[] mask);
}
