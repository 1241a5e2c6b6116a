package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.BatchEvaluator;
import io.ponder.engine.nn.Node;

/** A pass of one fork over weights that others may load: it sees to it that runs use the parameters of now. One thread's. */
final class FreshPass {
    private final SharedWeights weights;
    private final BatchEvaluator pass;
    private int seenVersion = -1;

    /** Creates a pass on the CPU. */
    FreshPass(SharedWeights weights, Node... outputs) {
        this(weights, BatchEvaluator.onCpu(weights.network, outputs));
    }

    /** Creates a pass that another may close. */
    FreshPass(SharedWeights weights, BatchEvaluator pass) {
        this.weights = weights;
        this.pass = pass;
    }

    /** Reads an input {@code [rows x K]} densely. */
    FreshPass read(Node input, float[] from, int columns) {
        pass.read(input, from, columns);
        return this;
    }

    /** Writes an output {@code [rows x K]} densely. */
    FreshPass write(Node output, float[] to, int columns) {
        pass.write(output, to, columns);
        return this;
    }

    void run(int columns) {
        if (seenVersion != weights.version()) {
            seenVersion = weights.version();
            pass.parametersChanged();
        }
        pass.run(columns);
    }
}
