package io.ponder.engine.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.TreeSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes search trees as JSON of the format {@code ponder.tree/1} and reads them back, every number exactly.
 *
 * <p>Stateless, safe for several threads.
 */
public final class TreeSnapshotJson {
    private static final String FORMAT = "ponder.tree/1";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TreeSnapshotJson() {}

    /** Returns the JSON of a tree. */
    public static String write(TreeSnapshot tree) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("format", FORMAT);
        ArrayNode nodes = json.putArray("nodes");
        for (TreeSnapshot.Node node : tree.nodes()) {
            ObjectNode to = nodes.addObject();
            to.put("index", node.index()).put("parent", node.parent()).put("edge", node.edge()).put("kind", NodeKind.name(node.kind()));
            to.put("player", node.player()).put("visits", node.visits()).put("value", node.value()).put("rawValue", node.rawValue());
            to.put("reward", node.reward()).put("discount", node.discount());
            ArrayNode edges = to.putArray("edges");
            for (TreeSnapshot.Edge edge : node.edges()) {
                ObjectNode out = edges.addObject();
                out.put("index", edge.index());
                ArrayNode action = out.putArray("action");
                for (float entry : edge.action()) action.add(entry);
                out.put("prior", edge.prior()).put("visits", edge.visits()).put("value", edge.value()).put("child", edge.child());
            }
        }
        return json.toString();
    }

    /**
     * Reads a tree.
     *
     * @throws IllegalArgumentException if the text is not JSON of this format
     */
    public static TreeSnapshot read(String text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The tree is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!FORMAT.equals(json.path("format").asText())) {
            throw new IllegalArgumentException("format is '" + json.path("format").asText() + "', but it must be " + FORMAT + ".");
        }
        List<TreeSnapshot.Node> nodes = new ArrayList<>();
        for (JsonNode node : json.path("nodes")) nodes.add(node(node));
        return new TreeSnapshot(nodes);
    }

    private static TreeSnapshot.Node node(JsonNode json) {
        List<TreeSnapshot.Edge> edges = new ArrayList<>();
        for (JsonNode edge : json.path("edges")) {
            List<Float> action = new ArrayList<>();
            for (JsonNode entry : edge.path("action")) action.add(entry.floatValue());
            edges.add(new TreeSnapshot.Edge(
                    integer(edge, "index"), action, number(edge, "prior"), integer(edge, "visits"), number(edge, "value"),
                    integer(edge, "child")));
        }
        return new TreeSnapshot.Node(
                integer(json, "index"), integer(json, "parent"), integer(json, "edge"), kind(json.path("kind").asText()),
                integer(json, "player"), integer(json, "visits"), number(json, "value"), number(json, "rawValue"),
                number(json, "reward"), number(json, "discount"), edges);
    }

    private static int integer(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isInt()) throw new IllegalArgumentException(field + " is " + value + ", but it must be a whole number.");
        return value.intValue();
    }

    private static float number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isNumber()) throw new IllegalArgumentException(field + " is " + value + ", but it must be a number.");
        return value.floatValue();
    }

    private static byte kind(String name) {
        for (byte kind = NodeKind.DECISION; kind <= NodeKind.TERMINAL; kind++) if (NodeKind.name(kind).equals(name)) return kind;
        throw new IllegalArgumentException("kind is '" + name + "', but it must be decision, chance, simultaneous or terminal.");
    }
}
