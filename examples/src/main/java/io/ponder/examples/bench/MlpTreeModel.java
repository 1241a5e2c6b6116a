package io.ponder.examples.bench;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.nn.ForwardPass;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.tensor.Activation;
import java.util.Arrays;

/**
 * A latent model of small random networks: latent and one-hot action to the next latent and a reward, latent to logits and value, two
 * hidden layers of 128 relu units each.
 */
final class MlpTreeModel implements WorldModel, LatentHeads {
    private static final int LATENT = 64;
    private static final int ACTIONS = 4;
    private static final int HIDDEN = 128;
    private static final float DISCOUNT = 0.997f;

    private final ModelSpec spec = new ModelSpec(LATENT, 1, ACTIONS, LATENT, 0, 1);
    private final Network dynamics;
    private final Node latentIn;
    private final Node actionIn;
    private final Node latentOut;
    private final Node rewardOut;
    private final Network prediction;
    private final Node stateIn;
    private final Node logitsOut;
    private final Node valueOut;
    private final ForwardPass step;
    private final ForwardPass predict;
    private float[] oneHot = {};

    MlpTreeModel() {
        var builder = new NetworkBuilder();
        latentIn = builder.input("latent", LATENT);
        actionIn = builder.input("action", ACTIONS);
        Node body = body(builder, builder.concat(latentIn, actionIn));
        latentOut = builder.dense("next", body, LATENT, Initialiser.heUniform());
        rewardOut = builder.dense("reward", body, 1, Initialiser.heUniform());
        dynamics = builder.build(1);
        var second = new NetworkBuilder();
        stateIn = second.input("latent", LATENT);
        Node head = body(second, stateIn);
        logitsOut = second.dense("logits", head, ACTIONS, Initialiser.heUniform());
        valueOut = second.dense("value", head, 1, Initialiser.heUniform());
        prediction = second.build(2);
        step = new ForwardPass(dynamics, latentOut, rewardOut);
        predict = new ForwardPass(prediction, logitsOut, valueOut);
    }

    private MlpTreeModel(MlpTreeModel other) {
        dynamics = other.dynamics;
        latentIn = other.latentIn;
        actionIn = other.actionIn;
        latentOut = other.latentOut;
        rewardOut = other.rewardOut;
        prediction = other.prediction;
        stateIn = other.stateIn;
        logitsOut = other.logitsOut;
        valueOut = other.valueOut;
        step = new ForwardPass(dynamics, latentOut, rewardOut);
        predict = new ForwardPass(prediction, logitsOut, valueOut);
        step.transposeWeights();
        predict.transposeWeights();
    }

    private static Node body(NetworkBuilder builder, Node input) {
        Node first = builder.activation(Activation.RELU, builder.dense("first", input, HIDDEN, Initialiser.heUniform()));
        return builder.activation(Activation.RELU, builder.dense("second", first, HIDDEN, Initialiser.heUniform()));
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, LATENT * columns);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        if (oneHot.length < ACTIONS * columns) oneHot = new float[ACTIONS * columns];
        Arrays.fill(oneHot, 0, ACTIONS * columns, 0);
        for (int k = 0; k < columns; k++) oneHot[(int) actions[k] * columns + k] = 1;
        step.read(latentIn, state.values(), 0, columns);
        step.read(actionIn, oneHot, 0, columns);
        step.write(latentOut, out.next().resize(columns).values(), 0, columns);
        step.write(rewardOut, out.reward(), 0, columns);
        step.run(0, columns);
        Arrays.fill(out.discount(), 0, columns, DISCOUNT);
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        predict.read(stateIn, states.values(), 0, columns);
        predict.write(logitsOut, out.logits(), 0, columns);
        predict.write(valueOut, out.value(), 0, columns);
        predict.run(0, columns);
        Arrays.fill(out.kind(), 0, columns, NodeKind.DECISION);
        Arrays.fill(out.playerToMove(), 0, columns, 0);
    }

    @Override
    public void expand(ModelState parents, byte[] parentKinds, float[] actions, ColumnKeys keys, StepBuffer out, NodeBuffer heads) {
        step(parents, actions, keys, out);
        evaluate(out.next(), keys, heads);
    }

    @Override
    public WorldModel fork() {
        return new MlpTreeModel(this);
    }
}
