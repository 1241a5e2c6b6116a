package io.ponder.examples.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.comparison.Cancellation;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures the promised results that are kept from two seeds and holds it to its bar; {@code ./ponder results} takes five seeds, and also the time. */
@Tag("evidence")
class PromisedResultsTest {
    /** What docs/results.md calls not kept. */
    static final Set<String> NOT_KEPT = Set.of();

    /** What docs/results.md does not show yet. */
    static final Set<String> NOT_MEASURED = Set.of("icem-samples");

    /** Take many minutes a seed: the command alone measures them. */
    private static final Set<String> LONG = Set.of("2048-stochastic", "connect4-ladder");

    /** Promise a median, which one of two seeds could spoil. */
    private static final Set<String> NEEDS_FIVE_SEEDS = Set.of("cartpole-muzero", "cartpole-gumbel-5");

    private static final int SEEDS = 2;

    /** Shared, so that the value of the pendulum is computed once. */
    @TempDir
    private static Path folder;

    static Stream<String> rows() {
        return Evidence.goals().keySet().stream().filter(id -> !NOT_KEPT.contains(id) && !NOT_MEASURED.contains(id) && !LONG.contains(id));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void thePromiseIsKept(String id) throws Exception {
        ResultRow row = ResultRows.all(folder, Starts.SCORING).stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
        int seeds = NEEDS_FIVE_SEEDS.contains(id) ? 5 : SEEDS;
        var evidence = new Evidence(List.of(row), seeds, new MeasurementStore(folder), news -> {}, new Cancellation());

        evidence.measure(2);

        assertThat(evidence.failures()).isEmpty();
        List<Measurement> measured = evidence.measurements(row).stream().map(Measurement::withoutTime).toList();
        assertThat(measured).hasSize(seeds);
        assertThat(row.kept()).as(row.goal() + ": " + measured).accepts(measured);
    }
}
