package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;

/** Declares the functions of a latent model with chance as dense layers, in the manner of {@link DenseLayers}. */
public final class DenseStochasticLayers implements StochasticLayers {
    private final LatentShape shape;
    private final DenseLayers layers;
    private final int codes;

    /**
     * Creates the layers.
     *
     * @param codes chance codes C, at least 2
     */
    public DenseStochasticLayers(LatentShape shape, DenseLayers layers, int codes) {
        this.shape = shape;
        this.layers = layers;
        this.codes = Checks.inRange("codes", codes, 2, 1 << 16);
    }

    /** Returns the layers of everything but chance. */
    public DenseLayers layers() {
        return layers;
    }

    @Override
    public int codes() {
        return codes;
    }

    @Override
    public Node represent(NetworkBuilder builder, Node observation) {
        return layers.represent(builder, observation);
    }

    @Override
    public Imagined imagine(NetworkBuilder builder, Node latent, Node action) {
        throw new UnsupportedOperationException("With chance, a step goes through an afterstate.");
    }

    @Override
    public Node afterstate(NetworkBuilder builder, Node latent, Node action) {
        return layers.change(builder, "afterstate", latent, layers.body(builder, "afterstate", builder.concat(latent, action), layers.depth()));
    }

    @Override
    public Node chance(NetworkBuilder builder, Node afterstate) {
        return builder.dense("chance.out", layers.body(builder, "chance", afterstate, 1), codes, Initialiser.zeros());
    }

    @Override
    public Node afterstateValue(NetworkBuilder builder, Node afterstate) {
        Node body = layers.body(builder, "afterstateValue", afterstate, 1);
        return builder.dense("afterstateValue.out", body, shape.value().bins(), Initialiser.zeros());
    }

    @Override
    public Imagined outcome(NetworkBuilder builder, Node afterstate, Node code) {
        return layers.imagine(builder, afterstate, code);
    }

    @Override
    public Node encode(NetworkBuilder builder, Node before, Node after) {
        Node seen = builder.concat(builder.standardise(OBSERVATION, before), builder.standardise(OBSERVATION, after));
        Node body = layers.body(builder, "encoder", seen, layers.depth() + 1);
        return builder.dense("encoder.out", body, codes, Initialiser.xavierUniform(1));
    }

    @Override
    public Node policy(NetworkBuilder builder, Node latent) {
        return layers.policy(builder, latent);
    }

    @Override
    public Node value(NetworkBuilder builder, Node latent) {
        return layers.value(builder, latent);
    }
}
