package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.tensor.Activation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** What a model with chance imagines: an action leads to an afterstate, and a code from there on. */
    record Chance(Node code, Node afterstate, Node logits, Node value) {}

    final @Nullable Chance chance;

    // The unrolled graph: what it reads, and the losses of every position.
    final Node observations;
    final Node actions;
    final Node sampledActions;
    final Node policyTargets;
    final Node valueTargets;
    final Node rewardTargets;
    final Node inside;
    /** {@code [U x C x K]}: Gumbel noise on the encoder's logits, or the codes themselves where they are told. */
    final Node codeInput;
    final Node firstValue;
    final List<LossTerm> terms = new ArrayList<>();

    /** Rows at the end of a state that remember imagined steps, and after how many they are emptied. */
    final int memoryRows;
    final int memorySteps;

    private final LatentLayers layers;
    private final Node[] chanceLosses;
    private final Node[] afterstateLosses;
    private final Node[] commitmentLosses;

    /** Declares the graphs and draws the parameters. */
    public LatentNetwork(LatentShape shape, LatentLayers layers, UnrollGraph unrolled, long seed) {
        this.shape = shape;
        this.layers = layers;
        this.unrolled = unrolled;
        memoryRows = layers.memoryRows();
        memorySteps = layers.memorySteps();
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
        chance = layers instanceof StochasticLayers stochastic ? chance(builder, stochastic) : null;
        LatentLayers.Imagined imagined = chance != null && layers instanceof StochasticLayers stochastic
                ? stochastic.outcome(builder, latent, chance.code())
                : layers.imagine(builder, latent, action);
        next = imagined.next();
        reward = imagined.reward();
        nextPolicy = policy(builder, next);
        nextValue = layers.value(builder, next);

        int unroll = unrolled.unroll();
        chanceLosses = new Node[unroll];
        afterstateLosses = new Node[unroll];
        commitmentLosses = new Node[unroll];
        int positions = unroll + 1;
        int targetRows = unrolled.samples() > 0 ? unrolled.samples() : shape.policyRows();
        boolean futures = unrolled.consistent() || chance != null;
        observations = builder.target("observations", shape.observationSize() * (futures ? positions : 1));
        actions = builder.target("actions", Math.max(1, unroll * shape.actionRows()));
        sampledActions = builder.target("sampledActions", positions * Math.max(1, unrolled.samples() * shape.actionRows()));
        policyTargets = builder.target("policyTargets", positions * targetRows);
        valueTargets = builder.target("valueTargets", positions * shape.value().bins());
        rewardTargets = builder.target("rewardTargets", Math.max(1, unroll * shape.reward().bins()));
        inside = builder.target("inside", positions);
        codeInput = builder.target("codeInput", Math.max(1, unroll * codes(layers)));
        Node[] policyLosses = new Node[positions];
        Node[] valueLosses = new Node[positions];
        Node[] rewardLosses = new Node[unroll];
        Node[] consistencyLosses = new Node[unrolled.consistent() ? unroll : 0];
        Node state = layers.represent(builder, seen(builder, 0));
        firstValue = layers.value(builder, state);
        for (int k = 0; k <= unroll; k++) {
            Node worth = k == 0 ? firstValue : layers.value(builder, state);
            valueLosses[k] = builder.crossEntropy(worth, valueTarget(builder, k));
            policyLosses[k] = builder.crossEntropy(preferences(builder, state, k), part(builder, policyTargets, k, targetRows));
            if (k == unroll) break;
            Node taken = part(builder, actions, k, shape.actionRows());
            Node from = builder.scaleGradient(unrolled.latentGradient(), state);
            if (memorySteps > 0 && k > 0 && k % memorySteps == 0) from = layers.forget(builder, from);
            LatentLayers.Imagined step = layers instanceof StochasticLayers stochastic
                    ? unrollChance(builder, stochastic, from, taken, k)
                    : layers.imagine(builder, from, taken);
            rewardLosses[k] = builder.crossEntropy(step.reward(), part(builder, rewardTargets, k, shape.reward().bins()));
            state = step.next();
            if (unrolled.consistent()) consistencyLosses[k] = consistency(builder, state, k + 1);
        }
        double values = Math.log(shape.value().bins());
        terms.add(new LossTerm("policy", policyLosses, true, Math.log(Math.max(2, targetRows))));
        terms.add(new LossTerm("value", valueLosses, true, values));
        if (unroll > 0) terms.add(new LossTerm("reward", rewardLosses, false, Math.log(shape.reward().bins())));
        if (unroll > 0 && unrolled.consistent()) terms.add(new LossTerm("consistency", consistencyLosses, false, 1));
        if (unroll > 0 && chance != null) {
            terms.add(new LossTerm("chance", chanceLosses, false, Math.log(codes(layers))));
            terms.add(new LossTerm("afterstateValue", afterstateLosses, false, values));
            if (!unrolled.chanceTold()) terms.add(new LossTerm("commitment", commitmentLosses, false, 1));
        }
        network = builder.build(seed);
    }

    private Chance chance(NetworkBuilder builder, StochasticLayers stochastic) {
        Node afterstate = stochastic.afterstate(builder, latent, action);
        return new Chance(builder.input("code", stochastic.codes()), afterstate, stochastic.chance(builder, afterstate),
                stochastic.afterstateValue(builder, afterstate));
    }

    /** One imagined step with the code that is told or that the encoder reads off the observations, and what teaches what chance does. */
    private LatentLayers.Imagined unrollChance(NetworkBuilder builder, StochasticLayers stochastic, Node state, Node taken, int k) {
        Node afterstate = stochastic.afterstate(builder, state, taken);
        Node counts = part(builder, inside, k, 1);
        Node input = part(builder, codeInput, k, stochastic.codes());
        Node code = unrolled.chanceTold() ? input : encoded(builder, stochastic, input, counts, k);
        chanceLosses[k] = builder.times(builder.crossEntropy(stochastic.chance(builder, afterstate), builder.stopGradient(code)), counts);
        afterstateLosses[k] = builder.crossEntropy(stochastic.afterstateValue(builder, afterstate), valueTarget(builder, k));
        return stochastic.outcome(builder, afterstate, code);
    }

    private Node encoded(NetworkBuilder builder, StochasticLayers stochastic, Node noise, Node counts, int k) {
        int codes = stochastic.codes();
        Node logits = stochastic.encode(builder, seen(builder, k), seen(builder, k + 1));
        Node belief = builder.softmax(codes, logits);
        Node certain = builder.stopGradient(builder.straightThrough(codes, belief));
        commitmentLosses[k] = builder.times(builder.squaredError(belief, certain), counts);
        // The code is drawn, with the derivative of the softmax (Jang and others 2017): the likeliest one alone would stay one for ever.
        return builder.straightThrough(codes, builder.softmax(codes, builder.add(logits, noise)));
    }

    private static int codes(LatentLayers layers) {
        return layers instanceof StochasticLayers stochastic ? stochastic.codes() : 0;
    }

    /** Returns the number of chance codes, 0 without chance. */
    int codes() {
        return codes(layers);
    }

    private Node seen(NetworkBuilder builder, int k) {
        return part(builder, observations, k, shape.observationSize());
    }

    private Node valueTarget(NetworkBuilder builder, int k) {
        return part(builder, valueTargets, k, shape.value().bins());
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
        Node target = builder.stopGradient(project(builder, layers.represent(builder, seen(builder, k))));
        int rows = shape.latentSize() - memoryRows;
        Node hidden = builder.activation(
                Activation.RELU, builder.dense("predictor.in", project(builder, imagined), rows, Initialiser.heUniform()));
        Node guess = builder.dense("predictor.out", hidden, rows, Initialiser.xavierUniform(1));
        return builder.times(builder.negativeCosine(COSINE_EPSILON, guess, target), part(builder, inside, k, 1));
    }

    private Node project(NetworkBuilder builder, Node state) {
        int rows = shape.latentSize() - memoryRows;
        Node compared = memoryRows == 0 ? state : builder.slice(state, 0, rows);
        Node hidden = builder.activation(Activation.RELU, builder.dense("projector.in", compared, rows, Initialiser.heUniform()));
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
