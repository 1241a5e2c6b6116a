package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.tensor.Activation;

/**
 * Declares every function as dense layers with layer norm and relu, over standardised observations; the dynamics adds to the state it starts
 * from. The last layers of policy, value and reward begin at 0, so that nothing is promised before it was learned.
 */
public final class DenseLayers implements LatentLayers {
    private static final double EPSILON = 1e-5;

    private final LatentShape shape;
    private final LatentScaling scaling;
    private final int hidden;
    private final int depth;

    /**
     * Creates the layers.
     *
     * @param hidden units of every hidden layer
     * @param depth  hidden layers of the dynamics, and of the representation behind its first; the heads have one
     */
    public DenseLayers(LatentShape shape, LatentScaling scaling, int hidden, int depth) {
        this.shape = shape;
        this.scaling = scaling;
        this.hidden = Checks.positive("hidden", hidden);
        this.depth = Checks.positive("depth", depth);
    }

    /** Returns what keeps states in a range. */
    public LatentScaling scaling() {
        return scaling;
    }

    /** Returns the units of every hidden layer. */
    public int hidden() {
        return hidden;
    }

    /** Returns the hidden layers of the dynamics. */
    public int depth() {
        return depth;
    }

    @Override
    public Node represent(NetworkBuilder builder, Node observation) {
        // No layer norm on what is seen: it would take the size of the observation away and leave only its direction.
        Node first = builder.dense("representation.in", builder.standardise(OBSERVATION, observation), hidden, Initialiser.heUniform());
        Node body = body(builder, "representation", builder.activation(Activation.RELU, first), depth);
        return scaling.apply(builder, builder.dense("representation.out", body, shape.latentSize(), Initialiser.xavierUniform(1)));
    }

    @Override
    public Imagined imagine(NetworkBuilder builder, Node latent, Node action) {
        Node body = body(builder, "dynamics", builder.concat(latent, action), depth);
        Node reward = builder.dense("reward.out", body(builder, "reward", body, 1), shape.reward().bins(), Initialiser.zeros());
        return new Imagined(change(builder, "dynamics", latent, body), reward);
    }

    /** Adds to a state what the units of a body say. */
    Node change(NetworkBuilder builder, String name, Node latent, Node body) {
        Node change = builder.dense(name + ".out", body, shape.latentSize(), Initialiser.xavierUniform(1));
        return scaling.apply(builder, builder.add(latent, change));
    }

    @Override
    public Node policy(NetworkBuilder builder, Node latent) {
        return builder.dense("policy.out", body(builder, "policy", latent, 1), shape.policyRows(), Initialiser.zeros());
    }

    @Override
    public Node value(NetworkBuilder builder, Node latent) {
        return builder.dense("value.out", body(builder, "value", latent, 1), shape.value().bins(), Initialiser.zeros());
    }

    /** Applies hidden layers. */
    Node body(NetworkBuilder builder, String name, Node input, int layers) {
        Node x = input;
        for (int i = 0; i < layers; i++) {
            Node y = builder.linear(name + i, x, hidden, Initialiser.heUniform());
            x = builder.activation(Activation.RELU, builder.layerNorm(name + i + ".norm", y, EPSILON));
        }
        return x;
    }
}
