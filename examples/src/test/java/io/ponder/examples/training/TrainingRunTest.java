package io.ponder.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.env.Environment;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.storage.Checkpoint;
import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.CheckpointFolder;
import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.SelfPlayTask;
import io.ponder.engine.train.selfplay.TrainingFailedException;
import io.ponder.examples.arena.GameEvaluation;
import io.ponder.examples.environments.Environments;
import io.ponder.worldmodels.archive.LatentArchive;
import io.ponder.worldmodels.latent.LatentLearner;
import io.ponder.worldmodels.latent.LatentModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
    private static TrainingTask cartPole(String changes) {
        return SmallTraining.task(TrainingMethod.GUMBEL, "CartPole-v1", changes, 3);
    }

    private static List<CurvePoint> run(TrainingTask task, Path folder) throws IOException {
        try (var run = new TrainingRun(task, folder, Double.POSITIVE_INFINITY, 1, null, new TrainingListener() {})) {
            return run.run();
        }
    }

    @Test
    void aFolderHoldsCurvePictureEventsAndAnAgentThatKnowsWhatWasLearned(@TempDir Path folder) throws IOException {
        TrainingTask task = cartPole("");
        List<CurvePoint> curve = run(task, folder);

        assertThat(CurveFile.read(folder.resolve("curve.csv"))).isEqualTo(curve).hasSizeGreaterThan(3);
        assertThat(Files.readString(folder.resolve("curve.csv"))).startsWith(
                "environmentSteps,wallSeconds,learnerSteps,evaluationReturnMean,evaluationReturnMin,evaluationReturnMax,");
        assertThat(Files.readString(folder.resolve("curve.svg"))).startsWith("<svg xmlns=").contains("gumbel on CartPole-v1");
        assertThat(Files.size(folder.resolve("events.out.tfevents.ponder"))).isGreaterThan(500);
        float[] seen = {0.1f, -0.2f, 0.05f, 0.3f};
        float[] values = new float[3];
        ((LatentLearner) task.selfPlay().learner()).model().load(((LatentLearner) task.selfPlay().learner()).network());
        ((LatentModel) task.selfPlay().model()).values(seen, 1, values);
        float[] loaded = new float[1];
        LatentArchive.load(folder).values(seen, 1, loaded);
        assertThat(loaded[0]).isEqualTo(values[0]).isNotZero();
        float[] agent = new float[1];
        ((LatentModel) SavedTraining.agent(folder).selfPlay().model()).values(seen, 1, agent);
        assertThat(agent[0]).isEqualTo(values[0]);
    }

    @Test
    void aLongerRunGoesOnFromTheEndOfAShorterOneAndForgetsWhatWasWrittenBeyondIt(@TempDir Path folder) throws IOException {
        run(cartPole("steps=150"), folder);
        long events = Files.size(folder.resolve("events.out.tfevents.ponder"));
        // What a killed run writes after its last checkpoint.
        Files.writeString(folder.resolve("curve.csv"), CurveFile.HEADER + "\n1,2,3,4,5,6,7,8,9,10,11,12\n");
        Files.write(folder.resolve("events.out.tfevents.ponder"), new byte[100], java.nio.file.StandardOpenOption.APPEND);
        try (Checkpoint checkpoint = new CheckpointFolder(folder).load();
                var run = new TrainingRun(
                        cartPole("steps=250"), folder, Double.POSITIVE_INFINITY, 1, checkpoint, new TrainingListener() {})) {
            assertThat(run.loop().steps()).isEqualTo(150);
            assertThat(Files.size(folder.resolve("events.out.tfevents.ponder"))).isEqualTo(events);
            List<CurvePoint> curve = run.run();
            assertThat(curve.get(curve.size() - 1).environmentSteps()).isBetween(250L, 252L);
            assertThat(CurveFile.read(folder.resolve("curve.csv"))).isEqualTo(curve);
        }
    }

    @Test
    void aCheckpointOfAnotherSizeOrSeedIsRefusedAndTheRunIsNotTouched(@TempDir Path folder) throws IOException {
        run(cartPole("steps=60"), folder);
        long saved = newest(folder);
        for (String changes : new String[] {"hidden=9", "latent=9", "environments=2", "valueBins=12", "capacity=40"}) {
            assertThatThrownBy(() -> resume(cartPole(changes), folder)).as(changes).isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("checkpoint");
        }
        assertThatThrownBy(() -> resume(SmallTraining.task(TrainingMethod.GUMBEL, "CartPole-v1", "", 4), folder))
                .isInstanceOf(CheckpointException.class).hasMessageContaining("seed 3");
        assertThatThrownBy(() -> resume(SmallTraining.task(TrainingMethod.GUMBEL, "Acrobot-v1", "", 3), folder))
                .isInstanceOf(CheckpointException.class);
        assertThat(newest(folder)).isEqualTo(saved);
    }

    private static void resume(TrainingTask task, Path folder) throws IOException {
        try (Checkpoint checkpoint = new CheckpointFolder(folder).load();
                var run = new TrainingRun(task, folder, Double.POSITIVE_INFINITY, 1, checkpoint, new TrainingListener() {})) {
            run.run();
        }
    }

    private static long newest(Path folder) throws IOException {
        try (Checkpoint checkpoint = new CheckpointFolder(folder).load()) {
            return checkpoint.generation();
        }
    }

    @Test
    void aTornCheckpointGivesWayToTheOneBefore(@TempDir Path folder) throws IOException {
        run(cartPole("steps=60"), folder);
        resume(cartPole("steps=120"), folder);
        Path newest = folder.resolve("checkpoint-2.safetensors");
        Files.write(newest, Arrays.copyOf(Files.readAllBytes(newest), 1000));
        try (Checkpoint checkpoint = new CheckpointFolder(folder).load()) {
            assertThat(checkpoint.generation()).isEqualTo(1);
            assertThat(checkpoint.skipped()).hasSize(1).first().asString().contains("1000 bytes").contains("Maybe the file was cut");
        }
        assertThat(SavedTraining.agent(folder).environment().name()).isEqualTo("CartPole-v1");
    }

    /** Is a cart-pole whose reward is not a number from a step on. */
    private static final class Broken implements Environment {
        private final Environment inner = Environments.make("CartPole-v1");

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Space observationSpace() {
            return inner.observationSpace();
        }

        @Override
        public Space actionSpace() {
            return inner.actionSpace();
        }

        @Override
        public StepResult reset(long seed) {
            return inner.reset(seed);
        }

        @Override
        public StepResult reset() {
            return inner.reset();
        }

        @Override
        public StepResult step(float[] action) {
            StepResult result = inner.step(action);
            return result.set(Double.NaN, result.terminated());
        }
    }

    @Test
    void aLossThatIsNoNumberNamesStepBatchAndLastGoodCheckpoint(@TempDir Path folder) throws IOException {
        run(cartPole("steps=60"), folder);
        TrainingTask task = cartPole("steps=200");
        SelfPlayTask p = task.selfPlay();
        var broken = new TrainingTask(
                task.method(), task.environment(), task.settings(), task.seed(),
                new SelfPlayTask(Broken::new, p.model(), p.search(), p.learner(), p.symmetries()), task.recipe(), task.network());

        assertThatThrownBy(() -> resume(broken, folder)).isInstanceOf(TrainingFailedException.class)
                .hasMessageMatching("(?s)The loss of optimiser step \\d+ is NaN.*values from .*rewards from .*observations from .*"
                        + "The last good checkpoint, in .*, is of step 60\\.\nMaybe .*");
        assertThatThrownBy(() -> run(broken, Files.createDirectories(folder.resolve("new"))))
                .isInstanceOf(TrainingFailedException.class).hasMessageContaining("No checkpoint was saved before.");
    }

    @Test
    void everyMethodPlaysAGameWithIllegalMovesAndGoesOn(@TempDir Path folder) throws IOException {
        for (TrainingMethod method : TrainingMethod.values()) {
            Path own = Files.createDirectories(folder.resolve(method.label()));
            String changes = "samples=3 reanalysedPerStep=0.5 opponent=random steps=";
            run(SmallTraining.task(method, "tictactoe", changes + 60, 3), own);
            resume(SmallTraining.task(method, "tictactoe", changes + 90, 3), own);
            List<CurvePoint> curve = CurveFile.read(own.resolve("curve.csv"));
            assertThat(curve.get(curve.size() - 1).environmentSteps()).as(method.label()).isGreaterThanOrEqualTo(90);
            assertThat(curve.get(curve.size() - 1).learnerSteps()).as(method.label()).isPositive();
            // Every move that it makes is legal, whatever the edges of its root stand for.
            assertThat(new GameEvaluation(SavedTraining.agent(own), "random", 10).evaluate(1)).hasSize(10);
        }
    }

    @Test
    void cancellingSavesWhatThereIs(@TempDir Path folder) throws IOException {
        try (var run = new TrainingRun(cartPole("steps=100000"), folder, Double.POSITIVE_INFINITY, 1, null, new TrainingListener() {})) {
            var stopper = new Thread(() -> {
                while (run.loop().steps() < 100) Thread.onSpinWait();
                run.cancel();
            });
            stopper.start();
            run.run();
            assertThat(run.loop().steps()).isBetween(100L, 99_999L);
        }
        assertThat(newest(folder)).isEqualTo(1);
    }
}
