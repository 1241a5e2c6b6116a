package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;

/**
 * States how a latent model is taught.
 *
 * @param learningRate       of Adam with decoupled decay; default 0.003
 * @param weightDecay        default 1e-4
 * @param maximumNorm        the gradient is scaled down to this norm; default 10
 * @param policyWeight       of the policy's cross entropy; default 1
 * @param valueWeight        of the value's cross entropy; default 0.25
 * @param rewardWeight       of the reward's cross entropy; default 1
 * @param consistencyWeight  of the distance between imagined and seen states where the graph compares them; default 2
 * @param targetEvery        optimiser steps after which the target network is renewed; default 100
 */
public record LatentLearning(
        double learningRate,
        double weightDecay,
        double maximumNorm,
        double policyWeight,
        double valueWeight,
        double rewardWeight,
        double consistencyWeight,
        int targetEvery) {
    public LatentLearning {
        Checks.positive("learningRate", learningRate);
        Checks.inRange("weightDecay", weightDecay, 0, 1);
        Checks.positive("maximumNorm", maximumNorm);
        Checks.inRange("policyWeight", policyWeight, 0, 1e6);
        Checks.inRange("valueWeight", valueWeight, 0, 1e6);
        Checks.inRange("rewardWeight", rewardWeight, 0, 1e6);
        Checks.inRange("consistencyWeight", consistencyWeight, 0, 1e6);
        Checks.positive("targetEvery", targetEvery);
    }

    /**
     * Returns the weight of a part of the objective by its name. Chance codes weigh 1, their commitment 0.1, values of afterstates as much as
     * values.
     */
    double weight(String term) {
        return switch (term) {
            case "policy" -> policyWeight;
            case "value", "afterstateValue" -> valueWeight;
            case "reward" -> rewardWeight;
            case "consistency" -> consistencyWeight;
            case "chance" -> 1;
            case "commitment" -> 0.1;
            default -> throw new IllegalArgumentException("There is no part " + term + " of the objective.");
        };
    }

    /** Returns the defaults. */
    public static LatentLearning defaults() {
        return new LatentLearning(0.003, 1e-4, 10, 1, 0.25, 1, 2, 100);
    }

    /** Returns these with another learning rate. */
    public LatentLearning withLearningRate(double newLearningRate) {
        return new LatentLearning(
                newLearningRate, weightDecay, maximumNorm, policyWeight, valueWeight, rewardWeight, consistencyWeight, targetEvery);
    }

    /** Returns these with another weight of the consistency. */
    public LatentLearning withConsistency(double newWeight) {
        return new LatentLearning(
                learningRate, weightDecay, maximumNorm, policyWeight, valueWeight, rewardWeight, newWeight, targetEvery);
    }

    /** Returns these with another interval between renewals of the target network. */
    public LatentLearning withTargetEvery(int newTargetEvery) {
        return new LatentLearning(
                learningRate, weightDecay, maximumNorm, policyWeight, valueWeight, rewardWeight, consistencyWeight,
                newTargetEvery);
    }
}
