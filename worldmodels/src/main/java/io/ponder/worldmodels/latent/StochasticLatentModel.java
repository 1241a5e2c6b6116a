package io.ponder.worldmodels.latent;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.DeviceUse;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.Node;
import io.ponder.engine.nn.ScalarCodec;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Imagines in a latent space in which an action leads to an afterstate, and a chance code from there to the next state (Stochastic MuZero,
 * Antonoglou and others 2022). Decision columns run the afterstate's networks only, chance columns those of the outcome.
 *
 * <p>Forks share the parameters. Allocates nothing once it has seen its largest batch.
 *
 * <p>Steps may run on another device ({@link #on}); observations are represented, and roots judged, on the CPU.
 */
public final class StochasticLatentModel implements WorldModel, LatentHeads, NetworkFollower, AutoCloseable {
    private final LatentNetwork graph;
    private final LatentNetwork.Chance chance;
    private final LatentShape shape;
    private final ModelSpec spec;
    private final SharedWeights weights;
    private final SharedEvaluators evaluators;
    private final int codes;
    private final StateJudge judge;
    private final FreshPass act;
    private final FreshPass turnOut;
    private final ScalarCodec rewards;
    private final ScalarCodec values;
    private int room;
    private int[] picked = {};
    private float[] states = {};
    private float[] inputs = {};
    private float[] moves = {};
    private float[] nextStates = {};
    private float[] logits = {};
    private float[] valueLogits = {};
    private float[] rewardLogits = {};
    private float[] value = {};
    private float[] reward = {};

    /** Creates a model with its own copy of the parameters as they are now; the layers of the network must be {@link StochasticLayers}. */
    public StochasticLatentModel(LatentNetwork graph) {
        this(graph, new SharedWeights(graph.network), new SharedEvaluators(Backend.CPU));
    }

    private StochasticLatentModel(LatentNetwork graph, SharedWeights weights, SharedEvaluators evaluators) {
        this.graph = graph;
        this.weights = weights;
        this.evaluators = evaluators;
        chance = chance(graph);
        shape = graph.shape;
        spec = shape.spec();
        codes = chance.code().rows();
        judge = new StateJudge(graph, weights);
        act = new FreshPass(weights, evaluators.open(weights.network, acted(graph)));
        turnOut = new FreshPass(weights, evaluators.open(weights.network, turnedOut(graph)));
        rewards = shape.reward().codec();
        values = shape.value().codec();
    }

    private static LatentNetwork.Chance chance(LatentNetwork graph) {
        return Objects.requireNonNull(graph.chance, "the network has no chance");
    }

    private static Node[] acted(LatentNetwork graph) {
        LatentNetwork.Chance chance = chance(graph);
        return new Node[] {chance.afterstate(), chance.logits(), chance.value()};
    }

    private static Node[] turnedOut(LatentNetwork graph) {
        return new Node[] {graph.next, graph.reward, graph.nextPolicy, graph.nextValue};
    }

    /** Returns why {@link Backend#OPENCL} cannot compute the steps of this model, one sentence each; empty where it can. */
    public List<String> reasonsAgainstOpenCl() {
        List<String> reasons = new ArrayList<>(Backend.reasonsAgainstOpenCl(weights.network, acted(graph)));
        for (String reason : Backend.reasonsAgainstOpenCl(weights.network, turnedOut(graph))) {
            if (!reasons.contains(reason)) reasons.add(reason);
        }
        return List.copyOf(reasons);
    }

    /**
     * Returns a model of the same parameters (one loads for both) whose steps, all columns of a call together, run on a backend: what a
     * tree search asks for its leaves. The caller closes it, which ends its forks as well; calls after that are an
     * {@link IllegalStateException}.
     *
     * @throws IllegalStateException if OpenCL is asked for and cannot be had; the message says why
     */
    public StochasticLatentModel on(Backend backend) {
        return new StochasticLatentModel(graph, weights, new SharedEvaluators(backend));
    }

    /** Ends this model and all its forks. Does nothing on the CPU. */
    @Override
    public void close() {
        evaluators.close();
    }

    @Override
    public void load(Network from) {
        weights.load(from);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public int chanceCount() {
        return codes;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        judge.represent(observations, columns, out.resize(columns).values());
    }

    private void prepare(int columns) {
        if (columns <= room) return;
        room = columns;
        int edges = Math.max(codes, shape.actionRows());
        picked = new int[columns];
        states = new float[shape.latentSize() * columns];
        inputs = new float[edges * columns];
        moves = new float[columns];
        nextStates = new float[shape.latentSize() * columns];
        logits = new float[Math.max(codes, shape.policyRows()) * columns];
        valueLogits = new float[values.bins() * columns];
        rewardLogits = new float[rewards.bins() * columns];
        value = new float[columns];
        reward = new float[columns];
    }

    @Override
    public void evaluate(ModelState state, ColumnKeys keys, NodeBuffer out) {
        int columns = state.columns();
        out.resize(columns);
        judge.judge(state.values(), columns, out.logits(), out.value());
        Arrays.fill(out.kind(), 0, columns, NodeKind.DECISION);
        Arrays.fill(out.playerToMove(), 0, columns, 0);
    }

    @Override
    public void expand(ModelState parents, byte[] parentKinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        int columns = parents.columns();
        prepare(columns);
        step.next().resize(columns);
        out.resize(columns);
        Arrays.fill(out.playerToMove(), 0, columns, 0);
        int decisions = pick(parents, parentKinds, NodeKind.DECISION, actions);
        if (decisions > 0) {
            act(decisions);
            for (int j = 0; j < decisions; j++) write(j, decisions, columns, codes, NodeKind.CHANCE, 1, 0, step, out);
        }
        int outcomes = pick(parents, parentKinds, NodeKind.CHANCE, actions);
        if (outcomes == 0) return;
        turnOut(outcomes);
        for (int j = 0; j < outcomes; j++) {
            write(j, outcomes, columns, shape.policyRows(), NodeKind.DECISION, (float) shape.discount(), reward[j], step, out);
        }
    }

    /** Gathers the columns of a kind into dense blocks. */
    private int pick(ModelState parents, byte[] kinds, byte kind, float[] actions) {
        int columns = parents.columns();
        int count = 0;
        for (int k = 0; k < columns; k++) {
            if (kinds[k] == kind) picked[count++] = k;
        }
        for (int d = 0; d < shape.latentSize(); d++) {
            for (int j = 0; j < count; j++) states[d * count + j] = parents.values()[d * columns + picked[j]];
        }
        for (int j = 0; j < count; j++) moves[j] = actions[picked[j]];
        return count;
    }

    /** From states and actions to afterstates, with the logits of the codes. */
    private void act(int columns) {
        shape.encode(columns, moves, 0, inputs, 0);
        act.read(graph.latent, states, columns).read(graph.action, inputs, columns);
        act.write(chance.afterstate(), nextStates, columns).write(chance.logits(), logits, columns);
        act.write(chance.value(), valueLogits, columns).run(columns);
        values.decode(columns, valueLogits, 0, valueLogits, 0, value, 0);
    }

    /** From afterstates and codes to states. */
    private void turnOut(int columns) {
        Arrays.fill(inputs, 0, codes * columns, 0f);
        for (int k = 0; k < columns; k++) inputs[(int) moves[k] * columns + k] = 1;
        turnOut.read(graph.latent, states, columns).read(chance.code(), inputs, columns);
        turnOut.write(graph.next, nextStates, columns).write(graph.reward, rewardLogits, columns);
        turnOut.write(graph.nextPolicy, logits, columns).write(graph.nextValue, valueLogits, columns).run(columns);
        rewards.decode(columns, rewardLogits, 0, rewardLogits, 0, reward, 0);
        values.decode(columns, valueLogits, 0, valueLogits, 0, value, 0);
    }

    /** Scatters column j of the dense blocks to where it belongs. */
    private void write(
            int j, int count, int columns, int edges, byte kind, float discount, float earned, StepBuffer step, NodeBuffer out) {
        int k = picked[j];
        for (int d = 0; d < shape.latentSize(); d++) step.next().values()[d * columns + k] = nextStates[d * count + j];
        for (int w = 0; w < edges; w++) out.logits()[w * columns + k] = logits[w * count + j];
        out.value()[k] = value[j];
        out.kind()[k] = kind;
        step.reward()[k] = earned;
        step.discount()[k] = discount;
    }

    /** Goes from decision to decision: the code is drawn. */
    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        prepare(columns);
        out.next().resize(columns);
        System.arraycopy(state.values(), 0, states, 0, shape.latentSize() * columns);
        System.arraycopy(actions, 0, moves, 0, columns);
        act(columns);
        Kernels.get().softmax(1, codes, columns, logits, 0, columns, logits, 0, columns);
        for (int k = 0; k < columns; k++) {
            float uniform = CounterRandom.uniform(keys.key0()[k], keys.key1()[k], keys.sample()[k], keys.step());
            moves[k] = CounterRandom.categorical(codes, logits, k, columns, uniform);
        }
        System.arraycopy(nextStates, 0, states, 0, shape.latentSize() * columns);
        turnOut(columns);
        System.arraycopy(nextStates, 0, out.next().values(), 0, shape.latentSize() * columns);
        System.arraycopy(reward, 0, out.reward(), 0, columns);
        Arrays.fill(out.discount(), 0, columns, (float) shape.discount());
    }

    @Override
    public WorldModel fork() {
        return new StochasticLatentModel(graph, weights, evaluators);
    }

    @Override
    public <T> @Nullable T as(Class<T> capability) {
        if (capability == DeviceUse.class && evaluators.backend != Backend.CPU) return capability.cast(evaluators);
        return capability.isInstance(this) ? capability.cast(this) : null;
    }
}
