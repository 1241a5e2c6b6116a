package io.ponder.engine.train;

/**
 * What a scheduler may know when it chooses how long imagined rollouts are to be.
 *
 * @param progress     share of the interaction that is over, from 0 to 1
 * @param modelError   recent one-step error of the model on data that it had not been trained on yet
 * @param recentReturn recent performance of the policy, as far as the learner knows it
 * @param horizon      length of the rollouts so far
 */
public record RolloutFeatures(double progress, double modelError, double recentReturn, int horizon) {}
