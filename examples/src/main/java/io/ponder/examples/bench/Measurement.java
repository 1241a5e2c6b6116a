package io.ponder.examples.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Tells what was measured.
 *
 * @param metric what the numbers are, such as {@code millisPerPlan}
 * @param unit   their unit, such as {@code ms}
 * @param runs   one number a run
 * @param beside what else was found, by name, such as {@code meanNodeDepth}
 */
record Measurement(String metric, String unit, double[] runs, Map<String, Double> beside) {
    Measurement(String metric, String unit, double[] runs) {
        this(metric, unit, runs, Map.of());
    }

    /** Returns this measurement with one more number beside it. */
    Measurement with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(beside);
        more.put(name, value);
        return new Measurement(metric, unit, runs, more);
    }

    /** Returns a measurement whose numbers are made from nanoseconds per call. */
    static Measurement of(String metric, String unit, double[] nanosPerCall, DoubleUnaryOperator fromNanos) {
        return new Measurement(metric, unit, Arrays.stream(nanosPerCall).map(fromNanos).toArray());
    }

    double median() {
        double[] sorted = sorted();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    double min() {
        return sorted()[0];
    }

    double max() {
        return sorted()[runs.length - 1];
    }

    private double[] sorted() {
        double[] sorted = runs.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Returns the fields of one JSON line. */
    Map<String, Object> toJson(String name, Map<String, Object> parameters, int threads) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("case", name);
        line.put("parameters", parameters);
        line.put("threads", threads);
        line.put("metric", metric);
        line.put("unit", unit);
        line.put("median", median());
        line.put("min", min());
        line.put("max", max());
        line.put("runs", runs);
        line.putAll(beside);
        line.put("java", Runtime.version().feature());
        return line;
    }
}
