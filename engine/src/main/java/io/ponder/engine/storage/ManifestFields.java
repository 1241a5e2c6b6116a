package io.ponder.engine.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds named values of a manifest: texts, numbers, truth values, lists of numbers, and groups of the same. Order is kept.
 *
 * <p>A getter says which field is missing or of the wrong kind. Numbers that JSON cannot write (NaN, the infinities) are kept as
 * texts of those names. Not thread-safe.
 */
public final class ManifestFields {
    private final ObjectNode node;
    private final String path;

    /** Creates an empty group. */
    public ManifestFields() {
        this(JsonNodeFactory.instance.objectNode(), "");
    }

    ManifestFields(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    ObjectNode node() {
        return node;
    }

    /** Tells whether there is a field of this name. */
    public boolean contains(String name) {
        return node.has(name);
    }

    /** Sets a text. */
    public ManifestFields put(String name, String value) {
        node.put(name, value);
        return this;
    }

    /** Sets a whole number. */
    public ManifestFields put(String name, long value) {
        node.put(name, value);
        return this;
    }

    /** Sets a number. */
    public ManifestFields put(String name, double value) {
        node.set(name, number(value));
        return this;
    }

    /** Sets a truth value. */
    public ManifestFields put(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    /** Sets a list of numbers. */
    public ManifestFields put(String name, double[] values) {
        ArrayNode list = node.putArray(name);
        for (double value : values) list.add(number(value));
        return this;
    }

    /** Sets a list of whole numbers. */
    public ManifestFields put(String name, int[] values) {
        ArrayNode list = node.putArray(name);
        for (int value : values) list.add(value);
        return this;
    }

    /** Sets a group. It is not copied. */
    public ManifestFields put(String name, ManifestFields group) {
        node.set(name, group.node);
        return this;
    }

    private static JsonNode number(double value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return Double.isFinite(value) ? make.numberNode(value) : make.textNode(Double.toString(value));
    }

    /** Returns a text. */
    public String text(String name) throws CheckpointException {
        JsonNode value = require(name);
        if (!value.isTextual()) throw wrong(name, value, "a text");
        return value.textValue();
    }

    /** Returns a whole number that fits an int. */
    public int integer(String name) throws CheckpointException {
        JsonNode value = require(name);
        if (!value.canConvertToInt() || !value.isIntegralNumber()) throw wrong(name, value, "a whole number");
        return value.intValue();
    }

    /** Returns a whole number. */
    public long whole(String name) throws CheckpointException {
        JsonNode value = require(name);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) throw wrong(name, value, "a whole number");
        return value.longValue();
    }

    /** Returns a number. */
    public double number(String name) throws CheckpointException {
        return number(name, require(name));
    }

    /** Returns a truth value. */
    public boolean truth(String name) throws CheckpointException {
        JsonNode value = require(name);
        if (!value.isBoolean()) throw wrong(name, value, "true or false");
        return value.booleanValue();
    }

    /** Returns a list of numbers. */
    public double[] numbers(String name) throws CheckpointException {
        JsonNode list = list(name);
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) values[i] = number(name + "[" + i + "]", list.get(i));
        return values;
    }

    /** Returns a list of whole numbers that fit ints. */
    public int[] integers(String name) throws CheckpointException {
        JsonNode list = list(name);
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = list.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToInt()) throw wrong(name + "[" + i + "]", value, "a whole number");
            values[i] = value.intValue();
        }
        return values;
    }

    /** Returns a group; changes to it are changes to this. */
    public ManifestFields group(String name) throws CheckpointException {
        if (require(name) instanceof ObjectNode group) return new ManifestFields(group, path + name + ".");
        throw wrong(name, require(name), "a group of fields");
    }

    /** Returns the names of all fields, in order. Allocates. */
    public List<String> names() {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private double number(String name, JsonNode value) throws CheckpointException {
        if (value.isNumber()) return value.doubleValue();
        if (value.isTextual()) {
            String text = value.textValue();
            if (text.equals("NaN")) return Double.NaN;
            if (text.equals("Infinity")) return Double.POSITIVE_INFINITY;
            if (text.equals("-Infinity")) return Double.NEGATIVE_INFINITY;
        }
        throw wrong(name, value, "a number");
    }

    private JsonNode list(String name) throws CheckpointException {
        JsonNode value = require(name);
        if (!value.isArray()) throw wrong(name, value, "a list of numbers");
        return value;
    }

    private JsonNode require(String name) throws CheckpointException {
        JsonNode value = node.get(name);
        if (value == null) throw new CheckpointException("The manifest lacks the field '" + path + name + "'.");
        return value;
    }

    private CheckpointException wrong(String name, JsonNode value, String expected) {
        return new CheckpointException("The field '" + path + name + "' of the manifest is " + value + ", but it must be " + expected + ".");
    }
}
