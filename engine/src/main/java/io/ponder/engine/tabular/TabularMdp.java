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

    /**
     * Returns the expected reward of an action and discounted value of what follows, sum of p (r + discount V(s')) over the outcomes.
     *
     * @param values value of every state. Not modified.
     */
    default double backup(int state, int action, double discount, double[] values) {
        double sum = 0;
        int outcomes = outcomeCount(state, action);
        for (int i = 0; i < outcomes; i++) {
            double future = terminated(state, action, i) ? 0 : discount * values[nextState(state, action, i)];
            sum += probability(state, action, i) * (reward(state, action, i) + future);
        }
        return sum;
    }

    /** Returns the expected reward of an action. */
    default double expectedReward(int state, int action) {
        double sum = 0;
        for (int i = 0; i < outcomeCount(state, action); i++) sum += probability(state, action, i) * reward(state, action, i);
        return sum;
    }

    /** Returns the expectation of a function of the next state, where an outcome that ends the episode counts as 0. */
    default double expectation(int state, int action, double[] function) {
        double sum = 0;
        for (int i = 0; i < outcomeCount(state, action); i++) {
            if (!terminated(state, action, i)) sum += probability(state, action, i) * function[nextState(state, action, i)];
        }
        return sum;
    }
}
