package io.ponder.examples.comparison;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Holds everything a comparison gave.
 *
 * @param settings    what was compared
 * @param machine     where it ran
 * @param start       when it began
 * @param duration    how long it took
 * @param interrupted whether it was stopped before its end
 * @param experiments what every experiment gave; one that never began is missing
 */
public record ComparisonResults(
        CompareSettings settings,
        Machine machine,
        Instant start,
        Duration duration,
        boolean interrupted,
        List<ExperimentResult> experiments) {
    public ComparisonResults {
        experiments = List.copyOf(experiments);
    }

    /** Returns the summaries over seeds. */
    public List<Summary> summaries() {
        return Summary.of(experiments);
    }

    /** Returns the experiments that failed. */
    public List<ExperimentResult> failures() {
        return experiments.stream().filter(result -> result.failure() != null).toList();
    }
}
