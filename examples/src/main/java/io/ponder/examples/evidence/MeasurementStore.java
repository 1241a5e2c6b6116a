package io.ponder.examples.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ponder.engine.storage.AtomicWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps each measurement in a file of its own, {@code <row>/seed-<n>.json}, whole or not there. */
final class MeasurementStore {
    /** The format of the files. */
    static final String SCHEMA = "ponder.result/1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;

    MeasurementStore(Path folder) {
        this.folder = folder;
    }

    private Path file(String row, long seed) {
        return folder.resolve(row).resolve("seed-" + seed + ".json");
    }

    /**
     * Returns the stored measurement, or null where there is none, where it was made by another definition, or where the file is not
     * one of ours (it is measured again then, and replaced).
     */
    @Nullable Measurement find(ResultRow row, long seed) throws IOException {
        Path file = file(row.id(), seed);
        if (!Files.exists(file)) return null;
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            boolean ours = root.path("schema").asText().equals(SCHEMA) && root.path("row").asText().equals(row.id())
                    && root.path("seed").asLong() == seed && root.path("value").isNumber();
            if (!ours || !root.path("definition").asText().equals(row.definition())) return null;
            Map<String, double[]> details = new LinkedHashMap<>();
            root.path("details").properties().forEach(entry -> details.put(entry.getKey(), numbers(entry.getValue())));
            return new Measurement(
                    row.id(), seed, row.definition(), root.path("value").asDouble(), root.path("seconds").asDouble(), details,
                    root.path("machine").asText());
        } catch (JsonProcessingException torn) {
            return null;
        }
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = array.get(i).asDouble(Double.NaN);
        return numbers;
    }

    /** Forgets a measurement, where there is one. */
    void forget(String row, long seed) throws IOException {
        Files.deleteIfExists(file(row, seed));
    }

    /** Stores a measurement. */
    void keep(Measurement measurement) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("row", measurement.row());
        root.put("seed", measurement.seed());
        root.put("value", measurement.value());
        root.put("seconds", measurement.seconds());
        root.put("definition", measurement.definition());
        root.put("machine", measurement.machine());
        ObjectNode details = root.putObject("details");
        measurement.details().forEach((name, values) -> {
            ArrayNode array = details.putArray(name);
            for (double value : values) {
                if (Double.isFinite(value)) array.add(value);
                else array.addNull();
            }
        });
        Path file = file(measurement.row(), measurement.seed());
        Files.createDirectories(file.getParent());
        AtomicWrite.writeString(file, JSON.writeValueAsString(root) + "\n");
    }
}
