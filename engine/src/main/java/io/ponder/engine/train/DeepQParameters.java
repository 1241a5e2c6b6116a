package io.ponder.engine.train;

import io.ponder.engine.Checks;

/**
 * Sets {@link DeepQLearner}.
 *
 * @param width        units of each of the two hidden layers, at least 1
 * @param learningRate of Adam, greater than 0
 * @param discount     of future rewards, from 0 to 1
 * @param batchSize    transitions of a training step, at least 1
 * @param capacity     transitions that are kept, at least {@code batchSize}
 * @param targetEvery  training steps after which the target network is renewed, at least 1
 * @param doubled      whether the network chooses and the target network values the next action (van Hasselt et al. 2016)
 * @param conservatism factor of the conservative term, at least 0; 0 for none
 */
public record DeepQParameters(
        int width,
        double learningRate,
        double discount,
        int batchSize,
        int capacity,
        int targetEvery,
        boolean doubled,
        double conservatism) {
    /** 2 x 64 units, Adam 1e-3, discount 0.99, 64 of 10000 transitions, a target every 200 steps, double. */
    public static final DeepQParameters DEFAULT = new DeepQParameters(64, 1e-3, 0.99, 64, 10000, 200, true, 0);

    public DeepQParameters {
        Checks.positive("width", width);
        Checks.positive("learningRate", learningRate);
        Checks.inRange("discount", discount, 0, 1);
        Checks.positive("batchSize", batchSize);
        Checks.inRange("capacity", capacity, batchSize, Integer.MAX_VALUE - 8);
        Checks.positive("targetEvery", targetEvery);
        Checks.inRange("conservatism", conservatism, 0, Double.MAX_VALUE);
    }

    /** Returns these parameters with another width. */
    public DeepQParameters withWidth(int newWidth) {
        return new DeepQParameters(newWidth, learningRate, discount, batchSize, capacity, targetEvery, doubled, conservatism);
    }

    /** Returns these parameters with another learning rate. */
    public DeepQParameters withLearningRate(double newLearningRate) {
        return new DeepQParameters(width, newLearningRate, discount, batchSize, capacity, targetEvery, doubled, conservatism);
    }

    /** Returns these parameters with another discount. */
    public DeepQParameters withDiscount(double newDiscount) {
        return new DeepQParameters(width, learningRate, newDiscount, batchSize, capacity, targetEvery, doubled, conservatism);
    }

    /** Returns these parameters with another conservative term. */
    public DeepQParameters withConservatism(double newConservatism) {
        return new DeepQParameters(width, learningRate, discount, batchSize, capacity, targetEvery, doubled, newConservatism);
    }
}
