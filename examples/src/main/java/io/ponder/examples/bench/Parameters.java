package io.ponder.examples.bench;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/** Makes and reads the parameters of a case; they keep their order. */
final class Parameters {
    private Parameters() {}

    /** Returns a map of names and values given in turn. */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        return map;
    }

    static int whole(Map<String, Object> parameters, String name) {
        return (Integer) requireNonNull(parameters.get(name), name);
    }

    static String text(Map<String, Object> parameters, String name) {
        return (String) requireNonNull(parameters.get(name), name);
    }
}
