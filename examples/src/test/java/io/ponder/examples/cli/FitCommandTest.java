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
    void aModelOfNoUseIsCalledSo() throws Exception {
        Path spec = Files.writeString(folder.resolve("hopeless.spec"), "members = 1\nlayers = 1\nwidth = 1\nepochs = 1\nbatch = 1000\n");

        var run = CommandLineRun.of("fit", "--data", log.toString(), "--spec", spec.toString(), "--out", folder.resolve("m").toString());

        assertThat(run.out()).contains("no better than predicting that nothing changes", "\nMaybe");
    }

    @Test
    void aModelIsLoadedIntoTheEnvironmentThatIsNamed() throws Exception {
        Path spec = Files.writeString(folder.resolve("small.spec"), "members = 2\nwidth = 8\nepochs = 2\n");
        String model = folder.resolve("model").toString();
        CommandLineRun.of("fit", "--data", log.toString(), "--spec", spec.toString(), "--out", model);

        var unnamed = CommandLineRun.of("compare", "--load", model);
        assertThat(unnamed.code()).isEqualTo(2);
        assertThat(unnamed.err()).contains("does not tell an environment", "\nMaybe name one with --env");
        var other = CommandLineRun.of("compare", "--load", model, "--env", "cartpole-swingup");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("observations of 3 entries and continuous actions of 1", "needs observations of", "\nMaybe");
        var named = CommandLineRun.of("compare", "--load", model, "--env", "pendulum-v1", "--planners", "random-shooting", "--models",
                "learned", "--seeds", "1", "--episodes", "2", "--budget", "100", "--out", folder.resolve("results").toString());
        assertThat(named.err()).isEmpty();
        assertThat(named.code()).isZero();
    }

    @Test
    void aSpecificationThatDoesNotFitLeavesNothing() {
        Path out = folder.resolve("m");

        var run = CommandLineRun.of("fit", "--data", log.toString(), "--spec", "acrobot-v1", "--out", out.toString());

        assertThat(run.out()).isEmpty();
        assertThat(out).doesNotExist();
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
        assertThat(run.err()).contains("line 4", "eleven", "step", "\nMaybe").doesNotContain("\tat ");
    }

    @Test
    void aModelThatCannotBeSavedIsAFailedRun() throws Exception {
        Path spec = Files.writeString(folder.resolve("small.spec"), "members = 1\nwidth = 4\nepochs = 1\n");
        Path out = Files.createDirectories(folder.resolve("model"));
        Files.createDirectories(out.resolve(".checkpoint-1.json.0.tmp/in the way"));

        var run = CommandLineRun.of("fit", "--data", log.toString(), "--spec", spec.toString(), "--out", out.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("ponder: fit failed: ").containsOnlyOnce("\nMaybe").doesNotContain("\tat ");
    }

    @Test
    void aMissingLogIsOneSentence() {
        var run = CommandLineRun.of("fit", "--data", folder.resolve("none.csv").toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("none.csv", "does not exist", "Maybe");
    }
}
