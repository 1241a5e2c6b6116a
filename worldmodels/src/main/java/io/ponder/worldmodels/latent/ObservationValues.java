package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.ScalarCodec;

/** Says what observations are worth by given weights, such as those of a target network. One thread at a time. */
final class ObservationValues {
    private final LatentNetwork graph;
    private final FreshPass pass;
    private final ScalarCodec codec;
    private float[] logits = {};

    ObservationValues(LatentNetwork graph, SharedWeights weights) {
        this.graph = graph;
        pass = new FreshPass(weights, graph.seenValue);
        codec = graph.shape.value().codec();
    }

    /**
     * Writes the values of observations.
     *
     * @param observations {@code [O x K]}. Not modified.
     * @param out          {@code [K]}. Modified.
     */
    void values(float[] observations, int columns, float[] out) {
        if (logits.length < codec.bins() * columns) logits = new float[codec.bins() * columns];
        pass.read(graph.observation, observations, columns).write(graph.seenValue, logits, columns).run(columns);
        codec.decode(columns, logits, 0, logits, 0, out, 0);
    }
}
