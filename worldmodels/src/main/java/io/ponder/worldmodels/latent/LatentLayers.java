package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;

/**
 * Declares the functions of a latent model as layers. Every method is called several times on one builder, and must give its parameters
 * the same names each time.
 */
public interface LatentLayers {
    /** Name for the standardisation of observations, where the layers have one: the learner sets it to what it has seen. */
    String OBSERVATION = "observation";

    /** What a step of the dynamics gives: the next state {@code [latentSize x K]} and the logits of its reward {@code [bins x K]}. */
    record Imagined(Node next, Node reward) {}

    /**
     * Returns how many rows at the end of a state remember the imagined steps since the observation. Where there are any, the reward of
     * {@link #imagine} is the sum of all rewards since then.
     */
    default int memoryRows() {
        return 0;
    }

    /** Returns after how many imagined steps the memory is emptied and the sum begins anew; 0 without a memory. */
    default int memorySteps() {
        return 0;
    }

    /** Declares a state with its memory emptied. */
    default Node forget(NetworkBuilder builder, Node latent) {
        return latent;
    }

    /** Declares the state that belongs to an observation: {@code [latentSize x K]}. */
    Node represent(NetworkBuilder builder, Node observation);

    /** Declares a step: {@code latent [latentSize x K]}, {@code action [actionRows x K]}. */
    Imagined imagine(NetworkBuilder builder, Node latent, Node action);

    /** Declares the policy of a state: {@code [policyRows x K]}. */
    Node policy(NetworkBuilder builder, Node latent);

    /** Declares the logits of a state's value: {@code [bins x K]}. */
    Node value(NetworkBuilder builder, Node latent);
}
