package io.ponder.worldmodels.archive;

import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.ManifestFields;
import io.ponder.engine.tensor.Activation;
import io.ponder.worldmodels.ensemble.ChainShape;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.ParticlePropagation;
import java.util.Arrays;
import java.util.Locale;

/** Writes the shape of a chain into the settings of a manifest and reads it back. */
final class ShapeFields {
    private ShapeFields() {}

    static void write(ChainShape shape, ManifestFields fields) {
        EnsembleParameters ensemble = shape.ensemble();
        fields.put("observationSize", shape.observationSize())
                .put("actionSize", shape.actionSize())
                .put("actionCount", shape.actionCount())
                .put("angles", shape.angles().stream().mapToInt(Integer::intValue).toArray())
                .put("learnsReward", shape.learnsReward())
                .put("normalisesTargets", shape.normalisesTargets())
                .put("delta", shape.delta())
                .put("propagation", lower(shape.propagation()))
                .put("sampled", shape.sampled())
                .put("discount", shape.discount())
                .put("seed", shape.seed())
                .put("ensemble", new ManifestFields()
                        .put("members", ensemble.members())
                        .put("hiddenLayers", ensemble.hiddenLayers())
                        .put("width", ensemble.width())
                        .put("activation", lower(ensemble.activation()))
                        .put("probabilistic", ensemble.probabilistic())
                        .put("learningRate", ensemble.learningRate())
                        .put("firstDecay", ensemble.firstDecay())
                        .put("hiddenDecay", ensemble.hiddenDecay())
                        .put("lastDecay", ensemble.lastDecay())
                        .put("afresh", ensemble.afresh()));
    }

    static ChainShape read(ManifestFields fields) throws CheckpointException {
        try {
            ManifestFields ensemble = fields.group("ensemble");
            return new ChainShape(
                    fields.integer("observationSize"),
                    fields.integer("actionSize"),
                    fields.integer("actionCount"),
                    Arrays.stream(fields.integers("angles")).boxed().toList(),
                    new EnsembleParameters(
                            ensemble.integer("members"),
                            ensemble.integer("hiddenLayers"),
                            ensemble.integer("width"),
                            constant(Activation.class, ensemble.text("activation")),
                            ensemble.truth("probabilistic"),
                            ensemble.number("learningRate"),
                            ensemble.number("firstDecay"),
                            ensemble.number("hiddenDecay"),
                            ensemble.number("lastDecay"),
                            ensemble.truth("afresh")),
                    fields.truth("learnsReward"),
                    fields.truth("normalisesTargets"),
                    fields.truth("delta"),
                    constant(ParticlePropagation.class, fields.text("propagation")),
                    fields.truth("sampled"),
                    fields.number("discount"),
                    fields.whole("seed"));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("The manifest holds a value that cannot be: " + e.getMessage(), e);
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) if (lower(constant).equals(name)) return constant;
        throw new IllegalArgumentException(name + " is none of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT) + ".");
    }
}
