package io.ponder.engine.nn;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Reads golden files: numbers that another system computed. */
final class Golden {
    private Golden() {}

    static Map<String, Object> read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
            if (in == null) throw new IllegalArgumentException("no golden file " + name);
            return new ObjectMapper().readValue(in, new com.fasterxml.jackson.core.type.TypeReference<Map<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(Map<String, Object> map, String field) {
        return (List<Map<String, Object>>) map.get(field);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> map, String field) {
        return (Map<String, Object>) map.get(field);
    }

    static double number(Map<String, Object> map, String field) {
        return ((Number) map.get(field)).doubleValue();
    }

    static int integer(Map<String, Object> map, String field) {
        return ((Number) map.get(field)).intValue();
    }

    /** The values of a tensor {@code {"shape", "values"}}. */
    static double[] values(Map<String, Object> tensor) {
        return ((List<?>) tensor.get("values")).stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
    }

    static double[] values(Map<String, Object> map, String field) {
        return values(map(map, field));
    }

    static int[] shape(Map<String, Object> map, String field) {
        return ((List<?>) map(map, field).get("shape")).stream().mapToInt(v -> ((Number) v).intValue()).toArray();
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) floats[i] = (float) values[i];
        return floats;
    }

    /** Turns {@code [blocks x batch x rows]} into our {@code [blocks x rows x batch]}. */
    static double[] samplesFastest(double[] values, int blocks, int batch, int rows) {
        double[] turned = new double[values.length];
        for (int b = 0; b < blocks; b++) {
            for (int k = 0; k < batch; k++) {
                for (int i = 0; i < rows; i++) turned[(b * rows + i) * batch + k] = values[(b * batch + k) * rows + i];
            }
        }
        return turned;
    }

    /** The error that the files' description defines: the largest difference over max(1, largest expected magnitude). */
    static double error(float[] actual, int offset, double[] expected) {
        double scale = 1;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            double difference = Math.abs(actual[offset + i] - expected[i]);
            worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
        }
        return worst / scale;
    }
}
