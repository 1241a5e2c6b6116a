package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.storage.SafetensorsException;
import io.ponder.engine.storage.SafetensorsReader;
import io.ponder.engine.storage.TensorEntry;
import io.ponder.engine.storage.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads safetensors files and compares them with what the {@code manifest.json} beside them says of each: its tensors, or that it
 * is malformed and must be refused. The manifest itself passes where every file that it names is there.
 */
final class SafetensorsKind implements GoldenKind {
    private static final Set<TensorType> READABLE =
            Set.of(TensorType.F32, TensorType.F64, TensorType.F16, TensorType.BF16, TensorType.I32, TensorType.I64);

    /** Sums are in double, in another order of addition. */
    private static final double TOLERANCE = 1e-12;

    @Override
    public String name() {
        return "safetensors";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        return file.name().toLowerCase(Locale.ROOT).endsWith(".safetensors") || file.hasFields("files", "malformed");
    }

    @Override
    public Verdict replay(GoldenFile file) throws IOException {
        if (file.json() != null) return replayManifest(file);
        GoldenFile manifest = manifestBeside(file.path());
        String name = String.valueOf(file.path().getFileName());
        if (manifest != null) {
            JsonNode good = entry(manifest, "files", name);
            if (good != null) return replayGood(file.path(), good);
            if (entry(manifest, "malformed", name) != null) return replayMalformed(file.path());
        }
        try (SafetensorsReader reader = SafetensorsReader.open(file.path())) {
            return Verdict.skip("its " + reader.tensors().size() + " tensors are whole, but no manifest.json beside it says what they hold");
        } catch (SafetensorsException e) {
            throw new Difference(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable GoldenFile manifestBeside(Path path) throws IOException {
        Path manifest = path.resolveSibling("manifest.json");
        if (!Files.isRegularFile(manifest)) return null;
        GoldenFile file = GoldenFile.read("manifest.json", manifest);
        return file.hasFields("files", "malformed") ? file : null;
    }

    private static @Nullable JsonNode entry(GoldenFile manifest, String list, String name) {
        for (JsonNode entry : manifest.field(list)) if (fileName(entry).equals(name)) return entry;
        return null;
    }

    private static String fileName(JsonNode entry) {
        return Golden.text(Golden.field(entry, "file", "manifest.json"), "manifest.json, file");
    }

    private static Verdict replayManifest(GoldenFile manifest) {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : manifest.field("files")) names.add(fileName(entry));
        for (JsonNode entry : manifest.field("malformed")) names.add(fileName(entry));
        if (names.isEmpty()) throw new Difference("files: the manifest names none");
        for (String name : names) {
            if (!Files.isRegularFile(manifest.path().resolveSibling(name))) throw new Difference(name + ": expected beside it, not there");
        }
        return Verdict.pass();
    }

    private static Verdict replayMalformed(Path path) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(path)) {
            throw new Difference("expected to be refused, got " + reader.tensors().size() + " tensors");
        } catch (SafetensorsException refused) {
            return Verdict.pass();
        }
    }

    private static Verdict replayGood(Path path, JsonNode expected) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(path)) {
            compareMetadata(expected.path("metadata"), reader.metadata());
            JsonNode tensors = Golden.field(expected, "tensors", "manifest.json");
            Difference.requireEqual("number of tensors", tensors.size(), reader.tensors().size());
            for (Map.Entry<String, JsonNode> tensor : tensors.properties()) {
                compare(reader, tensor.getKey(), tensor.getValue());
            }
            return Verdict.pass();
        } catch (SafetensorsException e) {
            throw new Difference(String.valueOf(e.getMessage()));
        }
    }

    private static void compareMetadata(JsonNode expected, Map<String, String> actual) {
        Difference.requireEqual("number of metadata entries", expected.size(), actual.size());
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            String value = Golden.text(entry.getValue(), "metadata of the manifest");
            Difference.requireEqual("metadata '" + entry.getKey() + "'", value, String.valueOf(actual.get(entry.getKey())));
        }
    }

    private static void compare(SafetensorsReader reader, String name, JsonNode expected) throws IOException {
        String where = "tensor '" + name + "', ";
        TensorEntry entry = reader.entry(name);
        Difference.requireEqual(where + "dtype", Golden.text(Golden.field(expected, "dtype", where), where), entry.type().name());
        List<Long> shape = new ArrayList<>();
        for (JsonNode size : Golden.array(expected, "shape", where)) shape.add((long) Golden.integer(size, where + "shape"));
        Difference.requireEqual(where + "shape", shape, entry.shape());
        Difference.requireEqual(where + "count", (long) Golden.integer(Golden.field(expected, "count", where), where), entry.count());
        if (!READABLE.contains(entry.type())) {
            requireRefusal(reader, entry, where);
        } else if (entry.type() == TensorType.I64) {
            compareLongs(reader.readLongs(name), expected, where);
        } else {
            compareDoubles(reader.readDoubles(name), expected, where);
        }
    }

    private static void requireRefusal(SafetensorsReader reader, TensorEntry entry, String where) throws IOException {
        try {
            reader.readDoubles(entry.name());
        } catch (SafetensorsException refused) {
            String message = String.valueOf(refused.getMessage());
            if (message.contains(entry.name()) && message.contains(entry.type().name())) return;
            throw new Difference(where + "refused without naming the tensor and its dtype: " + message);
        }
        throw new Difference(where + "dtype " + entry.type() + ": expected to be refused, but it was read");
    }

    private static void compareLongs(long[] values, JsonNode expected, String where) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) doubles[i] = values[i];
        compareSums(doubles, expected, where);
        if (values.length == 0) return;
        Difference.requireEqual(where + "first", Golden.field(expected, "first", where).longValue(), values[0]);
        Difference.requireEqual(where + "last", Golden.field(expected, "last", where).longValue(), values[values.length - 1]);
    }

    private static void compareDoubles(double[] values, JsonNode expected, String where) {
        compareSums(values, expected, where);
        if (values.length == 0) return;
        Difference.requireClose(where + "first", number(expected, "first", where), values[0], 0);
        Difference.requireClose(where + "last", number(expected, "last", where), values[values.length - 1], 0);
    }

    private static void compareSums(double[] values, JsonNode expected, String where) {
        double sum = 0;
        double magnitude = 0;
        double squares = 0;
        for (double value : values) {
            sum += value;
            magnitude += Math.abs(value);
            squares += value * value;
        }
        Difference.requireClose(where + "sum", number(expected, "sum", where), sum, TOLERANCE * magnitude);
        Difference.requireClose(where + "sum_of_squares", number(expected, "sum_of_squares", where), squares, TOLERANCE * squares);
    }

    private static double number(JsonNode expected, String field, String where) {
        return Golden.number(Golden.field(expected, field, where), where + field);
    }
}
