package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;

/**
 * States what the unrolled graph of a {@link LatentNetwork} computes.
 *
 * @param unroll         imagined steps U, at least 0; default 5
 * @param samples        sampled actions S that the policies to be taught speak of, for continuous actions; 0 for discrete ones
 * @param consistent     whether imagined states are compared with those seen later (EfficientZero, Ye and others 2021); default false
 * @param chanceTold     whether the chance codes are those of a {@link ChanceReader}, instead of what an encoder makes of the observations;
 *                       only for layers with chance; default false
 * @param latentGradient share of the derivative that flows back through each imagined step, from 0 to 1; default 0.5
 */
public record UnrollGraph(int unroll, int samples, boolean consistent, boolean chanceTold, double latentGradient) {
    public UnrollGraph {
        Checks.nonNegative("unroll", unroll);
        Checks.nonNegative("samples", samples);
        Checks.inRange("latentGradient", latentGradient, 0, 1);
    }

    /** Returns the graph of discrete actions. */
    public static UnrollGraph steps(int unroll) {
        return new UnrollGraph(unroll, 0, false, false, 0.5);
    }

    /** Returns this for continuous actions, of which so many are sampled in a search. */
    public UnrollGraph withSamples(int newSamples) {
        return new UnrollGraph(unroll, newSamples, consistent, chanceTold, latentGradient);
    }

    /** Returns this with the comparison of imagined and seen states, or without. */
    public UnrollGraph withConsistency(boolean newConsistent) {
        return new UnrollGraph(unroll, samples, newConsistent, chanceTold, latentGradient);
    }

    /** Returns this with chance codes that are told, or found by an encoder. */
    public UnrollGraph withChanceTold(boolean newChanceTold) {
        return new UnrollGraph(unroll, samples, consistent, newChanceTold, latentGradient);
    }
}
