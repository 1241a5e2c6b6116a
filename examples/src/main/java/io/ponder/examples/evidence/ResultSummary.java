package io.ponder.examples.evidence;

import java.util.Arrays;
import java.util.List;

/**
 * Holds one row and what was measured of it.
 *
 * @param row      the promise
 * @param seeds    number of seeds that were asked for
 * @param measured what is there, in the order of the seeds
 */
record ResultSummary(ResultRow row, int seeds, List<Measurement> measured) {
    ResultSummary {
        measured = List.copyOf(measured);
    }

    /** Returns the values, ascending. */
    double[] values() {
        return measured.stream().mapToDouble(Measurement::value).sorted().toArray();
    }

    /** Returns the mean of the values, NaN where there is none. */
    double mean() {
        return Arrays.stream(values()).average().orElse(Double.NaN);
    }

    /** Returns the median of the values, NaN where there is none. */
    double median() {
        double[] values = values();
        int n = values.length;
        return n == 0 ? Double.NaN : (values[(n - 1) / 2] + values[n / 2]) / 2;
    }

    /** Returns the longest wall-clock time of a seed, 0 where there is none. */
    double longestSeconds() {
        return measured.stream().mapToDouble(Measurement::seconds).max().orElse(0);
    }

    /** Returns whether the promise is kept: yes, NO, or how many seeds are there where some are missing. */
    String verdict() {
        if (measured.size() < seeds) return measured.size() + " of " + seeds + " seeds";
        return row.kept().test(measured) ? "yes" : "NO";
    }
}
