package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceCommandTest {
    @TempDir
    private Path folder;

    @Test
    void listsTheExperiments() {
        CommandLineRun run = CommandLineRun.of("evidence", "--list");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("jump-start");
    }

    @Test
    void helpSaysHowManySeedsAVerdictNeeds() {
        assertThat(CommandLineRun.of("evidence", "--help").out().replaceAll("\\s+", " ")).contains("Verdicts mean something from 10 on");
    }

    @Test
    void runsOneAndWritesItsFiles() {
        CommandLineRun run = CommandLineRun.of("evidence", "jump-start", "--seeds", "2", "--first-seed", "5", "--out", folder.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("jump-start", "2/2", "pass");
        assertThat(folder.resolve("evidence.md")).content().contains("./ponder evidence jump-start --seeds 2 --first-seed 5", "Seeds 5 to 6");
        assertThat(folder.resolve("evidence/jump-start.svg")).exists();
    }

    @Test
    void anUnknownIdIsWrongUse() {
        CommandLineRun run = CommandLineRun.of("evidence", "jump-strat", "--out", folder.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("ID is 'jump-strat'", "Maybe you meant jump-start.");
    }
}
