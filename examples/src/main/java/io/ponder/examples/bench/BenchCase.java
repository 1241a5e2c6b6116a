package io.ponder.examples.bench;

import java.util.List;
import java.util.Map;

/** Something to time, in one or several sizes. */
interface BenchCase {
    /** Returns the name on the command line. */
    String name();

    /** Returns the sizes it is timed in; each map gives every parameter a value, in the order shown. */
    List<Map<String, Object>> parameterSets();

    /**
     * Times one of {@link #parameterSets}.
     *
     * @param threads threads that one call may use
     */
    Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch);

    /** Tells whether the case makes use of more than one thread. */
    default boolean threaded() {
        return false;
    }
}
