package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;

/**
 * Holds the parameters of a latent model, and the graphs that use them: look at a state, imagine a step, and the unrolled graph that
 * teaches.
 */
public final class LatentNetwork {
    final LatentShape shape;
    final int unroll;
    final Network network;

    /** Inputs and outputs of single applications. */
    final Node observation;

    final Node represented;
    final Node latent;
    final Node action;
    final Node policy;
    final Node value;
    final Node next;
    final Node reward;
    final Node nextPolicy;
    final Node nextValue;

    /** The unrolled graph: inputs, targets, and the losses of every position. */
    final Node firstObservation;

    final Node actions;
    final Node policyTargets;
    final Node valueTargets;
    final Node rewardTargets;
    final Node firstPolicy;
    final Node firstValue;
    final Node[] policyLosses;
    final Node[] valueLosses;
    final Node[] rewardLosses;

    /**
     * Declares the graphs and draws the parameters.
     *
     * @param unroll         imagined steps U of the graph that teaches, at least 0
     * @param latentGradient share of the derivative that flows back through each imagined step
     */
    public LatentNetwork(LatentShape shape, LatentLayers layers, int unroll, double latentGradient, long seed) {
        this.shape = shape;
        this.unroll = Checks.nonNegative("unroll", unroll);
        var builder = new NetworkBuilder().reuseNames();
        observation = builder.input("observation", shape.observationSize());
        represented = layers.represent(builder, observation);
        latent = builder.input("latent", shape.latentSize());
        action = builder.input("action", shape.actionRows());
        policy = layers.policy(builder, latent);
        value = layers.value(builder, latent);
        LatentLayers.Imagined imagined = layers.imagine(builder, latent, action);
        next = imagined.next();
        reward = imagined.reward();
        nextPolicy = layers.policy(builder, next);
        nextValue = layers.value(builder, next);

        firstObservation = builder.target("firstObservation", shape.observationSize());
        actions = builder.target("actions", Math.max(1, unroll * shape.actionRows()));
        policyTargets = builder.target("policyTargets", (unroll + 1) * shape.policyRows());
        valueTargets = builder.target("valueTargets", (unroll + 1) * shape.value().bins());
        rewardTargets = builder.target("rewardTargets", Math.max(1, unroll * shape.reward().bins()));
        policyLosses = new Node[unroll + 1];
        valueLosses = new Node[unroll + 1];
        rewardLosses = new Node[unroll];
        Node state = layers.represent(builder, firstObservation);
        firstPolicy = layers.policy(builder, state);
        firstValue = layers.value(builder, state);
        for (int k = 0; k <= unroll; k++) {
            Node worth = k == 0 ? firstValue : layers.value(builder, state);
            valueLosses[k] = builder.crossEntropy(worth, part(builder, valueTargets, k, shape.value().bins()));
            Node guess = k == 0 ? firstPolicy : layers.policy(builder, state);
            policyLosses[k] = builder.crossEntropy(guess, part(builder, policyTargets, k, shape.policyRows()));
            if (k == unroll) break;
            Node taken = part(builder, actions, k, shape.actionRows());
            LatentLayers.Imagined step = layers.imagine(builder, builder.scaleGradient(latentGradient, state), taken);
            rewardLosses[k] = builder.crossEntropy(step.reward(), part(builder, rewardTargets, k, shape.reward().bins()));
            state = step.next();
        }
        network = builder.build(seed);
    }

    private static Node part(NetworkBuilder builder, Node all, int k, int rows) {
        return builder.slice(all, k * rows, rows);
    }

    /** Returns the sizes. */
    public LatentShape shape() {
        return shape;
    }

    /** Returns the parameters that are taught. */
    public Network network() {
        return network;
    }
}
