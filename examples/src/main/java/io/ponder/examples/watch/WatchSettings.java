package io.ponder.examples.watch;

import io.ponder.engine.Checks;
import io.ponder.examples.comparison.PlannerSizes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the sliders set. Immutable.
 *
 * @param values by name, in the order of the page
 */
record WatchSettings(Map<String, Double> values) {
    /** A slider. */
    record Slider(String name, String label, double low, double high, double step, double value) {}

    static List<Slider> sliders(WatchScene scene) {
        return List.of(
                new Slider("budget", "wall clock of a plan, ms", 1, 50, 1, 10),
                new Slider("horizon", "horizon, steps", 3, 60, 1, scene.horizon()),
                new Slider("candidates", "candidates", 10, 1000, 10, 200),
                new Slider("iterations", "iterations at most", 1, 20, 1, 5),
                new Slider("delay", "actuation delay, ms", 0, 300, 10, 0),
                new Slider("speed", "speed of time", 0.1, 2, 0.1, 1),
                new Slider("noise", "noise of the system", 0, 0.2, 0.01, 0));
    }

    static WatchSettings of(WatchScene scene) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Slider slider : sliders(scene)) values.put(slider.name(), slider.value());
        return new WatchSettings(values);
    }

    /**
     * Returns these settings with another value.
     *
     * @param value a number, as it was typed
     * @throws IllegalArgumentException if there is no such slider, or the value is no number or beyond its ends
     */
    WatchSettings with(WatchScene scene, String name, String value) {
        for (Slider slider : sliders(scene)) {
            if (!slider.name().equals(name)) continue;
            Map<String, Double> changed = new LinkedHashMap<>(values);
            changed.put(name, Checks.inRange(name, number(slider, value), slider.low(), slider.high()));
            return new WatchSettings(changed);
        }
        throw new IllegalArgumentException("There is no setting " + name + "; there are " + String.join(", ", values.keySet()) + ".");
    }

    private static double number(Slider slider, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(slider.name() + " is '" + value + "', but it must be a number from " + slider.low() + " to "
                    + slider.high() + ".\nMaybe " + slider.value() + ", as at the start.", none);
        }
    }

    double get(String name) {
        return values.getOrDefault(name, Double.NaN);
    }

    int whole(String name) {
        return (int) Math.round(get(name));
    }

    PlannerSizes sizes() {
        return new PlannerSizes(whole("horizon"), whole("iterations"), whole("candidates"), 1);
    }
}
