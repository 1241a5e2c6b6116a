package io.ponder.examples.bench;

import io.ponder.engine.env.Discrete;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.worldmodels.latent.DenseLayers;
import io.ponder.worldmodels.latent.LatentModel;
import io.ponder.worldmodels.latent.LatentNetwork;
import io.ponder.worldmodels.latent.LatentScaling;
import io.ponder.worldmodels.latent.LatentShape;
import io.ponder.worldmodels.latent.ScalarSupport;
import io.ponder.worldmodels.latent.UnrollGraph;

/**
 * What a MuZero search asks of its model in one simulation: a step of the dynamics, reward, policy and value for a batch of leaves. Latent state
 * 64, 4 actions, 21 bins for the reward and 41 for the value, two hidden layers in the dynamics and one in each head.
 */
final class LeafBatch {
    /** Hidden layers of 64 units. */
    static final String SMALL = "leaves";
    /** Hidden layers of 256 units. */
    static final String WIDE = "leaves-wide";

    private static final int OBSERVATION = 8;
    private static final int LATENT = 64;
    private static final int ACTIONS = 4;

    private LeafBatch() {}

    static Measurement measure(int hidden, int leaves, Backend backend, Stopwatch stopwatch) {
        var shape = new LatentShape(OBSERVATION, new Discrete(ACTIONS), LATENT, ScalarSupport.returns(2, 21), ScalarSupport.returns(100, 41), 0.997);
        var model = new LatentModel(new LatentNetwork(shape, new DenseLayers(shape, LatentScaling.MIN_MAX, hidden, 2), UnrollGraph.steps(1), 1));
        var keys = new ColumnKeys(leaves).resize(leaves);
        var states = new ModelState(model.spec(), leaves);
        float[] observations = new float[OBSERVATION * leaves];
        for (int i = 0; i < observations.length; i++) observations[i] = CounterRandom.uniform(1, 2, i, 0);
        model.init(observations, leaves, states);
        float[] actions = new float[leaves];
        for (int k = 0; k < leaves; k++) actions[k] = k % ACTIONS;
        var step = new StepBuffer(model.spec(), leaves);
        var nodes = new NodeBuffer(model.spec(), model, leaves);
        byte[] kinds = new byte[leaves];
        try (LatentModel asked = model.on(backend)) {
            Runnable batch = () -> asked.expand(states, kinds, actions, keys, step, nodes);
            return Measurement.of("millisPerBatch", "ms", stopwatch.nanosPerCall(batch), t -> t / 1e6);
        }
    }
}
