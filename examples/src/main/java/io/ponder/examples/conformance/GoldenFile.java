package io.ponder.examples.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Is one file to replay.
 *
 * @param name what the file is called in the output: its path below the folder that was given
 * @param path where it lies
 * @param json its content if its name ends in {@code .json}, else null
 */
public record GoldenFile(String name, Path path, @Nullable JsonNode json) {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /**
     * Reads a file.
     *
     * @throws Difference  if the name ends in {@code .json} and the content is not JSON
     * @throws IOException if the file cannot be read
     */
    public static GoldenFile read(String name, Path path) throws IOException {
        return new GoldenFile(name, path, isJson(path) ? parse(path) : null);
    }

    private static boolean isJson(Path path) {
        return path.toString().endsWith(".json");
    }

    private static JsonNode parse(Path path) throws IOException {
        try {
            JsonNode node = MAPPER.readTree(Files.readAllBytes(path));
            if (node == null || node.isMissingNode()) throw new Difference("the file is empty, not JSON");
            return node;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")";
            throw new Difference("the file is not JSON: " + e.getOriginalMessage() + where);
        }
    }

    /** Tells whether the file is a JSON object with all these fields. */
    public boolean hasFields(String... fields) {
        if (json == null) return false;
        for (String field : fields) if (!json.has(field)) return false;
        return true;
    }

    /**
     * Returns the content.
     *
     * @throws Difference if the file is not JSON
     */
    public JsonNode content() {
        if (json == null) throw new Difference("the file is not JSON");
        return json;
    }

    /**
     * Returns a field of the file.
     *
     * @throws Difference if it is not there
     */
    public JsonNode field(String field) {
        return Golden.field(content(), field, name);
    }
}
