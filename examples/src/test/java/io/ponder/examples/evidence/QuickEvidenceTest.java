package io.ponder.examples.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.comparison.Cancellation;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The promised results that take seconds, from one seed each; {@link PromisedResultsTest} has all of them. */
class QuickEvidenceTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"cartpole-head-to-head, 0, 300", "default-icem, 165, 200", "default-mppi, 165, 200"})
    void oneSeedReachesTheBar(String id, double least, double most) throws Exception {
        ResultRow row = ResultRows.all(folder, Starts.SCORING).stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();

        ResultRow.Measured measured = Objects.requireNonNull(row.measure().measure(1, new Cancellation()));

        assertThat(measured.value()).as(row.goal()).isBetween(least, most);
    }

    @ParameterizedTest
    @CsvSource({"cartpole-head-to-head", "default-icem", "control-untrained", "cartpole-muzero", "cartpole-gumbel-5", "tictactoe-alphazero"})
    void aCancelledMeasurementGivesNothing(String id) throws Exception {
        ResultRow row = ResultRows.all(folder, Starts.SCORING).stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
        var cancelled = new Cancellation();
        cancelled.request();

        assertThat(row.measure().measure(1, cancelled)).isNull();
    }
}
