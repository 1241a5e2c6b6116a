package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsCommandTest {
    @TempDir
    private Path folder;

    @Test
    void listsItsRows() {
        CommandLineRun run = CommandLineRun.of("results", "--list");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("pendulum-cem", "cartpole-head-to-head", "control-untrained");
    }

    @Test
    void measuresOneRowForReal() {
        CommandLineRun run = CommandLineRun.of("results", "swingup-true-cem", "--seeds", "1", "--out", folder.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("swingup-true-cem, seed 1: 17", "yes");
        assertThat(folder.resolve("swingup-true-cem/seed-1.json")).exists();
    }

    @Test
    void anUnknownRowIsWrongUse() {
        CommandLineRun run = CommandLineRun.of("results", "pendulum-ecm", "--out", folder.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("ROW is 'pendulum-ecm'", "Maybe you meant pendulum-cem.");
    }
}
