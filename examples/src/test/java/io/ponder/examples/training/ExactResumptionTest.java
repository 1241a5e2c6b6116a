package io.ponder.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.storage.Checkpoint;
import io.ponder.engine.storage.CheckpointFolder;
import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.SelfPlayCheckpoint;
import io.ponder.engine.train.selfplay.SelfPlayListener;
import io.ponder.engine.train.selfplay.SelfPlayLoop;
import io.ponder.worldmodels.latent.LatentLearner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactResumptionTest {
    /** Everything that a run ends with and that is no time. */
    private record End(List<CurvePoint> curve, float[] model, float[] target, float[] mean, float[] square, long added) {
        static End of(SelfPlayLoop loop) {
            var learner = (LatentLearner) loop.task().learner();
            var adam = learner.optimiser().state();
            return new End(
                    SmallTraining.withoutTimes(loop.curve()), learner.network().parameters(), learner.targetNetwork().parameters(),
                    adam.get("exp_avg"), adam.get("exp_avg_sq"), loop.replay().added());
        }
    }

    private static SelfPlayLoop loop(TrainingTask task, SelfPlayListener listener, @Nullable ForkJoinPool pool) {
        return new SelfPlayLoop(task.selfPlay(), task.parameters(Double.POSITIVE_INFINITY), task.seed(), listener, pool);
    }

    private static End uninterrupted(TrainingTask task) {
        try (SelfPlayLoop loop = loop(task, SelfPlayListener.NONE, null)) {
            loop.run();
            return End.of(loop);
        }
    }

    /** Ends a run after so many rounds, saves it, and lets another one go on from there. */
    private static End interrupted(Supplier<TrainingTask> task, int rounds, Path folder, @Nullable ForkJoinPool pool) throws IOException {
        var checkpoints = new CheckpointFolder(folder);
        TrainingTask first = task.get();
        var cancel = new SelfPlayListener() {
            private int left = rounds;
            private @Nullable SelfPlayLoop loop;

            @Override
            public void roundEnded(long environmentSteps, double wallSeconds, long learnerSteps) {
                if (--left == 0 && loop != null) loop.cancel();
            }
        };
        try (SelfPlayLoop loop = loop(first, cancel, pool)) {
            cancel.loop = loop;
            loop.run();
            assertThat(loop.cancelled()).isTrue();
            SelfPlayCheckpoint.save(loop, checkpoints, first.manifest());
        }
        try (SelfPlayLoop loop = loop(task.get(), SelfPlayListener.NONE, pool);
                Checkpoint checkpoint = checkpoints.load()) {
            SelfPlayCheckpoint.resume(loop, checkpoint);
            loop.run();
            return End.of(loop);
        }
    }

    private static void same(End one, End other) {
        assertThat(one.curve()).isEqualTo(other.curve());
        assertThat(one.model()).isEqualTo(other.model());
        assertThat(one.target()).isEqualTo(other.target());
        assertThat(one.mean()).isEqualTo(other.mean());
        assertThat(one.square()).isEqualTo(other.square());
        assertThat(one.added()).isEqualTo(other.added());
    }

    @Test
    void aRunThatWasEndedAnywhereGoesOnAsIfItHadNotBeen(@TempDir Path folder) throws IOException {
        String changes = "reanalysedPerStep=0.4 priorityPower=1 weightPower=1";
        Supplier<TrainingTask> task = () -> SmallTraining.task(TrainingMethod.MUZERO, "CartPole-v1", changes, 5);
        End whole = uninterrupted(task.get());
        assertThat(whole.added()).isGreaterThan(150);
        // Before learning begins, where an evaluation is due (70 steps), in the middle, and with a replay that forgets.
        for (int rounds : new int[] {2, 24, 51, 90}) same(interrupted(task, rounds, folder.resolve("r" + rounds), null), whole);
        End otherSeed = uninterrupted(SmallTraining.task(TrainingMethod.MUZERO, "CartPole-v1", changes, 6));
        assertThat(otherSeed.curve()).isNotEqualTo(whole.curve());
        assertThat(otherSeed.model()).isNotEqualTo(whole.model());
    }

    @Test
    void anEpisodeThatWasCutIsSearchedOnceMoreAfterwards(@TempDir Path folder) throws IOException {
        Supplier<TrainingTask> task = () ->
                SmallTraining.cutAfter(7, SmallTraining.task(TrainingMethod.MUZERO, "CartPole-v1", "steps=200", 5));
        End whole = uninterrupted(task.get());
        // After 7 rounds all episodes are cut and wait for the value of what is seen last; after 8 the next ones begin.
        for (int rounds : new int[] {7, 8, 9}) same(interrupted(task, rounds, folder.resolve("r" + rounds), null), whole);
    }

    @Test
    void twoThreadsGoOnAsOneWould(@TempDir Path folder) throws IOException {
        Supplier<TrainingTask> task = () -> SmallTraining.task(TrainingMethod.GUMBEL, "CartPole-v1", "", 5);
        var pool = new ForkJoinPool(1);
        try {
            same(interrupted(task, 60, folder, pool), uninterrupted(task.get()));
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void gamesWithMasksGoOnToo(@TempDir Path folder) throws IOException {
        Supplier<TrainingTask> task = () -> SmallTraining.task(TrainingMethod.MUZERO, "tictactoe", "reanalysedPerStep=0.4", 5);
        same(interrupted(task, 55, folder, null), uninterrupted(task.get()));
    }
}
