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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps each measurement in a file of its own, {@code <row>/seed-<n>.json}, whole or not there. */
final class MeasurementStore {
    /** The format of the files. */
    static final String SCHEMA = "ponder.result/1";
    /** The format of the file that holds all of them. */
    static final String ALL_SCHEMA = "ponder.results/1";

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
            return ours && root.path("definition").asText().equals(row.definition()) ? measurement(root) : null;
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
        put(root, measurement);
        Path file = file(measurement.row(), measurement.seed());
        Files.createDirectories(file.getParent());
        AtomicWrite.writeString(file, JSON.writeValueAsString(root) + "\n");
    }

    private static void put(ObjectNode node, Measurement measurement) {
        node.put("row", measurement.row());
        node.put("seed", measurement.seed());
        node.put("value", measurement.value());
        node.put("seconds", measurement.seconds());
        node.put("definition", measurement.definition());
        node.put("machine", measurement.machine());
        ObjectNode details = node.putObject("details");
        measurement.details().forEach((name, values) -> {
            ArrayNode array = details.putArray(name);
            for (double value : values) {
                if (Double.isFinite(value)) array.add(value);
                else array.addNull();
            }
        });
    }

    /** Writes all measurements into one file, and the page about them. */
    void write(List<Measurement> measurements, String page) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", ALL_SCHEMA);
        ArrayNode array = root.putArray("measurements");
        for (Measurement measurement : measurements) put(array.addObject(), measurement);
        AtomicWrite.writeString(folder.resolve("results.json"), JSON.writeValueAsString(root) + "\n");
        AtomicWrite.writeString(folder.resolve("results.md"), page);
    }

    /** Returns the measurements of a file that {@link #write} wrote. */
    static List<Measurement> readAll(Path file) throws IOException {
        JsonNode root = JSON.readTree(Files.readAllBytes(file));
        if (!root.path("schema").asText().equals(ALL_SCHEMA)) throw new IOException(file + " is not of the format " + ALL_SCHEMA + ".");
        List<Measurement> measurements = new ArrayList<>();
        for (JsonNode node : root.path("measurements")) measurements.add(measurement(node));
        return measurements;
    }

    private static Measurement measurement(JsonNode node) {
        Map<String, double[]> details = new LinkedHashMap<>();
        node.path("details").properties().forEach(entry -> details.put(entry.getKey(), numbers(entry.getValue())));
        return new Measurement(
                node.path("row").asText(), node.path("seed").asLong(), node.path("definition").asText(), node.path("value").asDouble(),
                node.path("seconds").asDouble(), details, node.path("machine").asText());
    }
}
