package io.ponder.planners;

import io.ponder.engine.Checks;

/**
 * Sets {@link GradientShooting}. Lengths are given in halves of the range of an action: 1 is from the middle to a bound.
 *
 * @param horizon       steps of a plan, at least 1
 * @param iterations    gradient steps in a call, at least 1; each is charged as three rollouts per start
 * @param starts        plans that are improved side by side, at least 1; the first is the warm start
 * @param learningRate  step size, more than 0; see {@link GradientMethod}
 * @param deviation     standard deviation of the random starts, more than 0
 * @param noiseExponent colour of the random starts over time, 0 (white) to 10; see {@link ColouredNoise}
 * @param largestNorm   longer gradients of a plan are scaled down to this norm, more than 0; L-BFGS does not heed it
 * @param method        how the gradient is used
 */
public record GradientParameters(
        int horizon,
        int iterations,
        int starts,
        double learningRate,
        double deviation,
        double noiseExponent,
        double largestNorm,
        GradientMethod method) {
    /** 25 steps, 20 gradient steps of 8 starts with learning rate 0.1. */
    public static final GradientParameters DEFAULT = new GradientParameters(25, 20, 8, 0.1, 0.5, 2, 10, GradientMethod.ADAM);

    public GradientParameters {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.positive("starts", starts);
        Checks.positive("learningRate", learningRate);
        Checks.positive("deviation", deviation);
        Checks.inRange("noiseExponent", noiseExponent, 0, 10);
        Checks.positive("largestNorm", largestNorm);
    }

    /** Creates parameters of Adam. */
    public GradientParameters(
            int horizon, int iterations, int starts, double learningRate, double deviation, double noiseExponent, double largestNorm) {
        this(horizon, iterations, starts, learningRate, deviation, noiseExponent, largestNorm, GradientMethod.ADAM);
    }

    /** Returns these parameters with another horizon. */
    public GradientParameters withHorizon(int newHorizon) {
        return new GradientParameters(newHorizon, iterations, starts, learningRate, deviation, noiseExponent, largestNorm, method);
    }

    /** Returns these parameters with another number of gradient steps. */
    public GradientParameters withIterations(int newIterations) {
        return new GradientParameters(horizon, newIterations, starts, learningRate, deviation, noiseExponent, largestNorm, method);
    }

    /** Returns these parameters with another number of starts. */
    public GradientParameters withStarts(int newStarts) {
        return new GradientParameters(horizon, iterations, newStarts, learningRate, deviation, noiseExponent, largestNorm, method);
    }

    /** Returns these parameters with another learning rate. */
    public GradientParameters withLearningRate(double newLearningRate) {
        return new GradientParameters(horizon, iterations, starts, newLearningRate, deviation, noiseExponent, largestNorm, method);
    }

    /** Returns these parameters with other random starts. */
    public GradientParameters withDeviation(double newDeviation, double newNoiseExponent) {
        return new GradientParameters(horizon, iterations, starts, learningRate, newDeviation, newNoiseExponent, largestNorm, method);
    }

    /** Returns these parameters with another use of the gradient. */
    public GradientParameters withMethod(GradientMethod newMethod) {
        return new GradientParameters(horizon, iterations, starts, learningRate, deviation, noiseExponent, largestNorm, newMethod);
    }
}
