package io.ponder.examples.evidence;

import java.util.Map;

/**
 * Holds what one row measured from one seed.
 *
 * @param row        id of the row
 * @param seed       the seed
 * @param definition says exactly what was measured; another definition makes a stored measurement stale
 * @param value      the number that the goal is about
 * @param seconds    wall-clock time of the measurement
 * @param details    the numbers behind it, by name, such as the return of every start
 * @param machine    the processor and the version of Java it was made on
 */
record Measurement(
        String row, long seed, String definition, double value, double seconds, Map<String, double[]> details, String machine) {
    /** Returns this as if it had taken no time, where time is not to be judged. */
    Measurement withoutTime() {
        return new Measurement(row, seed, definition, value, 0, details, machine);
    }
}
