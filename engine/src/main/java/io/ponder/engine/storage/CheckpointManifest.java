package io.ponder.engine.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ponder.engine.data.RunningStatistics;
import io.ponder.engine.model.ModelSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Says what a checkpoint's weights are: the kind of model and its sizes, how it was made and trained, and the data it has seen. Its file
 * form is JSON with the schema {@value #SCHEMA}.
 *
 * @param model       kind of model, by which a loader chooses what to build, such as {@code gaussian-ensemble}
 * @param spec        sizes of the model
 * @param seed        of the run that made it
 * @param codeVersion version of the code that made it
 * @param settings    what the model needs to be built again, such as layer widths
 * @param training    state of the training, such as steps, fits and losses
 * @param statistics  of the data by name, such as {@code observations} and {@code actions}
 */
public record CheckpointManifest(
        String model,
        ModelSpec spec,
        long seed,
        String codeVersion,
        ManifestFields settings,
        ManifestFields training,
        Map<String, RunningStatistics> statistics) {
    /** Name and version of the file form. */
    public static final String SCHEMA = "ponder.checkpoint/1";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Returns a manifest made by this version of the code, with empty settings, training state and statistics to be filled. */
    public static CheckpointManifest of(String model, ModelSpec spec, long seed) {
        return new CheckpointManifest(
                model, spec, seed, currentCodeVersion(), new ManifestFields(), new ManifestFields(), new LinkedHashMap<>());
    }

    /** Returns the version of this library, {@code development} where it does not run from a jar. */
    public static String currentCodeVersion() {
        return Objects.requireNonNullElse(CheckpointManifest.class.getPackage().getImplementationVersion(), "development");
    }

    /** Where the weights are and how they are recognised. */
    record Weights(String file, long bytes, String sha256) {}

    byte[] toJson(Weights weights) throws JsonProcessingException {
        var root = new ManifestFields()
                .put("schema", SCHEMA)
                .put("model", model)
                .put("codeVersion", codeVersion)
                .put("seed", seed)
                .put("spec", new ManifestFields()
                        .put("observationSize", spec.observationSize())
                        .put("actionSize", spec.actionSize())
                        .put("actionCount", spec.actionCount())
                        .put("stateSize", spec.stateSize())
                        .put("tagSize", spec.tagSize())
                        .put("players", spec.players()))
                .put("settings", settings)
                .put("training", training);
        var all = new ManifestFields();
        statistics.forEach((name, value) -> all.put(name, write(value)));
        root.put("statistics", all);
        root.put("weights", new ManifestFields()
                .put("file", weights.file)
                .put("bytes", weights.bytes)
                .put("sha256", weights.sha256));
        return JSON.writeValueAsBytes(root.node());
    }

    static ManifestFields parse(byte[] json) throws CheckpointException {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException e) {
            throw new CheckpointException("it is not a whole JSON file.\nMaybe it was cut.", e);
        }
        if (!(root instanceof ObjectNode object) || !object.has("schema")) {
            throw new CheckpointException("it is not a checkpoint: there is no field 'schema'.");
        }
        var fields = new ManifestFields(object, "");
        if (!fields.text("schema").equals(SCHEMA)) {
            throw new CheckpointException("its schema is '" + fields.text("schema") + "', but this version reads '" + SCHEMA
                    + "'.\nMaybe it was written by a newer version.");
        }
        return fields;
    }

    static Weights weights(ManifestFields root) throws CheckpointException {
        ManifestFields weights = root.group("weights");
        return new Weights(weights.text("file"), weights.whole("bytes"), weights.text("sha256"));
    }

    static CheckpointManifest of(ManifestFields root) throws CheckpointException {
        ManifestFields spec = root.group("spec");
        try {
            var statistics = new LinkedHashMap<String, RunningStatistics>();
            ManifestFields all = root.group("statistics");
            for (String name : all.names()) statistics.put(name, read(all.group(name)));
            return new CheckpointManifest(
                    root.text("model"),
                    new ModelSpec(spec.integer("observationSize"), spec.integer("actionSize"), spec.integer("actionCount"),
                            spec.integer("stateSize"), spec.integer("tagSize"), spec.integer("players")),
                    root.whole("seed"),
                    root.text("codeVersion"),
                    root.group("settings"),
                    root.group("training"),
                    statistics);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("The manifest holds a value that cannot be: " + e.getMessage(), e);
        }
    }

    private static ManifestFields write(RunningStatistics statistics) {
        int size = statistics.size();
        double[][] columns = new double[4][size];
        for (int d = 0; d < size; d++) {
            columns[0][d] = statistics.mean(d);
            columns[1][d] = statistics.standardDeviation(d);
            columns[2][d] = statistics.minimum(d);
            columns[3][d] = statistics.maximum(d);
        }
        return new ManifestFields()
                .put("count", statistics.count())
                .put("mean", columns[0])
                .put("standardDeviation", columns[1])
                .put("minimum", columns[2])
                .put("maximum", columns[3]);
    }

    private static RunningStatistics read(ManifestFields fields) throws CheckpointException {
        return RunningStatistics.of(fields.whole("count"), fields.numbers("mean"), fields.numbers("standardDeviation"),
                fields.numbers("minimum"), fields.numbers("maximum"));
    }
}
