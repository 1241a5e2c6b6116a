package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.storage.TransitionCsv;
import io.ponder.examples.fitting.Pendulums;
import io.ponder.worldmodels.archive.ModelArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitCommandTest {
    @TempDir
    private Path folder;

    private Path log = Path.of("");

    @BeforeEach
    void writeLog() throws Exception {
        log = folder.resolve("log.csv");
        TransitionStore data = Pendulums.randomEpisodes(6, 30);
        TransitionCsv.write(data, log);
    }

    @Test
    void aFittedModelIsReportedSavedAndLoadsAgain() throws Exception {
        Path spec = Files.writeString(folder.resolve("pendulum.spec"), "environment = Pendulum-v1\nmembers = 2\nwidth = 16\nepochs = 5\nhorizon = 10\n");
        Path out = folder.resolve("model");

        var run = CommandLineRun.of("fit", "--data", log.toString(), "--spec", spec.toString(), "--out", out.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("180 transitions of 6 episodes", "held-out episodes", "steps ahead", "Saved in " + out);
        assertThat(ModelArchive.environment(out)).contains("pendulum-v1");
        assertThat(ModelArchive.load(out).predictor().members()).isEqualTo(2);
    }

    @Test
    void withoutASpecificationTheRewardIsLearned() throws Exception {
        Path spec = Files.writeString(folder.resolve("small.spec"), "members = 2\nwidth = 8\nepochs = 2\n");
        Path out = folder.resolve("model");

        var run = CommandLineRun.of("fit", "--data", log.toString(), "--spec", spec.toString(), "--out", out.toString());

        assertThat(run.code()).isZero();
        assertThat(ModelArchive.load(out).model().spec().observationSize()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"pendulum-v2, pendulum-v1", "acrobot-v1, observation columns"})
    void aSpecificationThatDoesNotFitIsOneSentence(String spec, String said) {
        var run = CommandLineRun.of("fit", "--data", log.toString(), "--spec", spec, "--out", folder.resolve("m").toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(said, "\nMaybe").doesNotContain("\tat ");
    }

    @Test
    void aDamagedLogNamesItsLineAndColumn() throws Exception {
        var lines = Files.readAllLines(log);
        lines.set(3, lines.get(3).replaceFirst(",[^,]*,", ",eleven,"));
        Files.write(log, lines);

        var run = CommandLineRun.of("fit", "--data", log.toString(), "--out", folder.resolve("m").toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("line 4", "eleven", "step").doesNotContain("\tat ");
    }

    @Test
    void aMissingLogIsOneSentence() {
        var run = CommandLineRun.of("fit", "--data", folder.resolve("none.csv").toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("none.csv", "does not exist", "Maybe");
    }
}
