package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.nn.RecurrentState;

/**
 * Lets other layers promise the sum of the rewards since the observation instead of every single one, which need not say in which of the
 * steps a reward falls (value prefix: EfficientZero, Ye and others 2021, section 4.2). A long short-term memory goes along with the imagined
 * steps; it is the last rows of a state, and empty where an observation is represented.
 */
public final class PrefixLayers implements LatentLayers {
    private final LatentLayers layers;
    private final int stateRows;
    private final int units;
    private final int horizon;
    private final int bins;

    /**
     * Creates the layers.
     *
     * @param layers  for a shape whose latentSize is smaller by {@link #memoryRows}
     * @param shape   of states with memory; the support of its rewards is that of the sums
     * @param units   of the memory
     * @param horizon imagined steps after which the sum begins anew; fewer than are taught, so that beginning anew is learned too
     */
    public PrefixLayers(LatentLayers layers, LatentShape shape, int units, int horizon) {
        this.layers = layers;
        this.units = Checks.positive("units", units);
        this.horizon = Checks.positive("horizon", horizon);
        bins = shape.reward().bins();
        stateRows = Checks.positive("latentSize without memory", shape.latentSize() - memoryRows());
    }

    /** Returns what the sums are added to. */
    public LatentLayers layers() {
        return layers;
    }

    /** Returns the units of the memory. */
    public int units() {
        return units;
    }

    @Override
    public int memoryRows() {
        return 2 * units;
    }

    @Override
    public int memorySteps() {
        return horizon;
    }

    @Override
    public Node represent(NetworkBuilder builder, Node observation) {
        return remember(builder, layers.represent(builder, observation));
    }

    @Override
    public Node forget(NetworkBuilder builder, Node latent) {
        return remember(builder, state(builder, latent));
    }

    /** Adds an empty memory to a state: any rows times 0. */
    private Node remember(NetworkBuilder builder, Node state) {
        Node empty = builder.affine(0, 0, builder.stopGradient(builder.gatherRows(state, new int[memoryRows()])));
        return builder.concat(state, empty);
    }

    @Override
    public Imagined imagine(NetworkBuilder builder, Node latent, Node action) {
        Imagined step = layers.imagine(builder, state(builder, latent), action);
        var memory = new RecurrentState(builder.slice(latent, stateRows, units), builder.slice(latent, stateRows + units, units));
        RecurrentState next = builder.lstmCell("prefix.memory", step.next(), memory, Initialiser.xavierUniform(1));
        Node before = builder.dense("prefix.out", next.hidden(), bins, Initialiser.zeros());
        return new Imagined(builder.concat(step.next(), next.hidden(), next.cell()), builder.add(step.reward(), before));
    }

    private Node state(NetworkBuilder builder, Node latent) {
        return builder.slice(latent, 0, stateRows);
    }

    @Override
    public Node policy(NetworkBuilder builder, Node latent) {
        return layers.policy(builder, state(builder, latent));
    }

    @Override
    public Node value(NetworkBuilder builder, Node latent) {
        return layers.value(builder, state(builder, latent));
    }
}
