package io.ponder.engine.model;

/**
 * Capability: a finite model whose transition probabilities can be read. Entry {@code i} of the outcomes of (state, action) is a next
 * state with its probability, reward and discount (0 where the transition ends the episode).
 */
public interface ExactRows {
    /** Returns the number of states. */
    int stateCount();

    /** Returns the number of actions. */
    int actionCount();

    /** Returns the number of possible outcomes of an action in a state. */
    int outcomeCount(int state, int action);

    /** Returns the next state of outcome {@code i}. */
    int nextState(int state, int action, int i);

    /** Returns the probability of outcome {@code i}. */
    double probability(int state, int action, int i);

    /** Returns the reward of outcome {@code i}. */
    double reward(int state, int action, int i);

    /** Returns the discount of outcome {@code i}. */
    double discount(int state, int action, int i);
}
