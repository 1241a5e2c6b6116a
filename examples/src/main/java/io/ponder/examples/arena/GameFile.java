package io.ponder.examples.arena;

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
import java.util.List;
import java.util.function.Function;

/** Writes games to files and reads them, as JSON of the format {@code ponder.game/1}. Stateless. */
public final class GameFile {
    private static final String SCHEMA = "ponder.game/1";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private GameFile() {}

    /** Writes a game, replacing the file in one step. */
    public static void write(Path file, GameRecord record) throws IOException {
        AtomicWrite.writeString(file, JSON.writeValueAsString(toJson(record)) + "\n");
    }

    static ObjectNode toJson(GameRecord record) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("game", record.game());
        ArrayNode agents = root.putArray("agents");
        record.agents().forEach(agents::add);
        root.put("seed", record.seed());
        ArrayNode moves = root.putArray("moves");
        record.moves().forEach(moves::add);
        ArrayNode returns = root.putArray("returns");
        record.returns().forEach(returns::add);
        root.put("over", record.over());
        return root;
    }

    /**
     * Reads a game. Its moves are not checked; {@link GameRecord#replay} does that.
     *
     * @throws IOException if the file cannot be read or holds something else
     */
    public static GameRecord read(Path file) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException torn) {
            throw new IOException("it is not JSON, or only a part of it", torn);
        }
        if (!root.path("schema").asText().equals(SCHEMA)) throw new IOException("it is not a game of the format " + SCHEMA);
        List<Integer> moves = list(root, "moves", JsonNode::isInt, JsonNode::asInt);
        List<Double> returns = list(root, "returns", JsonNode::isNumber, JsonNode::asDouble);
        List<String> agents = list(root, "agents", JsonNode::isTextual, JsonNode::asText);
        return new GameRecord(
                root.path("game").asText(), agents, root.path("seed").asLong(), moves, returns, root.path("over").asBoolean());
    }

    private static <T> List<T> list(JsonNode root, String name, Function<JsonNode, Boolean> fits, Function<JsonNode, T> read)
            throws IOException {
        List<T> entries = new ArrayList<>();
        JsonNode array = root.path(name);
        if (!array.isArray()) throw new IOException("its " + name + " are missing");
        for (JsonNode entry : array) {
            if (!fits.apply(entry)) throw new IOException("its " + name + " hold " + entry);
            entries.add(read.apply(entry));
        }
        return entries;
    }
}
