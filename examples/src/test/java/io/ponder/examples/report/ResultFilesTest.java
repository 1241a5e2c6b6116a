package io.ponder.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ponder.examples.comparison.ComparisonResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
    private static final ComparisonResults RESULTS = SyntheticResults.results(3, 6, false);

    @TempDir
    private Path folder;

    @Test
    void jsonHasTheSchema() throws IOException {
        JsonNode root = new ObjectMapper().readTree(ResultFiles.json(RESULTS));

        assertThat(names(root)).containsExactly("schema", "machine", "settings", "runs", "summary");
        assertThat(root.get("schema").asText()).isEqualTo("ponder.compare/1");
        // Three seeds, six episodes, two environments with four planners on two models and random actions.
        assertThat(root.get("runs")).hasSize(3 * 6 * 2 * 9);
        for (JsonNode run : root.get("runs")) {
            assertThat(names(run)).containsExactly(
                    "environment", "model", "planner", "seed", "episode", "return", "environmentSteps", "modelSteps",
                    "planMillisP50", "planMillisP99", "allocatedBytesPerPlan", "backend", "effectiveSampleSize", "eliteSpread", "largestViolation",
                    "nonFiniteRollouts", "modelFailures", "stoppedBy");
            assertThat(run.get("model").asText()).isIn("learned", "true", "none");
            assertThat(run.get("return").isNumber()).isTrue();
            assertThat(run.get("episode").isInt()).isTrue();
        }
        assertThat(root.get("summary")).hasSize(2 * 9);
        JsonNode summary = root.get("summary").get(0);
        assertThat(summary.get("finalReturnLow").asDouble()).isLessThanOrEqualTo(summary.get("finalReturnMean").asDouble());
        assertThat(root.get("machine").get("cores").asInt()).isEqualTo(2);
        assertThat(root.get("settings").get("planners")).hasSize(4);
    }

    @Test
    void jsonWritesNullWhereNothingWasPlanned() throws IOException {
        JsonNode root = new ObjectMapper().readTree(ResultFiles.json(RESULTS));

        JsonNode firstLearned = root.get("runs").get(0);
        assertThat(firstLearned.get("episode").asInt()).isEqualTo(1);
        assertThat(firstLearned.get("planMillisP50").isNull()).isTrue();
        assertThat(firstLearned.get("backend").asText()).isEmpty();
    }

    @Test
    void csvHasOneLineAnEpisodeAndQuotesWhatNeedsIt() {
        List<String> lines = ResultFiles.csv(RESULTS).lines().toList();

        assertThat(lines.get(0)).isEqualTo("environment,model,planner,seed,episode,return,environmentSteps,modelSteps,"
                + "planMillisP50,planMillisP99,allocatedBytesPerPlan,backend,effectiveSampleSize,eliteSpread,largestViolation,nonFiniteRollouts,modelFailures,stoppedBy");
        assertThat(lines).hasSize(1 + 3 * 6 * 2 * 9);
        assertThat(lines.get(1)).startsWith("Pendulum-v1,learned,cem,1,1,").endsWith(",200,0,,,,,,,0.0,0,0,");
        assertThat(lines.get(2)).endsWith("\"cpu, \"\"plain\"\"\",12.5,0.25,0.125,3,1,\"completed 75.0 %, wall clock 25.0 %\"");
    }

    @Test
    void writesAllFilesAndLeavesNothingElse() throws IOException {
        ResultFiles.write(RESULTS, folder);
        ResultFiles.write(RESULTS, folder);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("results.csv", "results.json", "report.html");
        }
    }

    @Test
    void aWriteThatFailsLeavesTheOldFileWhole() throws IOException {
        Path target = folder.resolve("results.csv");
        Files.createDirectory(target);
        Files.writeString(target.resolve("inside"), "kept");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ResultFiles.write(RESULTS, folder));

        assertThat(target.resolve("inside")).hasContent("kept");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}
