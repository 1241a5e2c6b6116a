package io.ponder.worldmodels.latent;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.nn.ForwardPass;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.ScalarCodec;
import io.ponder.engine.tensor.Kernels;
import java.util.Arrays;

/**
 * Imagines in a latent space, and knows a policy and a value of every imagined state (MuZero, Schrittwieser and others 2020). Nothing is an
 * end: behind the last real state rewards and values are learned to be 0.
 *
 * <p>Forks share the parameters. {@link #load} changes them for all forks, at a time when none of them works. Allocates nothing once it has
 * seen its largest batch.
 */
public final class LatentModel implements WorldModel, LatentHeads, NetworkFollower {
    private final LatentNetwork graph;
    private final LatentShape shape;
    private final ModelSpec spec;
    private final SharedWeights weights;
    private final ForwardPass represent;
    private final ForwardPass predict;
    private final ForwardPass imagine;
    private final ScalarCodec rewards;
    private final ScalarCodec values;
    private int seenVersion = -1;
    private float[] actionRows = {};
    private float[] valueLogits = {};
    private float[] rewardLogits = {};
    private float[] states = {};

    /** Creates a model with its own copy of the parameters as they are now. */
    public LatentModel(LatentNetwork graph) {
        this(graph, new SharedWeights(graph.network));
    }

    private LatentModel(LatentNetwork graph, SharedWeights weights) {
        this.graph = graph;
        this.weights = weights;
        shape = graph.shape;
        spec = shape.spec();
        represent = new ForwardPass(weights.network, graph.represented);
        predict = new ForwardPass(weights.network, graph.policy, graph.value);
        imagine = new ForwardPass(weights.network, graph.next, graph.reward, graph.nextPolicy, graph.nextValue);
        rewards = shape.reward().codec();
        values = shape.value().codec();
    }

    @Override
    public void load(Network from) {
        weights.load(from);
    }

    /** Returns the parameters. Not to be modified but by {@link #load}. */
    public Network network() {
        return weights.network;
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        refresh();
        represent.read(graph.observation, observations, 0, columns);
        represent.write(graph.represented, out.resize(columns).values(), 0, columns);
        represent.run(0, columns);
    }

    private void refresh() {
        if (seenVersion == weights.version()) return;
        seenVersion = weights.version();
        represent.transposeWeights();
        predict.transposeWeights();
        imagine.transposeWeights();
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        imagine(state, actions, out, 0, new float[shape.policyRows() * state.columns()], new float[state.columns()]);
    }

    @Override
    public void evaluate(ModelState state, ColumnKeys keys, NodeBuffer out) {
        refresh();
        int columns = state.columns();
        out.resize(columns);
        predict(state.values(), columns, out.logits(), out.value());
        decide(columns, out);
    }

    private void predict(float[] latents, int columns, float[] policy, float[] value) {
        if (valueLogits.length < values.bins() * columns) valueLogits = new float[values.bins() * columns];
        predict.read(graph.latent, latents, 0, columns);
        predict.write(graph.policy, policy, 0, columns);
        predict.write(graph.value, valueLogits, 0, columns);
        predict.run(0, columns);
        values.decode(columns, valueLogits, 0, valueLogits, 0, value, 0);
    }

    private static void decide(int columns, NodeBuffer out) {
        Arrays.fill(out.kind(), 0, columns, NodeKind.DECISION);
        Arrays.fill(out.playerToMove(), 0, columns, 0);
    }

    @Override
    public void expand(ModelState parents, byte[] parentKinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        out.resize(parents.columns());
        imagine(parents, actions, step, 0, out.logits(), out.value());
        decide(parents.columns(), out);
    }

    private void imagine(ModelState state, float[] actions, StepBuffer out, int offset, float[] policy, float[] value) {
        refresh();
        int columns = state.columns();
        if (valueLogits.length < values.bins() * columns) valueLogits = new float[values.bins() * columns];
        if (rewardLogits.length < rewards.bins() * columns) rewardLogits = new float[rewards.bins() * columns];
        imagine.read(graph.latent, state.values(), 0, columns);
        imagine.read(graph.action, actionRows(actions, columns), 0, columns);
        imagine.write(graph.next, out.next().resize(columns).values(), 0, columns);
        imagine.write(graph.reward, rewardLogits, 0, columns);
        imagine.write(graph.nextPolicy, policy, offset, columns);
        imagine.write(graph.nextValue, valueLogits, 0, columns);
        imagine.run(0, columns);
        rewards.decode(columns, rewardLogits, 0, rewardLogits, 0, out.reward(), 0);
        values.decode(columns, valueLogits, 0, valueLogits, 0, value, 0);
        Arrays.fill(out.discount(), 0, columns, (float) shape.discount());
    }

    private float[] actionRows(float[] actions, int columns) {
        if (shape.actionCount() == 0) return actions;
        if (actionRows.length < shape.actionRows() * columns) actionRows = new float[shape.actionRows() * columns];
        oneHot(shape.actionCount(), columns, actions, 0, actionRows, 0);
        return actionRows;
    }

    /** Writes action indices {@code [K]} as {@code [count x K]} rows of 0 and 1. */
    static void oneHot(int count, int columns, float[] actions, int from, float[] rows, int to) {
        Arrays.fill(rows, to, to + count * columns, 0f);
        for (int k = 0; k < columns; k++) rows[to + (int) actions[from + k] * columns + k] = 1;
    }

    /**
     * Writes the values of observations.
     *
     * @param observations {@code [O x K]}. Not modified.
     * @param out          {@code [K]}. Modified.
     */
    public void values(float[] observations, int columns, float[] out) {
        refresh();
        int size = shape.latentSize() * columns;
        if (states.length < size + shape.policyRows() * columns) states = new float[size + shape.policyRows() * columns];
        represent.read(graph.observation, observations, 0, columns);
        represent.write(graph.represented, states, 0, columns);
        represent.run(0, columns);
        if (valueLogits.length < values.bins() * columns) valueLogits = new float[values.bins() * columns];
        predict.read(graph.latent, states, 0, columns);
        predict.write(graph.policy, states, size, columns);
        predict.write(graph.value, valueLogits, 0, columns);
        predict.run(0, columns);
        values.decode(columns, valueLogits, 0, valueLogits, 0, out, 0);
    }

    @Override
    public WorldModel fork() {
        return new LatentModel(graph, weights);
    }

    @Override
    public int blockColumns() {
        return Kernels.get().lanes() * 32;
    }
}
