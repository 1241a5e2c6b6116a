package io.ponder.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.training.CurveFile;
import io.ponder.examples.training.TrainingEnvironment;
import io.ponder.examples.training.TrainingListener;
import io.ponder.examples.training.TrainingMethod;
import io.ponder.examples.training.TrainingOption;
import io.ponder.examples.training.TrainingPresets;
import io.ponder.examples.training.TrainingRun;
import io.ponder.examples.training.TrainingTask;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on training shows the programs that are run here, and the columns that are written. */
class TrainingPageTest {
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @CsvSource({"TrainYourOwn, 60", "PlanFromCheckpoint, 60"})
    void thePageShowsTheProgramThatIsRun(String program, int longest) throws Exception {
        String source = Files.readString(ROOT.resolve("examples/src/main/java/io/ponder/examples/embedding/" + program + ".java"));
        String page = Files.readString(ROOT.resolve("docs/training.md"));

        assertThat(page).contains(source.substring(source.indexOf("import ")).strip()).contains(CurveFile.HEADER);
        assertThat(source.lines().count()).isLessThanOrEqualTo(longest);
    }

    @Test
    void aCheckpointIsLoadedAndPlannedWith(@TempDir Path folder) throws Exception {
        var environment = TrainingEnvironment.of("CartPole-v1");
        var settings = TrainingPresets.settings(TrainingMethod.MUZERO, environment)
                .with(TrainingOption.STEPS, "300").with(TrainingOption.BATCH, "32").with(TrainingOption.HIDDEN, "32")
                .with(TrainingOption.SIMULATIONS, "10").with(TrainingOption.POSITIONS_BEFORE, "200").with(TrainingOption.EVALUATION_EPISODES, "1");
        TrainingTask task = TrainingTask.of(TrainingMethod.MUZERO, environment, settings, 1);
        try (var run = new TrainingRun(task, folder, Double.POSITIVE_INFINITY, 1, null, new TrainingListener() {})) {
            run.run();
        }
        // How well it does depends on how fast the machine is; a pole that is pushed to one side falls in 8 to 10 steps.
        for (long seed = 1; seed <= 3; seed++) assertThat(PlanFromCheckpoint.balance(folder, seed)).isBetween(8, 500);
    }
}
