package io.ponder.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays files written by the format's own library, and malformed ones. */
class SafetensorsGoldenTest {
    /** The sums of the manifest are in double, in another order of addition. */
    private static final double TOLERANCE = 1e-12;

    static Path golden(String name) {
        try {
            return Path.of(SafetensorsGoldenTest.class.getResource("/golden/safetensors/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode manifest() throws IOException {
        return new ObjectMapper().readTree(golden("manifest.json").toFile());
    }

    static Stream<JsonNode> goodFiles() throws IOException {
        return StreamSupport.stream(manifest().get("files").spliterator(), false);
    }

    static Stream<String> malformedFiles() throws IOException {
        return StreamSupport.stream(manifest().get("malformed").spliterator(), false).map(file -> file.get("file").asText());
    }

    @ParameterizedTest
    @MethodSource("goodFiles")
    void readsWhatTheLibraryWrote(JsonNode file) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(golden(file.get("file").asText()))) {
            assertThat(reader.tensors()).hasSize(file.get("tensors").size());
            JsonNode metadata = file.get("metadata");
            assertThat(reader.metadata()).hasSize(metadata.size());
            metadata.properties().forEach(
                    entry -> assertThat(reader.metadata()).containsEntry(entry.getKey(), entry.getValue().asText()));
            for (Map.Entry<String, JsonNode> tensor : file.get("tensors").properties()) {
                check(reader, tensor.getKey(), tensor.getValue());
            }
        }
    }

    private static void check(SafetensorsReader reader, String name, JsonNode expected) throws IOException {
        TensorEntry entry = reader.entry(name);
        assertThat(entry.type().name()).isEqualTo(expected.get("dtype").asText());
        assertThat(entry.shape()).hasSize(expected.get("shape").size());
        for (int i = 0; i < entry.shape().size(); i++) assertThat(entry.shape().get(i)).isEqualTo(expected.get("shape").get(i).asLong());
        assertThat(entry.count()).isEqualTo(expected.get("count").asLong());
        if (entry.type() == TensorType.I64) {
            long[] values = reader.readLongs(name);
            assertThat(values[0]).isEqualTo(expected.get("first").asLong());
            assertThat(values[values.length - 1]).isEqualTo(expected.get("last").asLong());
            return;
        }
        double[] values = reader.readDoubles(name);
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            sum += value;
            squares += value * value;
        }
        assertThat(sum).isCloseTo(expected.get("sum").asDouble(), within(TOLERANCE * Math.max(1, Math.abs(sum))));
        assertThat(squares).isCloseTo(expected.get("sum_of_squares").asDouble(), within(TOLERANCE * Math.max(1, squares)));
        if (values.length > 0) {
            assertThat(values[0]).isEqualTo(expected.get("first").asDouble());
            assertThat(values[values.length - 1]).isEqualTo(expected.get("last").asDouble());
        }
        if (entry.type() == TensorType.I32) assertThat(reader.readInts(name)[0]).isEqualTo(expected.get("first").asInt());
        else if (entry.type() != TensorType.F64) assertThat(reader.readFloats(name)).hasSize(values.length);
    }

    @ParameterizedTest
    @MethodSource("malformedFiles")
    void refusesMalformedFilesByName(String name) {
        assertThatThrownBy(() -> SafetensorsReader.open(golden(name)))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(name);
    }

    @Test
    void theMessageSaysWhatIsWrong() {
        assertThatThrownBy(() -> SafetensorsReader.open(golden("bad_dtype.safetensors"))).hasMessageContaining("tensor 'x' has dtype FLOAT");
        assertThatThrownBy(() -> SafetensorsReader.open(golden("bad_overlap.safetensors"))).hasMessageContaining("tensor 'y' begin at byte 8");
        assertThatThrownBy(() -> SafetensorsReader.open(golden("bad_header_length.safetensors"))).hasMessageContaining("header should have");
        assertThatThrownBy(() -> SafetensorsReader.open(golden("bad_negative_shape.safetensors"))).hasMessageContaining("negative entry -2");
        assertThatThrownBy(() -> SafetensorsReader.open(golden("bad_duplicate_name.safetensors"))).hasMessageContaining("x");
        assertThatThrownBy(() -> SafetensorsReader.open(golden("bad_offset_beyond_end.safetensors"))).hasMessageContaining("data_offsets");
    }
}
