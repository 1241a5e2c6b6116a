package io.ponder.worldmodels.ensemble;

import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.nn.Objective;
import io.ponder.engine.nn.ParameterGroups;
import java.util.ArrayList;
import java.util.List;

/** The graph of a Gaussian ensemble: hidden layers, then one layer for means and raw log-variances together. */
final class EnsembleNetwork {
    private static final String BOUNDS = "log-variance";
    private static final String OUTPUT = "output";

    final Network network;
    final Node input;
    final Node target;
    final Node mean;
    /** Equals {@link #mean} where no variance is predicted. */
    final Node logVariance;
    final Objective objective;
    final ParameterGroups groups;

    EnsembleNetwork(EnsembleParameters parameters, int inputSize, int targetSize, long seed) {
        var builder = new NetworkBuilder(parameters.members());
        List<String> layers = new ArrayList<>();
        input = builder.input("input", inputSize);
        target = builder.target("target", targetSize);
        Node x = input;
        for (int layer = 0; layer < parameters.hiddenLayers(); layer++) {
            layers.add("hidden." + layer);
            x = builder.dense(layers.get(layer), x, parameters.width(), Initialiser.truncatedNormalByInputs());
            x = builder.activation(parameters.activation(), x);
        }
        layers.add(OUTPUT);
        int outputs = parameters.probabilistic() ? 2 * targetSize : targetSize;
        Node output = builder.dense(OUTPUT, x, outputs, Initialiser.truncatedNormalByInputs());
        Node loss;
        if (parameters.probabilistic()) {
            mean = builder.slice(output, 0, targetSize);
            logVariance = builder.boundedLogVariance(BOUNDS, builder.slice(output, targetSize, targetSize));
            loss = builder.gaussianNll(mean, logVariance, target);
        } else {
            mean = output;
            logVariance = output;
            loss = builder.squaredError(output, target);
        }
        network = builder.build(seed);
        var stated = Objective.of(loss);
        objective = parameters.probabilistic() ? stated.addBoundsPull(network, BOUNDS) : stated;
        groups = groups(parameters, layers);
    }

    private ParameterGroups groups(EnsembleParameters parameters, List<String> layers) {
        ParameterGroups made = ParameterGroups.plain();
        for (int layer = 0; layer < layers.size(); layer++) {
            double decay = layer == layers.size() - 1 ? parameters.lastDecay()
                    : layer == 0 ? parameters.firstDecay() : parameters.hiddenDecay();
            made = made.with(network.tensor(layers.get(layer) + ".weight"), decay, 1);
        }
        return made;
    }
}
