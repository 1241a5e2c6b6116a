package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aMeasurementIsARowAndAJsonLine() throws Exception {
        Path json = folder.resolve("sub/bench.json");

        var run = CommandLineRun.of("bench", "gemm", "--only", "m=256", "--runs", "5", "--json", json.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("gemm"))).hasSize(1);
        assertThat(Files.readAllLines(json)).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(json.toFile());
        assertThat(line.path("case").asText()).isEqualTo("gemm");
        assertThat(line.path("parameters").path("k").asInt()).isEqualTo(200);
        assertThat(line.path("metric").asText()).isEqualTo("gigaflopsPerSecond");
        assertThat(line.path("runs").size()).isEqualTo(5);
        assertThat(line.path("min").asDouble()).isPositive().isLessThanOrEqualTo(line.path("median").asDouble());
        assertThat(line.path("median").asDouble()).isLessThanOrEqualTo(line.path("max").asDouble());
    }

    @Test
    void trainingTellsItsShares() throws Exception {
        Path json = folder.resolve("train.json");

        var run = CommandLineRun.of("bench", "muzero-train", "--runs", "5", "--threads", "1", "--json", json.toString());

        assertThat(run.code()).isZero();
        JsonNode line = new ObjectMapper().readTree(json.toFile());
        assertThat(line.path("median").asDouble()).isPositive();
        assertThat(line.path("learnerStepsPerSecond").asDouble()).isPositive();
        assertThat(line.path("searchShare").asDouble() + line.path("networkShare").asDouble() + line.path("learnShare").asDouble())
                .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "gem,                 gem, Maybe you meant gemm",
        "gemm --only m=3,     m=3, 'Maybe choose from m=256, 2048'",
        "gemm --only rows=3,  rows, 'm, n, k'",
        "gemm --only rows=3,  rows, Maybe write --only m=256",
        "gemm --only m,       NAME=VALUE, Maybe",
        "gemm --threads 0,    --threads, 256",
        "gemm --runs 4,       --runs, 5",
        "gemm --picture x.svg, shows the case gpu, Maybe run 'bench gpu'"
    })
    void aWrongWishIsOneSentenceWithAdvice(String arguments, String first, String second) {
        var run = CommandLineRun.of(("bench " + arguments).split(" +"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("ponder: ").contains(first, second).doesNotContain("\tat ");
    }

    @Test
    void aJsonFileThatCannotBeWrittenIsFoundBeforeTheWork() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        var run = CommandLineRun.of("bench", "gemm", "--json", file.resolve("x.json").toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
