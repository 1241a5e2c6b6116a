package io.ponder.examples.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.comparison.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
    @TempDir
    private Path folder;

    private final List<String> measured = Collections.synchronizedList(new ArrayList<>());
    private final List<String> news = Collections.synchronizedList(new ArrayList<>());

    private ResultRow row(String id, String definition, double offset) {
        return new ResultRow(id, "at most 3", "steps", definition, (seed, cancel) -> {
            measured.add(id + seed);
            return new ResultRow.Measured(offset + seed, Map.of("numbers", new double[] {seed, Double.NaN}));
        }, found -> found.stream().allMatch(measurement -> measurement.value() <= 3));
    }

    private Evidence evidence(int seeds, Cancellation cancellation, ResultRow... rows) {
        return new Evidence(List.of(rows), seeds, new MeasurementStore(folder), news::add, cancellation);
    }

    @Test
    void whatIsStoredIsNotMeasuredAgain() throws IOException {
        evidence(2, new Cancellation(), row("a", "x", 0)).measure(1);
        evidence(3, new Cancellation(), row("a", "x", 0), row("b", "x", 0)).measure(2);

        assertThat(measured).containsExactlyInAnyOrder("a1", "a2", "a3", "b1", "b2", "b3");
        assertThat(news).hasSize(6);
    }

    @Test
    void theFileOfAllKeepsTheRowsThatAreNotNamed() throws IOException {
        ResultRow a = row("a", "x", 0);
        ResultRow b = row("b", "x", 0);
        ResultRow never = row("c", "x", 0);
        evidence(2, new Cancellation(), a).measure(1);
        var onlyB = new Evidence(
                List.of(a, b, never), List.of("b"), 2, new MeasurementStore(folder), news::add, new Cancellation());
        onlyB.measure(1);
        onlyB.write();

        assertThat(measured).containsExactly("a1", "a2", "b1", "b2");
        assertThat(MeasurementStore.readAll(folder.resolve("results.json"))).extracting(Measurement::row).containsExactly("a", "a", "b", "b");
        assertThat(Files.readString(folder.resolve("results.md"))).contains("results a`", "results b`").doesNotContain("results c`");
        assertThat(onlyB.table()).contains("b ").doesNotContain("\na ");
    }

    @Test
    void anotherDefinitionMakesAMeasurementStale() throws IOException {
        evidence(1, new Cancellation(), row("a", "x", 0)).measure(1);
        evidence(1, new Cancellation(), row("a", "y", 0)).measure(1);

        assertThat(measured).containsExactly("a1", "a1");
    }

    @Test
    void aTornFileIsMeasuredAgainAndReplaced() throws IOException {
        ResultRow row = row("a", "x", 0);
        evidence(1, new Cancellation(), row).measure(1);
        Path file = folder.resolve("a/seed-1.json");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        evidence(1, new Cancellation(), row).measure(1);

        assertThat(measured).containsExactly("a1", "a1");
        assertThat(Files.readString(file)).contains("\"schema\" : \"ponder.result/1\"").endsWith("}\n");
    }

    @Test
    void anInterruptedRunKeepsWhatIsDoneAndContinues() throws IOException {
        var cancellation = new Cancellation();
        ResultRow stopping = new ResultRow("a", "goal", "steps", "x", (seed, cancel) -> {
            if (seed == 2) cancellation.request();
            return cancel.requested() ? null : new ResultRow.Measured(1, Map.of());
        }, found -> true);

        Evidence first = evidence(4, cancellation, stopping);
        first.measure(1);

        assertThat(first.measurements(stopping)).hasSize(1);
        assertThat(first.table()).contains("1 of 4 seeds");
        evidence(4, new Cancellation(), row("a", "x", 0)).measure(1);
        assertThat(measured).containsExactly("a2", "a3", "a4");
    }

    @Test
    void aFailureIsToldAndStopsNoOther() throws IOException {
        ResultRow failing = new ResultRow("f", "goal", "steps", "x", (seed, cancel) -> {
            throw new IllegalStateException("no luck");
        }, found -> true);
        Evidence evidence = evidence(1, new Cancellation(), failing, row("a", "x", 0));

        evidence.measure(1);

        assertThat(evidence.failures()).containsEntry("f, seed 1", "no luck");
        assertThat(measured).containsExactly("a1");
    }

    @Test
    void theTableTellsWhetherAGoalIsKept() throws IOException {
        Evidence evidence = evidence(3, new Cancellation(), row("good", "x", 0), row("bad", "x", 2));
        evidence.measure(2);

        List<String> lines = evidence.table().lines().toList();

        assertThat(lines.get(2)).startsWith("good").contains("2.00", "[1.00, 3.00]").endsWith("yes");
        assertThat(lines.get(3)).startsWith("bad").contains("4.00", "[3.00, 5.00]").endsWith("NO");
    }

    @Test
    void measurementsComeBackAsTheyWereStored() throws IOException {
        ResultRow row = row("a", "x", 0.5);
        evidence(1, new Cancellation(), row).measure(1);

        Measurement back = evidence(1, new Cancellation(), row).measurements(row).get(0);

        assertThat(back.value()).isEqualTo(1.5);
        assertThat(back.details().get("numbers")).containsExactly(1, Double.NaN);
    }

    @Test
    void everyPromisedRowHasAGoal() {
        assertThat(Evidence.goals()).containsKeys(
                "pendulum-cem", "pendulum-icem", "pendulum-mppi", "truth-cem", "truth-cem-value", "swingup-icem", "swingup-true-cem",
                "cartpole-head-to-head", "control-single-net", "control-untrained");
        assertThat(Evidence.goals().values()).allMatch(goal -> goal.length() <= 46);
    }
}
