package io.ponder.engine.tabular;

/**
 * Is a finite Markov decision process whose transitions can be read: action {@code a} in state {@code s} has
 * {@code outcomeCount(s, a)} outcomes, whose probabilities sum to 1. One next state may be listed more than once.
 */
public interface TabularMdp {
    /** Returns the number of states. */
    int stateCount();

    /** Returns the number of actions, the same in every state. */
    int actionCount();

    /** Returns the probability that an episode starts in a state. */
    double startProbability(int state);

    /** Returns the number of outcomes of an action in a state, at least 1. */
    int outcomeCount(int state, int action);

    /** Returns the probability of outcome {@code i}. */
    double probability(int state, int action, int i);

    /** Returns the next state of outcome {@code i}. */
    int nextState(int state, int action, int i);

    /** Returns the reward of outcome {@code i}. */
    double reward(int state, int action, int i);

    /** Tells whether outcome {@code i} ends the episode: the next state's value then counts as 0. */
    boolean terminated(int state, int action, int i);
}
