package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Holds a tensor of a golden file, {@code {"shape", "values"}}, row-major.
 *
 * @param where  what it is called in messages
 * @param shape  its lengths
 * @param values its entries
 */
record GoldenTensor(String where, int[] shape, double[] values) {
    /** Errors of single precision: difference over max(1, largest magnitude expected). */
    static final double FLOAT_TOLERANCE = 1e-5;

    /** Reads a field of an object. */
    static GoldenTensor read(JsonNode object, String field, String where) {
        return read(Golden.field(object, field, where), where + ", " + field);
    }

    /** Reads a tensor. */
    static GoldenTensor read(JsonNode tensor, String where) {
        JsonNode lengths = Golden.array(tensor, "shape", where);
        int[] shape = new int[lengths.size()];
        int size = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Golden.integer(lengths.get(i), where + ", shape");
            size = Math.multiplyExact(size, shape[i]);
        }
        return new GoldenTensor(where, shape, Golden.numbers(Golden.array(tensor, "values", size, where), where));
    }

    /** Returns the length of dimension {@code i}; a negative one counts from the end. */
    int length(int i) {
        int index = i < 0 ? shape.length + i : i;
        if (index < 0 || index >= shape.length) throw new Difference(where + ": the shape has only " + shape.length + " dimensions");
        return shape[index];
    }

    /** Returns where entry {@code i} of {@code [... x batch x rows]} lies in the engine's {@code [... x rows x batch]}. */
    private int turned(int i) {
        int rows = length(-1);
        int batch = length(-2);
        int block = i / (rows * batch);
        return (block * rows + i % rows) * batch + i / rows % batch;
    }

    /** Returns the entries of {@code [... x batch x rows]} in single precision and in the engine's order, samples fastest. */
    float[] samplesFastest() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) floats[turned(i)] = (float) values[i];
        return floats;
    }

    /** Returns the entries in single precision. */
    float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) floats[i] = (float) values[i];
        return floats;
    }

    /** Throws unless {@code actual} agrees in single precision, from {@code offset} on. */
    void requireClose(float[] actual, int offset) {
        double tolerance = tolerance();
        for (int i = 0; i < values.length; i++) Difference.requireClose(where + "[" + i + "]", values[i], actual[offset + i], tolerance);
    }

    /** Throws unless {@code actual}, which is in the engine's order, agrees in single precision; the message counts in the file's order. */
    void requireCloseSamplesFastest(float[] actual) {
        double tolerance = tolerance();
        for (int i = 0; i < values.length; i++) Difference.requireClose(where + "[" + i + "]", values[i], actual[turned(i)], tolerance);
    }

    private double tolerance() {
        double scale = 1;
        for (double value : values) scale = Math.max(scale, Math.abs(value));
        return FLOAT_TOLERANCE * scale;
    }

    /** Throws unless a number agrees in single precision. */
    static void requireClose(String where, double expected, double actual) {
        Difference.requireClose(where, expected, actual, FLOAT_TOLERANCE * Math.max(1, Math.abs(expected)));
    }
}
