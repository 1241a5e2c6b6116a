package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.tensor.Activation;

/**
 * Holds the parameters of a latent model, and the graphs that use them: look at an observation, judge a state, imagine a step, and the
 * unrolled graph that teaches.
 *
 * <p>A policy over continuous actions is a normal squashed by tanh, its mean within 3 and its deviation from 0.08 to 1.65 before the
 * squashing; both begin at mean 0 and deviation 1.
 */
public final class LatentNetwork {
    private static final double COSINE_EPSILON = 1e-8;

    final LatentShape shape;
    final UnrollGraph unrolled;
    final Network network;

    // Single applications: an observation, a state, a step.
    final Node observation;
    final Node represented;
    final Node seenPolicy;
    final Node seenValue;
    final Node latent;
    final Node action;
    final Node policy;
    final Node value;
    final Node next;
    final Node reward;
    final Node nextPolicy;
    final Node nextValue;

    // The unrolled graph: what it reads, and the losses of every position.
    final Node observations;
    final Node actions;
    final Node sampledActions;
    final Node policyTargets;
    final Node valueTargets;
    final Node rewardTargets;
    final Node inside;
    final Node firstValue;
    final Node[] policyLosses;
    final Node[] valueLosses;
    final Node[] rewardLosses;
    final Node[] consistencyLosses;

    private final LatentLayers layers;

    /** Declares the graphs and draws the parameters. */
    public LatentNetwork(LatentShape shape, LatentLayers layers, UnrollGraph unrolled, long seed) {
        this.shape = shape;
        this.layers = layers;
        this.unrolled = unrolled;
        if (shape.actionCount() == 0) Checks.positive("samples of continuous actions", unrolled.samples());
        var builder = new NetworkBuilder().reuseNames();
        observation = builder.input("observation", shape.observationSize());
        represented = layers.represent(builder, observation);
        seenPolicy = policy(builder, represented);
        seenValue = layers.value(builder, represented);
        latent = builder.input("latent", shape.latentSize());
        action = builder.input("action", shape.actionRows());
        policy = policy(builder, latent);
        value = layers.value(builder, latent);
        LatentLayers.Imagined imagined = layers.imagine(builder, latent, action);
        next = imagined.next();
        reward = imagined.reward();
        nextPolicy = policy(builder, next);
        nextValue = layers.value(builder, next);

        int unroll = unrolled.unroll();
        int positions = unroll + 1;
        int targetRows = unrolled.samples() > 0 ? unrolled.samples() : shape.policyRows();
        observations = builder.target("observations", shape.observationSize() * (unrolled.consistent() ? positions : 1));
        actions = builder.target("actions", Math.max(1, unroll * shape.actionRows()));
        sampledActions = builder.target("sampledActions", positions * Math.max(1, unrolled.samples() * shape.actionRows()));
        policyTargets = builder.target("policyTargets", positions * targetRows);
        valueTargets = builder.target("valueTargets", positions * shape.value().bins());
        rewardTargets = builder.target("rewardTargets", Math.max(1, unroll * shape.reward().bins()));
        inside = builder.target("inside", positions);
        policyLosses = new Node[positions];
        valueLosses = new Node[positions];
        rewardLosses = new Node[unroll];
        consistencyLosses = new Node[unrolled.consistent() ? unroll : 0];
        Node state = layers.represent(builder, part(builder, observations, 0, shape.observationSize()));
        firstValue = layers.value(builder, state);
        for (int k = 0; k <= unroll; k++) {
            Node worth = k == 0 ? firstValue : layers.value(builder, state);
            valueLosses[k] = builder.crossEntropy(worth, part(builder, valueTargets, k, shape.value().bins()));
            policyLosses[k] = builder.crossEntropy(preferences(builder, state, k), part(builder, policyTargets, k, targetRows));
            if (k == unroll) break;
            Node taken = part(builder, actions, k, shape.actionRows());
            LatentLayers.Imagined step = layers.imagine(builder, builder.scaleGradient(unrolled.latentGradient(), state), taken);
            rewardLosses[k] = builder.crossEntropy(step.reward(), part(builder, rewardTargets, k, shape.reward().bins()));
            state = step.next();
            if (unrolled.consistent()) consistencyLosses[k] = consistency(builder, state, k + 1);
        }
        network = builder.build(seed);
    }

    private static Node part(NetworkBuilder builder, Node all, int k, int rows) {
        return builder.slice(all, k * rows, rows);
    }

    private Node policy(NetworkBuilder builder, Node state) {
        Node raw = layers.policy(builder, state);
        if (shape.actionCount() > 0) return raw;
        int size = shape.actionRows();
        Node mean = builder.activation(Activation.TANH, builder.affine(1 / 3.0, 0, builder.slice(raw, 0, size)));
        Node deviation = builder.activation(Activation.TANH, builder.affine(1, 0.8, builder.slice(raw, size, size)));
        return builder.concat(builder.affine(3, 0, mean), builder.affine(1.5, -1, deviation));
    }

    /** What is compared with the policy to teach: logits of the actions, or log-densities of the sampled ones. */
    private Node preferences(NetworkBuilder builder, Node state, int k) {
        Node own = policy(builder, state);
        if (shape.actionCount() > 0) return own;
        int size = shape.actionRows();
        return builder.tanhGaussianLogDensity(
                builder.slice(own, 0, size), builder.slice(own, size, size), part(builder, sampledActions, k, unrolled.samples() * size));
    }

    /** The cosine between the imagined state and the one seen at the same time, both projected; nothing behind the end. */
    private Node consistency(NetworkBuilder builder, Node imagined, int k) {
        Node seen = layers.represent(builder, part(builder, observations, k, shape.observationSize()));
        Node target = builder.stopGradient(project(builder, seen));
        int rows = shape.latentSize();
        Node hidden = builder.activation(
                Activation.RELU, builder.dense("predictor.in", project(builder, imagined), rows, Initialiser.heUniform()));
        Node guess = builder.dense("predictor.out", hidden, rows, Initialiser.xavierUniform(1));
        return builder.times(builder.negativeCosine(COSINE_EPSILON, guess, target), part(builder, inside, k, 1));
    }

    private Node project(NetworkBuilder builder, Node state) {
        int rows = shape.latentSize();
        Node hidden = builder.activation(Activation.RELU, builder.dense("projector.in", state, rows, Initialiser.heUniform()));
        return builder.dense("projector.out", hidden, rows, Initialiser.xavierUniform(1));
    }

    /** Returns the sizes. */
    public LatentShape shape() {
        return shape;
    }

    /** Returns what the unrolled graph computes. */
    public UnrollGraph unrolled() {
        return unrolled;
    }

    /** Returns the parameters that are taught. */
    public Network network() {
        return network;
    }
}
