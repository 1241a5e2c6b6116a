package io.ponder.worldmodels.ensemble;

import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.KernelNetwork;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.nn.Objective;
import io.ponder.engine.nn.ParameterGroups;
import io.ponder.engine.nn.ParameterTensor;
import io.ponder.engine.tensor.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

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
    /** The networks' own loss of a column. */
    final Node loss;
    final ParameterGroups groups;
    /** Counts what was learned, for all who share the weights. */
    final AtomicLong version = new AtomicLong();
    private final EnsembleParameters parameters;
    private final List<String> layers = new ArrayList<>();

    EnsembleNetwork(EnsembleParameters parameters, int inputSize, int targetSize, long seed) {
        this.parameters = parameters;
        var builder = new NetworkBuilder(parameters.members());
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

    /** States the networks with their weights as they are now; log-variances bounded. */
    KernelEnsemble lower(int observationSize) {
        int members = network.members();
        List<KernelNetwork.Layer> stated = new ArrayList<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            int[] shape = network.tensor(layers.get(layer) + ".weight").memberShape();
            boolean last = layer == layers.size() - 1;
            stated.add(new KernelNetwork.Layer(shape[1], shape[0], last ? Activation.IDENTITY : parameters.activation(), 0));
        }
        float[] weights = new float[stated.stream().mapToInt(KernelNetwork.Layer::size).sum() * members];
        int at = 0;
        for (int e = 0; e < members; e++) {
            for (String layer : layers) {
                at = copy(layer + ".weight", e, weights, at);
                at = copy(layer + ".bias", e, weights, at);
            }
        }
        int targets = mean.rows();
        var ensemble = new KernelEnsemble(
                new KernelNetwork(members, stated, weights), observationSize, targets, parameters.probabilistic());
        if (parameters.probabilistic()) {
            copy(BOUNDS + ".max", 0, ensemble.logVarianceMax(), 0);
            copy(BOUNDS + ".min", 0, ensemble.logVarianceMin(), 0);
        }
        return ensemble;
    }

    private int copy(String name, int member, float[] to, int at) {
        ParameterTensor tensor = network.tensor(name);
        System.arraycopy(network.parameters(), tensor.offset(member), to, at, tensor.memberSize());
        return at + tensor.memberSize();
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
