package io.ponder.examples.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.train.selfplay.CurvePoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromisesTest {
    @TempDir
    private static Path folder;

    private static ResultRow row(String id) {
        return ResultRows.all(folder, Starts.SCORING).stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
    }

    private static List<Measurement> measured(String id, double seconds, double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> new Measurement(id, i + 1, "", values[i], seconds, Map.of(), "")).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "pendulum-cem, 9.9, 10.1", "pendulum-icem, 9.9, 10.1", "pendulum-mppi, 9.9, 10.1",
        "swingup-cem, 90.1, 89.9", "swingup-icem, 90.1, 89.9",
        "truth-cem, 4.9, 5.1", "truth-icem, 4.9, 5.1", "truth-mppi, 4.9, 5.1",
        "truth-cem-value, 1.9, 2.1", "truth-icem-value, 1.9, 2.1", "truth-mppi-value, 1.9, 2.1",
        // Better than the best that is possible means a mistake.
        "truth-cem, -0.9, -1.1", "truth-icem-value, -0.9, -1.1",
        "swingup-true-cem, 170.1, 169.9", "default-cem, 165.1, 164.9", "default-icem, 165.1, 164.9", "default-mppi, 165.1, 164.9",
        "control-single-net, 0.1, -0.1", "control-untrained, 9.9, 10.1",
        "tictactoe-without-search, 20.1, 19.9", "tictactoe-wrong-sign, 500.1, 499.9",
        "tictactoe-without-masks, 20.1, 19.9"
    })
    void theMeanOverSeedsIsHeldToTheBar(String id, double good, double bad) {
        // The spread around the mean does not matter.
        assertThat(row(id).kept()).accepts(measured(id, 1, good - 3, good + 3)).rejects(measured(id, 1, bad - 3, bad + 3));
    }

    @Test
    void fourOfFiveHeadToHeadMustBeginInTimeAndEndInTime() {
        assertThat(row("cartpole-head-to-head").kept())
                .accepts(measured("h", 40, 0, 300, 10, 20, 301))
                .rejects(measured("h", 40, 0, 301, 10, 20, 301))
                .rejects(measured("h", 40.1, 0, 1, 2, 3, 4));
    }

    @Test
    void halfOfTheCurvesMustReachTheBarInStepsAndTime() {
        for (String id : List.of("cartpole-muzero", "cartpole-gumbel")) {
            assertThat(row(id).kept())
                    .accepts(List.of(curve(5000, 119), curve(20_000, 90), curve(40_000, 500)))
                    .rejects(List.of(curve(5000, 20), curve(20_001, 90), curve(40_000, 100)))
                    .rejects(List.of(curve(5000, 119), curve(5000, 121), curve(5000, 122)));
        }
        for (String id : List.of("tictactoe-alphazero", "tictactoe-muzero")) {
            assertThat(row(id).kept()).accepts(measured(id, 1, 0, 0, 3)).rejects(measured(id, 1, 0, 1, 1));
        }
        assertThat(row("connect4-ladder").kept()).accepts(measured("l", 1, -190, -149, 2)).rejects(measured("l", 1, -200, -151, 90));
        for (String id : List.of("cartpole-gumbel-5-ahead", "2048-stochastic")) {
            assertThat(row(id).kept()).accepts(measured(id, 1, -1, 3)).rejects(measured(id, 1, 1, -3));
        }
        assertThat(row("cartpole-gumbel-5").kept()).accepts(measured("g", 9, 40_000, 20_000, 1)).rejects(measured("g", 9, 40_000, 20_001, 1));
        assertThat(row("pendulum-sampled").kept()).accepts(measured("p", 9, 60_000, 30_000, 1)).rejects(measured("p", 9, 30_001, 60_000, 1));
    }

    private static Measurement curve(double steps, double seconds) {
        return new Measurement("c", 1, "", steps, 1, Map.of("secondsUntilBar", new double[] {seconds}), "");
    }

    @Test
    void theFirstEvaluationAtTheBarCounts() {
        List<CurvePoint> curve = Stream.of(point(1000, 3, 474.9), point(2000, 7, 475), point(3000, 11, 490)).toList();

        ResultRow.Measured measured = CurveRows.untilBar(curve, 475, 3000);

        assertThat(measured.value()).isEqualTo(2000);
        assertThat(measured.details().get("secondsUntilBar")).containsExactly(7);
        assertThat(measured.details().get("evaluationReturnMean")).containsExactly(474.9, 475, 490);
        assertThat(CurveRows.untilBar(curve, 491, 3000).value()).isEqualTo(6000);
    }

    private static CurvePoint point(long steps, double seconds, double mean) {
        return new CurvePoint(steps, seconds, 0, 0, mean, mean, mean, 0, 0, 0, 0, 0);
    }

    @Test
    void settingsAreNotTriedOnWhatTheyAreScoredOn() {
        long[] scored = Starts.SCORING.seeds();
        long[] tried = Starts.TUNING.seeds();
        Stream<Long> runs = Stream.of(Starts.values()).flatMap(starts -> IntStream.rangeClosed(1, 100).mapToObj(starts::run));

        assertThat(scored).hasSizeGreaterThanOrEqualTo(10).doesNotHaveDuplicates().doesNotContain(tried);
        assertThat(runs).hasSize(200).doesNotHaveDuplicates();
        List<String> definitions = ResultRows.all(folder, Starts.SCORING).stream().map(ResultRow::definition).toList();
        assertThat(ResultRows.all(folder, Starts.TUNING)).extracting(ResultRow::definition).doesNotContainAnyElementsOf(definitions);
    }
}
