package io.ponder.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.data.TransitionStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectFitPlanLoopTest {
    private static final FitParameters FIT = FitParameters.defaults().withBatchSize(8);

    private final LearnedPoint learner = new LearnedPoint();
    private final TransitionStore store = new TransitionStore(1, 1);
    private final ShootingPlanner planner = new ShootingPlanner(learner.model(), 4);

    private CollectFitPlanLoop loop(CollectParameters parameters, long seed, TrainingListener listener) {
        return new CollectFitPlanLoop(
                new PointEnvironment(), planner, learner.model(), learner, store, parameters, FIT, seed, listener);
    }

    private static List<Double> returns(List<EpisodeRecord> episodes) {
        return episodes.stream().map(EpisodeRecord::episodeReturn).toList();
    }

    @Test
    void firstEpisodeIsRandomAndTheFittedModelDoesBetter() {
        CollectFitPlanLoop loop = loop(CollectParameters.episodes(4), 3, TrainingListener.NONE);

        List<EpisodeRecord> episodes = loop.run();

        assertThat(episodes).hasSize(4);
        assertThat(episodes.get(0).planned()).isFalse();
        assertThat(episodes.get(0).modelSteps()).isZero();
        assertThat(episodes.get(0).planMillisP50()).isNaN();
        assertThat(learner.gain).isCloseTo(0.5, within(1e-3));
        for (EpisodeRecord episode : episodes.subList(1, 4)) {
            assertThat(episode.planned()).isTrue();
            assertThat(episode.truncated()).isTrue();
            // The point starts within 1 and reaches 0 in at most two steps; the best of 64 actions leaves a little.
            assertThat(episode.episodeReturn()).isGreaterThan(-1.5).isGreaterThan(episodes.get(0).episodeReturn());
            assertThat(episode.modelSteps()).isEqualTo(20L * 4 * ShootingPlanner.SAMPLES);
            assertThat(episode.planMillis()).hasSize(20);
            assertThat(episode.planMillisP99()).isGreaterThanOrEqualTo(episode.planMillisP50()).isPositive();
            assertThat(episode.allocatedBytesPerPlan()).isGreaterThanOrEqualTo(0);
            assertThat(episode.executedOn()).isEqualTo("test");
        }
        assertThat(store.size()).isEqualTo(episodes.stream().mapToInt(EpisodeRecord::steps).sum());
        assertThat(store.episodes()).isEqualTo(4);
        assertThat(loop.fits()).hasSize(3);
        assertThat(planner.resets).isEqualTo(3);
    }

    @Test
    void actionsAreHeldWhereTheParametersSaySo() {
        CollectFitPlanLoop loop = loop(CollectParameters.episodes(2).withActionRepeat(5).withExplore(false), 3, TrainingListener.NONE);

        EpisodeRecord planned = loop.run().get(1);

        assertThat(planned.planMillis()).hasSize((planned.steps() + 4) / 5);
        float[] before = new float[1];
        float[] after = new float[1];
        for (int i = 0; i + 1 < planned.steps(); i++) {
            if (i % 5 == 4) continue;
            int row = store.size() - planned.steps() + i;
            store.readAction(row, before);
            store.readAction(row + 1, after);
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void sameSeedSameRun() {
        var again = new CollectFitPlanLoopTest();
        var other = new CollectFitPlanLoopTest();

        List<Double> one = returns(loop(CollectParameters.episodes(3), 3, TrainingListener.NONE).run());
        List<Double> two = returns(again.loop(CollectParameters.episodes(3), 3, TrainingListener.NONE).run());
        List<Double> three = returns(other.loop(CollectParameters.episodes(3), 4, TrainingListener.NONE).run());

        assertThat(one).isEqualTo(two).isNotEqualTo(three);
    }

    @Test
    void othersCanStartFromTheSameStates() {
        loop(CollectParameters.episodes(3), 3, TrainingListener.NONE).run();
        var environment = new PointEnvironment();
        float[] observation = new float[1];

        for (int episode = 0; episode < 3; episode++) {
            store.readObservation(store.episodeStart(episode), observation);
            assertThat(environment.reset(CollectFitPlanLoop.startSeed(3, episode + 1)).observation()).isEqualTo(observation);
        }
    }

    @Test
    void aModelThatIsNeverFittedDrivesAway() {
        CollectFitPlanLoop loop = loop(CollectParameters.episodes(1).withRandom(0, 0), 3, TrainingListener.NONE);

        EpisodeRecord episode = loop.runEpisode();

        assertThat(loop.fits()).isEmpty();
        assertThat(episode.terminated()).isTrue();
        assertThat(episode.meanPredictedReturn()).isGreaterThan(episode.meanRealReturn() + 1);
    }

    @Test
    void aRightModelPromisesWhatFollows() {
        CollectFitPlanLoop loop = loop(CollectParameters.episodes(2), 3, TrainingListener.NONE);
        loop.run();

        EpisodeRecord planned = loop.episodes().get(1);

        // Constant actions promise less than replanning earns, but the same magnitude.
        assertThat(planned.meanRealReturn()).isGreaterThanOrEqualTo(planned.meanPredictedReturn() - 0.01).isNegative();
        assertThat(planned.meanPredictedReturn()).isGreaterThan(-1);
    }

    @Test
    void randomStepsAreCutAndFitsHappenWithinEpisodes() {
        CollectFitPlanLoop loop = loop(
                CollectParameters.episodes(100).withRandom(0, 30).withFitEvery(5).withMaximumSteps(57), 3, TrainingListener.NONE);

        List<EpisodeRecord> episodes = loop.run();

        assertThat(episodes.stream().map(EpisodeRecord::steps).toList()).containsExactly(20, 10, 20, 7);
        assertThat(episodes.stream().map(EpisodeRecord::planned).toList()).containsExactly(false, false, true, true);
        assertThat(episodes.get(1).truncated()).isFalse();
        assertThat(loop.steps()).isEqualTo(57);
        assertThat(episodes.get(3).totalSteps()).isEqualTo(57);
        // After 30, 35, 40, 45 steps within the episode; at 50 before the next one; at 55 within it.
        assertThat(loop.fits().stream().map(fit -> fit.trainingRows() + fit.heldOutRows()).toList())
                .containsExactly(30, 35, 40, 45, 50, 55);
        assertThat(store.episodes()).isEqualTo(4);
    }

    @Test
    void listenerHearsCollectingFitsAndEpisodesInOrder() {
        var heard = new ArrayList<String>();
        var listener = new TrainingListener() {
            @Override
            public void collected(Collected collected) {
                heard.add("collected " + collected.newSteps() + " of " + collected.totalSteps());
            }

            @Override
            public void fitEnded(FitReport report) {
                heard.add("fit " + report.fit());
            }

            @Override
            public void episodeEnded(EpisodeRecord episode) {
                heard.add("episode " + episode.episode());
            }
        };

        loop(CollectParameters.episodes(2).withFitEvery(10), 3, listener).run();

        assertThat(heard).containsExactly(
                "collected 20 of 20", "episode 1", "fit 1", "collected 10 of 30", "fit 2", "collected 10 of 40", "episode 2");
    }

    @Test
    void cancelKeepsWhatIsDone() {
        var loops = new CollectFitPlanLoop[1];
        loops[0] = loop(CollectParameters.episodes(50).withFitEvery(7), 3, new TrainingListener() {
            @Override
            public void fitEnded(FitReport report) {
                if (report.fit() == 3) loops[0].cancel();
            }
        });

        List<EpisodeRecord> episodes = loops[0].run();

        assertThat(episodes).hasSize(1);
        assertThat(loops[0].cancelled()).isTrue();
        assertThat(planner.cancelled).isTrue();
        assertThat(store.size()).isEqualTo(34);
        assertThat(loops[0].runEpisode()).isNull();
        assertThat(learner.gain).isCloseTo(0.5, within(0.01));
    }

    @Test
    void shapesThatDifferAreRefused() {
        assertThatThrownBy(() -> new CollectFitPlanLoop(
                        new PointEnvironment(), planner, learner.model(), learner, new TransitionStore(2, 1),
                        CollectParameters.episodes(1), FIT, 1, TrainingListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("observationSize of the store is 2");
    }
}
