package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.ForwardPass;
import io.ponder.engine.nn.Node;

/** A pass of one fork over weights that others may load: it sees to it that runs of few columns use the parameters of now. One thread's. */
final class FreshPass {
    private final SharedWeights weights;
    private final ForwardPass pass;
    private int seenVersion = -1;

    FreshPass(SharedWeights weights, Node... outputs) {
        this.weights = weights;
        pass = new ForwardPass(weights.network, outputs);
    }

    /** Reads an input {@code [rows x K]} densely. */
    FreshPass read(Node input, float[] from, int columns) {
        pass.read(input, from, 0, columns);
        return this;
    }

    /** Writes an output {@code [rows x K]} densely. */
    FreshPass write(Node output, float[] to, int columns) {
        pass.write(output, to, 0, columns);
        return this;
    }

    void run(int columns) {
        if (seenVersion != weights.version()) {
            seenVersion = weights.version();
            pass.transposeWeights();
        }
        pass.run(0, columns);
    }
}
