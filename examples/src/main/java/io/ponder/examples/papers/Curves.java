package io.ponder.examples.papers;

import io.ponder.engine.Checks;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the curves of one trial: a line for each name, on the same places for every seed. Not thread-safe. */
public final class Curves {
    /**
     * One line.
     *
     * @param x places, ascending
     * @param y a value for each of them
     */
    public record Curve(double[] x, double[] y) {}

    private final Map<String, Curve> curves = new LinkedHashMap<>();

    /** Adds or replaces the line of an arm (or of anything else with a short name); the arrays are copied. */
    public void add(String name, double[] x, double[] y) {
        Checks.same("number of places", x.length, "number of values", y.length);
        curves.put(name, new Curve(x.clone(), y.clone()));
    }

    /** Returns the lines in the order in which they were added. */
    public Map<String, Curve> all() {
        return curves;
    }
}
