package io.ponder.examples.evidence;

import io.ponder.examples.comparison.Cancellation;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One promised result: what is measured, and when the promise is kept.
 *
 * @param id         short name, as typed on the command line
 * @param goal       the promise, as shown in the table
 * @param unit       unit of the measured value: {@code %}, {@code return}, {@code steps}
 * @param definition everything that decides the value but the seed: tasks, sizes, starts
 * @param measure    measures one seed
 * @param kept       tells from the values of all seeds whether the promise is kept
 */
record ResultRow(String id, String goal, String unit, String definition, Measure measure, Predicate<List<Measurement>> kept) {
    /** Measures one seed of a row. */
    @FunctionalInterface
    interface Measure {
        /** Returns what was measured, or null where it was cancelled. */
        @Nullable Measured measure(long seed, Cancellation cancel) throws Exception;
    }

    /** The value and the numbers behind it. */
    record Measured(double value, Map<String, double[]> details) {}
}
