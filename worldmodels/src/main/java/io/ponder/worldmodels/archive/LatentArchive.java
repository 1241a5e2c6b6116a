package io.ponder.worldmodels.archive;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Space;
import io.ponder.engine.nn.ScalarTransform;
import io.ponder.engine.storage.Checkpoint;
import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.CheckpointFolder;
import io.ponder.engine.storage.ManifestFields;
import io.ponder.engine.train.selfplay.LearnerState;
import io.ponder.worldmodels.latent.BoardLayers;
import io.ponder.worldmodels.latent.DenseLayers;
import io.ponder.worldmodels.latent.DenseStochasticLayers;
import io.ponder.worldmodels.latent.LatentLayers;
import io.ponder.worldmodels.latent.LatentModel;
import io.ponder.worldmodels.latent.LatentNetwork;
import io.ponder.worldmodels.latent.LatentScaling;
import io.ponder.worldmodels.latent.LatentShape;
import io.ponder.worldmodels.latent.PrefixLayers;
import io.ponder.worldmodels.latent.ScalarSupport;
import io.ponder.worldmodels.latent.UnrollGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes the sizes of latent models into the manifest of a checkpoint, and builds the models again, to plan with or to train on.
 *
 * <p>Stateless.
 */
public final class LatentArchive {
    private static final String NETWORK = "network";
    private static final String DENSE = "latent-dense";
    private static final String BOARD = "latent-board";
    private static final String STOCHASTIC = "latent-stochastic";
    private static final String KIND = "kind";
    private static final String PREFIX = "valuePrefix";
    private static final String SCALING = "scaling";
    private static final String HIDDEN = "hidden";

    private LatentArchive() {}

    /**
     * Adds the sizes of a network to the settings of a manifest, as the group {@code network}. Layers of one's own are named by their class,
     * and cannot be built again from that.
     */
    public static void describe(LatentShape shape, LatentLayers layers, ManifestFields settings) {
        var network = new ManifestFields()
                .put("observationSize", shape.observationSize())
                .put("actions", write(shape.actions()))
                .put("latentSize", shape.latentSize())
                .put("discount", shape.discount())
                .put("reward", write(shape.reward()))
                .put("value", write(shape.value()));
        if (layers instanceof PrefixLayers prefix) {
            network.put(PREFIX, new ManifestFields().put("units", prefix.units()).put("horizon", prefix.memorySteps()));
        }
        write(layers instanceof PrefixLayers prefix ? prefix.layers() : layers, network);
        settings.put(NETWORK, network);
    }

    private static void write(LatentLayers layers, ManifestFields network) {
        network.put(KIND, kind(layers));
        if (layers instanceof DenseLayers dense) {
            network.put(SCALING, name(dense.scaling())).put(HIDDEN, dense.hidden()).put("depth", dense.depth());
        } else if (layers instanceof DenseStochasticLayers stochastic) {
            DenseLayers dense = stochastic.layers();
            network.put(SCALING, name(dense.scaling())).put(HIDDEN, dense.hidden()).put("depth", dense.depth());
            network.put("codes", stochastic.codes());
        } else if (layers instanceof BoardLayers board) {
            network.put(SCALING, name(board.scaling())).put(HIDDEN, board.hidden());
            network.put("height", board.height()).put("width", board.width());
            network.put("channels", board.channels()).put("blocks", board.blocks());
        }
    }

    private static String kind(LatentLayers layers) {
        if (layers instanceof DenseLayers) return DENSE;
        if (layers instanceof BoardLayers) return BOARD;
        return layers instanceof DenseStochasticLayers ? STOCHASTIC : layers.getClass().getName();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static ManifestFields write(Space actions) {
        if (actions instanceof Discrete discrete) return new ManifestFields().put("count", discrete.count());
        Box box = (Box) actions;
        double[] low = new double[box.size()];
        double[] high = new double[box.size()];
        for (int d = 0; d < low.length; d++) {
            low[d] = box.low(d);
            high[d] = box.high(d);
        }
        return new ManifestFields().put("low", low).put("high", high);
    }

    private static Space actions(ManifestFields fields) throws CheckpointException {
        if (fields.contains("count")) return new Discrete(fields.integer("count"));
        double[] low = fields.numbers("low");
        double[] high = fields.numbers("high");
        float[] lowest = new float[low.length];
        float[] highest = new float[high.length];
        for (int d = 0; d < low.length; d++) lowest[d] = (float) low[d];
        for (int d = 0; d < high.length; d++) highest[d] = (float) high[d];
        return new Box(lowest, highest);
    }

    private static ManifestFields write(ScalarSupport support) {
        return new ManifestFields()
                .put("transform", name(support.transform()))
                .put("bins", support.bins())
                .put("lowest", support.lowest())
                .put("highest", support.highest());
    }

    /**
     * Returns the model of the newest usable checkpoint of a folder, as long as it has no chance codes.
     *
     * @throws CheckpointException if there is none, it is damaged, or of another kind of network
     */
    public static LatentModel load(Path folder) throws IOException {
        return new LatentModel(read(folder, List.of(DENSE, BOARD)));
    }

    /**
     * Returns the network of the newest usable checkpoint of a folder, for a {@code StochasticLatentModel} or a {@code PolicyValueModel} too.
     *
     * @throws CheckpointException if there is none, it is damaged, or of another kind of network
     */
    public static LatentNetwork network(Path folder) throws IOException {
        return read(folder, List.of(DENSE, BOARD, STOCHASTIC));
    }

    private static LatentNetwork read(Path folder, List<String> kinds) throws IOException {
        try (Checkpoint checkpoint = new CheckpointFolder(folder).load()) {
            ManifestFields settings = checkpoint.manifest().settings();
            if (!settings.contains(NETWORK) || !kinds.contains(settings.group(NETWORK).text(KIND))) {
                throw new CheckpointException("The checkpoint " + checkpoint.file() + " of '" + checkpoint.manifest().model()
                        + "' holds no network of kind " + String.join(" or ", kinds) + ".\nMaybe the path is that of another model.");
            }
            LatentNetwork network = build(settings.group(NETWORK));
            new LearnerState().network("model", network.network()).read(checkpoint.weights(), checkpoint.manifest().training());
            return network;
        }
    }

    private static LatentNetwork build(ManifestFields fields) throws CheckpointException {
        try {
            LatentShape shape = new LatentShape(
                    fields.integer("observationSize"), actions(fields.group("actions")), fields.integer("latentSize"), support(fields.group("reward")),
                    support(fields.group("value")), fields.number("discount"));
            ManifestFields prefix = fields.contains(PREFIX) ? fields.group(PREFIX) : new ManifestFields().put("units", 0);
            int memory = 2 * prefix.integer("units");
            LatentLayers layers = layers(fields, shape.withLatentSize(shape.latentSize() - memory));
            if (memory > 0) layers = new PrefixLayers(layers, shape, prefix.integer("units"), prefix.integer("horizon"));
            return new LatentNetwork(shape, layers, UnrollGraph.steps(0).withSamples(shape.actionCount() > 0 ? 0 : 1), 0);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("The manifest holds a value that cannot be: " + e.getMessage(), e);
        }
    }

    private static LatentLayers layers(ManifestFields fields, LatentShape shape) throws CheckpointException {
        LatentScaling scaling = choice(LatentScaling.class, fields, SCALING);
        int hidden = fields.integer(HIDDEN);
        return switch (fields.text(KIND)) {
            case BOARD -> new BoardLayers(
                    shape, scaling, fields.integer("height"), fields.integer("width"), fields.integer("channels"),
                    fields.integer("blocks"), hidden);
            case STOCHASTIC -> new DenseStochasticLayers(
                    shape, new DenseLayers(shape, scaling, hidden, fields.integer("depth")), fields.integer("codes"));
            default -> new DenseLayers(shape, scaling, hidden, fields.integer("depth"));
        };
    }

    private static ScalarSupport support(ManifestFields fields) throws CheckpointException {
        return new ScalarSupport(choice(ScalarTransform.class, fields, "transform"), fields.integer("bins"), fields.number("lowest"),
                fields.number("highest"));
    }

    private static <E extends Enum<E>> E choice(Class<E> all, ManifestFields fields, String name) throws CheckpointException {
        String text = fields.text(name);
        for (E one : all.getEnumConstants()) {
            if (one.name().equalsIgnoreCase(text)) return one;
        }
        throw new CheckpointException("The field '" + name + "' of the manifest is '" + text + "', but it must be one of "
                + Arrays.toString(all.getEnumConstants()).toLowerCase(Locale.ROOT) + ".\nMaybe it was written by a newer version.");
    }
}
