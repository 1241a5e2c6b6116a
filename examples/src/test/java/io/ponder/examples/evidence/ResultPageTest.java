package io.ponder.examples.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.comparison.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultPageTest {
    private static final Path DOCS = Path.of("../docs");

    @TempDir
    private Path folder;

    @Test
    void thePageAndTheMeasurementsAreWrittenAndReadBack() throws IOException {
        ResultRow row = new ResultRow("r", "at most 3", "steps", "how it is done", (seed, cancel) ->
                new ResultRow.Measured(seed, Map.of("numbers", new double[] {seed, Double.NaN})), found -> found.size() == 2);
        var evidence = new Evidence(List.of(row), 2, new MeasurementStore(folder), news -> {}, new Cancellation());
        evidence.measure(1);

        evidence.write();

        List<Measurement> back = MeasurementStore.readAll(folder.resolve("results.json"));
        assertThat(back).extracting(Measurement::value).containsExactly(1.0, 2.0);
        assertThat(back.get(1).details().get("numbers")).containsExactly(2, Double.NaN);
        assertThat(Files.readString(folder.resolve("results.md")))
                .isEqualTo(ResultPage.markdown(List.of(new ResultSummary(row, 2, back))))
                .contains("| `./ponder results r` | at most 3 | 1.50 steps | [1.00, 2.00] | 2 | 0 s | yes |", "**r**: how it is done");
    }

    @Test
    void anUnfinishedRowIsNotCalledKept() {
        ResultRow row = new ResultRow("r", "goal", "%", "x", (seed, cancel) -> null, found -> true);
        var one = new Measurement("r", 1, "x", 1, 0, Map.of(), "");

        assertThat(new ResultSummary(row, 2, List.of(one)).verdict()).isEqualTo("1 of 2 seeds");
        assertThat(new ResultSummary(row, 1, List.of(one)).verdict()).isEqualTo("yes");
    }

    @Test
    void whatThePublishedPageCallsKeptIsTested() throws IOException {
        List<String> notMeasured = published().stream().filter(summary -> summary.measured().isEmpty())
                .map(summary -> summary.row().id()).toList();
        List<String> notKept = published().stream()
                .filter(summary -> !summary.measured().isEmpty() && !summary.verdict().equals("yes"))
                .map(summary -> summary.row().id()).toList();

        assertThat(notMeasured).containsExactlyInAnyOrderElementsOf(PromisedResultsTest.NOT_MEASURED);
        assertThat(notKept).containsExactlyInAnyOrderElementsOf(PromisedResultsTest.NOT_KEPT);
    }

    @Test
    void thePublishedPageSaysWhatThePublishedMeasurementsSay() throws IOException {
        assertThat(Files.readString(DOCS.resolve("results.md"))).isEqualTo(ResultPage.markdown(published()));
    }

    private List<ResultSummary> published() throws IOException {
        List<Measurement> all = MeasurementStore.readAll(DOCS.resolve("results.json"));
        return ResultRows.all(folder, Starts.SCORING).stream()
                .map(row -> new ResultSummary(row, 5, all.stream().filter(one -> one.row().equals(row.id())).toList()))
                .toList();
    }
}
