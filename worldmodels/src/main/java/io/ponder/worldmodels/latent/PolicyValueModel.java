package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Game;
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
import io.ponder.worldmodels.game.GameModel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Imagines with the exact rules of a game, and asks a network for the policy and the value of every position (AlphaZero, Silver and others
 * 2018). Illegal moves have no probability, ends are ends, and chance moves as the rules say. A position where chance moves is worth what one
 * drawn outcome of it is worth: the network knows positions in which somebody decides.
 *
 * <p>For one player or two players of a zero-sum game who take turns. Forks share the parameters. Allocates nothing once it has seen its
 * largest batch.
 *
 * <p>The network may run on another device ({@link #on}); the rules run on the CPU.
 */
public final class PolicyValueModel implements WorldModel, LatentHeads, NetworkFollower, AutoCloseable {
    private final LatentNetwork graph;
    private final SharedWeights weights;
    private final SharedEvaluators evaluators;
    private final GameModel rules;
    private final FreshPass network;
    private final ScalarCodec values;
    private @Nullable StepBuffer settled;
    private float[] observations = {};
    private float[] policy = {};
    private float[] valueLogits = {};
    private float[] value = {};

    /**
     * Creates a model with its own copy of the parameters as they are now.
     *
     * @param graph its observations and actions are those of the game
     */
    public PolicyValueModel(Game game, LatentNetwork graph) {
        this(GameModel.of(game), graph, new SharedWeights(graph.network), new SharedEvaluators(Backend.CPU));
        Checks.same("players with a value", rules.spec().players(), "what the network knows", 1);
        Checks.same("observationSize of the network", graph.shape.observationSize(), "that of the game", game.observationSize());
        Checks.same("actionCount of the network", graph.shape.actionCount(), "that of the game", game.actionCount());
    }

    private PolicyValueModel(GameModel rules, LatentNetwork graph, SharedWeights weights, SharedEvaluators evaluators) {
        this.graph = graph;
        this.weights = weights;
        this.evaluators = evaluators;
        this.rules = rules;
        network = new FreshPass(weights, evaluators.open(weights.network, judged(graph)));
        values = graph.shape.value().codec();
    }

    private static Node[] judged(LatentNetwork graph) {
        return new Node[] {graph.seenPolicy, graph.seenValue};
    }

    /** Returns why {@link Backend#OPENCL} cannot compute the network of this model, one sentence each; empty where it can. */
    public List<String> reasonsAgainstOpenCl() {
        return Backend.reasonsAgainstOpenCl(weights.network, judged(graph));
    }

    /**
     * Returns a model of the same parameters (one loads for both) whose network, all positions of a call together, runs on a backend: what
     * a tree search asks for its leaves. The caller closes it, which ends its forks as well; calls after that are an
     * {@link IllegalStateException}.
     *
     * @throws IllegalStateException if OpenCL is asked for and cannot be had; the message says why
     */
    public PolicyValueModel on(Backend backend) {
        return new PolicyValueModel((GameModel) rules.fork(), graph, weights, new SharedEvaluators(backend));
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
        return rules.spec();
    }

    @Override
    public int chanceCount() {
        return rules.chanceCount();
    }

    @Override
    public void init(float[] seen, int columns, ModelState out) {
        rules.init(seen, columns, out);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        rules.step(state, actions, keys, out);
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        rules.evaluate(states, keys, out);
        judge(states, keys, out);
    }

    @Override
    public void expand(ModelState parents, byte[] parentKinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        rules.expand(parents, parentKinds, actions, keys, step, out);
        judge(step.next(), keys, out);
    }

    /** Overwrites what the rules cannot know: how promising legal moves are, and what a position is worth to whoever moves. */
    private void judge(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        StepBuffer after = rules.chanceCount() == 0 ? null : settle(states, keys, columns);
        run(after == null ? states : after.next(), columns);
        float[] logits = out.logits();
        for (int k = 0; k < columns; k++) {
            out.value()[k] = after == null ? value[k] : after.reward()[k] + after.discount()[k] * value[k];
            if (out.kind()[k] != NodeKind.DECISION) continue;
            for (int a = 0; a < spec().actionCount(); a++) {
                int at = a * columns + k;
                if (logits[at] != Float.NEGATIVE_INFINITY) logits[at] = policy[at];
            }
        }
    }

    private StepBuffer settle(ModelState states, ColumnKeys keys, int columns) {
        if (settled == null || value.length < columns) settled = new StepBuffer(spec(), columns);
        rules.settle(states, keys, settled);
        return settled;
    }

    private void run(ModelState states, int columns) {
        if (value.length < columns) {
            observations = new float[spec().observationSize() * columns];
            policy = new float[spec().actionCount() * columns];
            valueLogits = new float[values.bins() * columns];
            value = new float[columns];
        }
        rules.observe(states, observations);
        network.read(graph.observation, observations, columns);
        network.write(graph.seenPolicy, policy, columns).write(graph.seenValue, valueLogits, columns).run(columns);
        values.decode(columns, valueLogits, 0, valueLogits, 0, value, 0);
    }

    @Override
    public WorldModel fork() {
        return new PolicyValueModel((GameModel) rules.fork(), graph, weights, evaluators);
    }

    @Override
    public <T> @Nullable T as(Class<T> capability) {
        if (capability == DeviceUse.class && evaluators.backend != Backend.CPU) return capability.cast(evaluators);
        return capability.isInstance(this) ? capability.cast(this) : null;
    }

    @Override
    public String toString() {
        return "policy and value of " + rules.game().name() + " " + Arrays.asList(graph.shape);
    }
}
