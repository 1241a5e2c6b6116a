package io.ponder.worldmodels.latent;

import io.ponder.engine.env.Box;
import io.ponder.engine.model.ActionSampler;
import io.ponder.engine.model.ActionSamples;
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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Imagines in a latent space, and knows a policy and a value of every imagined state (MuZero, Schrittwieser and others 2020). Nothing is an
 * end: behind the last real state rewards and values are learned to be 0.
 *
 * <p>Continuous actions are proposed by the policy ({@link ActionSampler}; Sampled MuZero, Hubert and others 2021). Forks share the
 * parameters. Allocates nothing once it has seen its largest batch.
 *
 * <p>Steps may run on another device ({@link #on}); observations are represented, and roots judged, on the CPU.
 */
public final class LatentModel implements WorldModel, LatentHeads, ActionSampler, NetworkFollower, AutoCloseable {
    private final LatentNetwork graph;
    private final LatentShape shape;
    private final ModelSpec spec;
    private final SharedWeights weights;
    private final SharedEvaluators evaluators;
    private final StateJudge judge;
    private final FreshPass imagine;
    private final @Nullable RewardSums sums;
    private final ScalarCodec rewards;
    private final ScalarCodec values;
    private @Nullable ObservationValues observationValues;
    private int room;
    private float[] actionRows = {};
    private float[] policyRows = {};
    private float[] valueLogits = {};
    private float[] rewardLogits = {};
    private float[] stepValues = {};

    /** Creates a model with its own copy of the parameters as they are now. */
    public LatentModel(LatentNetwork graph) {
        this(graph, new SharedWeights(graph.network), new SharedEvaluators(Backend.CPU));
    }

    private LatentModel(LatentNetwork graph, SharedWeights weights, SharedEvaluators evaluators) {
        this.graph = graph;
        this.weights = weights;
        this.evaluators = evaluators;
        shape = graph.shape;
        sums = graph.memoryRows == 0 ? null : new RewardSums(graph);
        spec = sums == null ? shape.spec() : shape.withLatentSize(shape.latentSize() + RewardSums.ROWS).spec();
        judge = new StateJudge(graph, weights);
        imagine = new FreshPass(weights, evaluators.open(weights.network, imagined(graph)));
        rewards = shape.reward().codec();
        values = shape.value().codec();
    }

    private static Node[] imagined(LatentNetwork graph) {
        return new Node[] {graph.next, graph.reward, graph.nextPolicy, graph.nextValue};
    }

    /** Returns why {@link Backend#OPENCL} cannot compute the steps of this model, one sentence each; empty where it can. */
    public List<String> reasonsAgainstOpenCl() {
        return Backend.reasonsAgainstOpenCl(weights.network, imagined(graph));
    }

    /**
     * Returns a model of the same parameters (one loads for both) whose steps, all columns of a call together, run on a backend: what a
     * tree search asks for its leaves. The caller closes it, which ends its forks as well; calls after that are an
     * {@link IllegalStateException}.
     *
     * @throws IllegalStateException if OpenCL is asked for and cannot be had; the message says why
     */
    public LatentModel on(Backend backend) {
        return new LatentModel(graph, weights, new SharedEvaluators(backend));
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
        float[] states = out.resize(columns).values();
        judge.represent(observations, columns, states);
        if (sums != null) sums.clear(states, columns);
    }

    private void prepare(int columns) {
        if (columns <= room) return;
        room = columns;
        actionRows = new float[shape.actionRows() * columns];
        policyRows = new float[shape.policyRows() * columns];
        valueLogits = new float[values.bins() * columns];
        rewardLogits = new float[rewards.bins() * columns];
        stepValues = new float[columns];
    }

    @Override
    public void evaluate(ModelState state, ColumnKeys keys, NodeBuffer out) {
        int columns = state.columns();
        prepare(columns);
        out.resize(columns);
        judge.judge(state.values(), columns, policyRows, out.value());
        describe(columns, out);
    }

    private void describe(int columns, NodeBuffer out) {
        if (shape.actionCount() > 0) {
            System.arraycopy(policyRows, 0, out.logits(), 0, shape.policyRows() * columns);
        } else {
            Arrays.fill(out.logits(), 0, out.width() * columns, 0f);
        }
        Arrays.fill(out.kind(), 0, columns, NodeKind.DECISION);
        Arrays.fill(out.playerToMove(), 0, columns, 0);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        prepare(state.columns());
        imagine(state, actions, out, stepValues);
    }

    @Override
    public void expand(ModelState parents, byte[] parentKinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        prepare(parents.columns());
        out.resize(parents.columns());
        imagine(parents, actions, step, out.value());
        describe(parents.columns(), out);
    }

    private void imagine(ModelState state, float[] actions, StepBuffer out, float[] value) {
        int columns = state.columns();
        float[] next = out.next().resize(columns).values();
        shape.encode(columns, actions, 0, actionRows, 0);
        imagine.read(graph.latent, sums == null ? state.values() : sums.start(state.values(), columns), columns);
        imagine.read(graph.action, actionRows, columns);
        imagine.write(graph.next, next, columns).write(graph.reward, rewardLogits, columns);
        imagine.write(graph.nextPolicy, policyRows, columns).write(graph.nextValue, valueLogits, columns).run(columns);
        rewards.decode(columns, rewardLogits, 0, rewardLogits, 0, out.reward(), 0);
        if (sums != null) sums.finish(columns, next, out.reward());
        values.decode(columns, valueLogits, 0, valueLogits, 0, value, 0);
        Arrays.fill(out.discount(), 0, columns, (float) shape.discount());
    }

    /** Draws from the policy itself. */
    @Override
    public void sample(ModelState state, int count, ColumnKeys keys, ActionSamples out) {
        int columns = state.columns();
        prepare(columns);
        judge.judge(state.values(), columns, policyRows, stepValues);
        SquashedNormal.sample((Box) shape.actions(), policyRows, count, keys, out.resize(count, columns));
    }

    /**
     * Writes the values of observations.
     *
     * @param observations {@code [O x K]}. Not modified.
     * @param out          {@code [K]}. Modified.
     */
    public void values(float[] observations, int columns, float[] out) {
        if (observationValues == null) observationValues = new ObservationValues(graph, weights);
        observationValues.values(observations, columns, out);
    }

    @Override
    public WorldModel fork() {
        return new LatentModel(graph, weights, evaluators);
    }

    @Override
    public <T> @Nullable T as(Class<T> capability) {
        if (capability == ActionSampler.class && shape.actionCount() > 0) return null;
        if (capability == DeviceUse.class && evaluators.backend != Backend.CPU) return capability.cast(evaluators);
        return capability.isInstance(this) ? capability.cast(this) : null;
    }
}
