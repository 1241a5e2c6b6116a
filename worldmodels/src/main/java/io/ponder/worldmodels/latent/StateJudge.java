package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.ScalarCodec;

/** Turns observations into states, and says what a state is worth and what to do there. One thread at a time. */
final class StateJudge {
    private final LatentNetwork graph;
    private final FreshPass represent;
    private final FreshPass judge;
    private final ScalarCodec values;
    private float[] valueLogits = {};

    StateJudge(LatentNetwork graph, SharedWeights weights) {
        this.graph = graph;
        represent = new FreshPass(weights, graph.represented);
        judge = new FreshPass(weights, graph.policy, graph.value);
        values = graph.shape.value().codec();
    }

    /** Writes the first {@code latentSize} rows of states {@code [latentSize x K]}. */
    void represent(float[] observations, int columns, float[] states) {
        represent.read(graph.observation, observations, columns).write(graph.represented, states, columns).run(columns);
    }

    /** Writes the policies {@code [policyRows x K]} and values {@code [K]} of states. */
    void judge(float[] states, int columns, float[] policy, float[] value) {
        if (valueLogits.length < values.bins() * columns) valueLogits = new float[values.bins() * columns];
        judge.read(graph.latent, states, columns).write(graph.policy, policy, columns).write(graph.value, valueLogits, columns).run(columns);
        values.decode(columns, valueLogits, 0, valueLogits, 0, value, 0);
    }
}
