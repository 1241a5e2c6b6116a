package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.ForwardPass;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.ScalarCodec;

/** Says what observations are worth, with its own copy of the parameters: a target network. One thread at a time. */
final class ObservationValues implements NetworkFollower {
    private final LatentNetwork graph;
    private final Network network;
    private final ForwardPass pass;
    private final ScalarCodec codec;
    private float[] logits = {};

    ObservationValues(LatentNetwork graph) {
        this.graph = graph;
        network = graph.network.copy();
        pass = new ForwardPass(network, graph.seenValue);
        codec = graph.shape.value().codec();
    }

    @Override
    public void load(Network from) {
        System.arraycopy(from.parameters(), 0, network.parameters(), 0, from.parameterCount());
    }

    Network network() {
        return network;
    }

    /**
     * Writes the values of observations.
     *
     * @param observations {@code [O x K]}. Not modified.
     * @param out          {@code [K]}. Modified.
     */
    void values(float[] observations, int columns, float[] out) {
        if (logits.length < codec.bins() * columns) logits = new float[codec.bins() * columns];
        pass.read(graph.observation, observations, 0, columns);
        pass.write(graph.seenValue, logits, 0, columns);
        pass.run(0, columns);
        codec.decode(columns, logits, 0, logits, 0, out, 0);
    }
}
