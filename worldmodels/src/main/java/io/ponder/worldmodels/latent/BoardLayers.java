package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.tensor.Activation;

/**
 * Declares every function as convolutions over a board, with residual blocks (AlphaZero, Silver and others 2018; MuZero, Schrittwieser and
 * others 2020). A state is {@code [height x width x channels]}; observations are planes, as games give them.
 *
 * <p>An action enters the dynamics as one more plane that is learned for each action. The heads narrow the board to a few channels before
 * their dense layers. The last layers of policy, value and reward begin at 0.
 */
public final class BoardLayers implements LatentLayers {
    private static final int POLICY_CHANNELS = 4;
    private static final int VALUE_CHANNELS = 2;

    private final LatentShape shape;
    private final LatentScaling scaling;
    private final int height;
    private final int width;
    private final int channels;
    private final int blocks;
    private final int hidden;

    /**
     * Creates the layers.
     *
     * @param height   rows of the board
     * @param width    columns of the board
     * @param channels of every convolution; the shape's latentSize must be height x width x channels
     * @param blocks   residual blocks of representation and dynamics
     * @param hidden   units of the value's and reward's dense layer
     */
    public BoardLayers(LatentShape shape, LatentScaling scaling, int height, int width, int channels, int blocks, int hidden) {
        this.shape = shape;
        this.scaling = scaling;
        this.height = Checks.positive("height", height);
        this.width = Checks.positive("width", width);
        this.channels = Checks.positive("channels", channels);
        this.blocks = Checks.positive("blocks", blocks);
        this.hidden = Checks.positive("hidden", hidden);
        Checks.same("latentSize", shape.latentSize(), "height x width x channels", height * width * channels);
        Checks.same("observationSize over planes", shape.observationSize() % (height * width), "rest", 0);
    }

    /** Returns what keeps states in a range. */
    public LatentScaling scaling() {
        return scaling;
    }

    /** Returns the rows of the board. */
    public int height() {
        return height;
    }

    /** Returns the columns of the board. */
    public int width() {
        return width;
    }

    /** Returns the channels of every convolution. */
    public int channels() {
        return channels;
    }

    /** Returns the residual blocks of representation and dynamics. */
    public int blocks() {
        return blocks;
    }

    /** Returns the units of the value's and reward's dense layer. */
    public int hidden() {
        return hidden;
    }

    @Override
    public Node represent(NetworkBuilder builder, Node observation) {
        Node board = builder.positionMajor(observation, height, width);
        return scaling.apply(builder, tower(builder, "representation", board));
    }

    @Override
    public Imagined imagine(NetworkBuilder builder, Node latent, Node action) {
        Node plane = builder.linear("dynamics.action", action, height * width, Initialiser.xavierUniform(1));
        // The plane goes behind the channels of its cell.
        Node stacked = builder.concat(builder.planeMajor(latent, height, width), plane);
        Node next = tower(builder, "dynamics", builder.positionMajor(stacked, height, width));
        return new Imagined(scaling.apply(builder, next), scalar(builder, "reward", next, shape.reward().bins()));
    }

    private Node tower(NetworkBuilder builder, String name, Node board) {
        Node x = builder.activation(
                Activation.RELU, builder.conv2d(name + ".in", board, height, width, channels, 3, Initialiser.heUniform()));
        for (int i = 0; i < blocks; i++) x = builder.residualBlock(name + i, x, height, width, 3, true);
        return x;
    }

    @Override
    public Node policy(NetworkBuilder builder, Node latent) {
        Node narrow = builder.activation(
                Activation.RELU, builder.conv2d("policy.narrow", latent, height, width, POLICY_CHANNELS, 1, Initialiser.heUniform()));
        return builder.dense("policy.out", narrow, shape.policyRows(), Initialiser.zeros());
    }

    @Override
    public Node value(NetworkBuilder builder, Node latent) {
        return scalar(builder, "value", latent, shape.value().bins());
    }

    private Node scalar(NetworkBuilder builder, String name, Node latent, int bins) {
        Node narrow = builder.activation(
                Activation.RELU, builder.conv2d(name + ".narrow", latent, height, width, VALUE_CHANNELS, 1, Initialiser.heUniform()));
        Node body = builder.activation(Activation.RELU, builder.dense(name + ".in", narrow, hidden, Initialiser.heUniform()));
        return builder.dense(name + ".out", body, bins, Initialiser.zeros());
    }
}
