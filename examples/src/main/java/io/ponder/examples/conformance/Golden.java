package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads values out of golden JSON; whatever is missing or of another type is a {@link Difference} that says where. */
public final class Golden {
    private Golden() {}

    /** Returns a field of an object. */
    public static JsonNode field(JsonNode object, String field, String where) {
        JsonNode value = object.get(field);
        if (value == null) throw new Difference(where + ": the field '" + field + "' is missing");
        return value;
    }

    /** Returns a field that is an array. */
    public static JsonNode array(JsonNode object, String field, String where) {
        JsonNode value = field(object, field, where);
        if (!value.isArray()) throw new Difference(where + ": the field '" + field + "' is not an array");
        return value;
    }

    /** Returns a field that is an array of {@code length} entries. */
    public static JsonNode array(JsonNode object, String field, int length, String where) {
        JsonNode value = array(object, field, where);
        if (value.size() != length) {
            throw new Difference(where + ": the field '" + field + "' has " + value.size() + " entries, expected " + length);
        }
        return value;
    }

    /** Returns a finite number. */
    public static double number(JsonNode node, String where) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) throw new Difference(where + ": " + node + " is not a number");
        return node.doubleValue();
    }

    /** Returns a whole number. */
    public static int integer(JsonNode node, String where) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) throw new Difference(where + ": " + node + " is not a whole number");
        return node.intValue();
    }

    /** Returns true or false. */
    public static boolean flag(JsonNode node, String where) {
        if (!node.isBoolean()) throw new Difference(where + ": " + node + " is neither true nor false");
        return node.booleanValue();
    }

    /** Returns a text. */
    public static String text(JsonNode node, String where) {
        if (!node.isTextual()) throw new Difference(where + ": " + node + " is not a text");
        return node.textValue();
    }

    /** Returns the numbers of an array, or one number as an array of one. */
    public static double[] numbers(JsonNode node, String where) {
        if (!node.isArray()) return new double[] {number(node, where)};
        double[] numbers = new double[node.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = number(node.get(i), where + "[" + i + "]");
        return numbers;
    }

    /** Returns the numbers of an array of {@code length} entries. */
    public static double[] numbers(JsonNode node, int length, String where) {
        double[] numbers = numbers(node, where);
        if (numbers.length != length) throw new Difference(where + ": " + numbers.length + " entries, expected " + length);
        return numbers;
    }
}
