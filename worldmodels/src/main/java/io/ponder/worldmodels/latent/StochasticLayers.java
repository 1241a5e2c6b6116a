package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;

/**
 * Declares what a latent model with chance needs beside the functions of {@link LatentLayers}: an action leads to an afterstate, where a
 * chance code is drawn, which leads on to the next state (Stochastic MuZero, Antonoglou and others 2022). {@link #imagine} is not used.
 */
public interface StochasticLayers extends LatentLayers {
    /** Returns the number of chance codes C. */
    int codes();

    /** Declares the afterstate {@code [latentSize x K]} of a state and an action. */
    Node afterstate(NetworkBuilder builder, Node latent, Node action);

    /** Declares the logits {@code [C x K]} of the codes at an afterstate. */
    Node chance(NetworkBuilder builder, Node afterstate);

    /** Declares the logits {@code [bins x K]} of an afterstate's value: what is to come, the reward of the move included. */
    Node afterstateValue(NetworkBuilder builder, Node afterstate);

    /** Declares what a code {@code [C x K]} leads to. */
    Imagined outcome(NetworkBuilder builder, Node afterstate, Node code);

    /** Declares the logits {@code [C x K]} of the code that explains how one observation followed another. Only for learning. */
    Node encode(NetworkBuilder builder, Node before, Node after);
}
