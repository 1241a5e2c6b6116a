package io.ponder.examples.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.plan.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static CompareSettings settings(int seeds, int threads) {
        return new CompareSettings(
                List.of("Pendulum-v1", "cartpole-swingup"), List.of("cem", "mppi"), true, true, seeds, 4, PlanBudget.DEFAULT, threads, false, null, false, Backend.CPU);
    }

    private static EpisodeResult episode(ExperimentKey key, int number) {
        return new EpisodeResult(key, number, 10 * number + key.seed(), 200L * number, 0, 1, 2, 0, "cpu", io.ponder.engine.train.PlanHealth.NONE);
    }

    private static ExperimentResult play(ExperimentKey key, int episodes, Consumer<EpisodeResult> listener) {
        List<EpisodeResult> done = new ArrayList<>();
        for (int e = 1; e <= episodes; e++) {
            done.add(episode(key, e));
            listener.accept(done.get(e - 1));
        }
        return new ExperimentResult(key, done, ExperimentResult.finalScore(done, 4, 1), new double[] {1, 2, 3}, null, null, null);
    }

    @Test
    void everyPlannerModelAndSeedIsRunOnce() {
        ComparisonResults results = new Comparison(
                settings(3, 2), (key, cancel, listener) -> play(key, 4, listener), new ComparisonListener() {}, new Cancellation()).run();

        // Two environments times (two planners times two models, and random) times three seeds.
        assertThat(results.experiments()).hasSize(30);
        assertThat(results.experiments()).extracting(ExperimentResult::key).doesNotHaveDuplicates();
        assertThat(results.experiments()).extracting(ExperimentResult::key).isEqualTo(settings(3, 1).experiments());
        assertThat(results.interrupted()).isFalse();
    }

    @Test
    void experimentsRunSideBySide() {
        var inside = new CountDownLatch(2);

        ComparisonResults results = new Comparison(settings(1, 2), (key, cancel, listener) -> {
            inside.countDown();
            // Two experiments must be inside at once for either to go on.
            if (!inside.await(20, TimeUnit.SECONDS)) throw new IllegalStateException("alone");
            return play(key, 4, listener);
        }, new ComparisonListener() {}, new Cancellation()).run();

        assertThat(results.failures()).isEmpty();
    }

    @Test
    void anInterruptedRunKeepsFinishedEpisodes() {
        var cancellation = new Cancellation();
        var told = new AtomicInteger();

        ComparisonResults results = new Comparison(settings(2, 1), (key, cancel, listener) -> {
            cancel.onRequest(told::incrementAndGet);
            boolean third = key.equals(settings(2, 1).experiments().get(2));
            if (third) cancellation.request();
            return play(key, third ? 2 : 4, listener);
        }, new ComparisonListener() {}, cancellation).run();

        assertThat(results.interrupted()).isTrue();
        assertThat(results.experiments()).hasSize(3);
        assertThat(results.experiments().get(2).episodes()).hasSize(2);
        assertThat(results.experiments().get(2).finalScore()).isNaN();
        assertThat(told).hasValue(3);
    }

    @Test
    void aFinalScoreNeedsEveryFinalEpisode() {
        ExperimentKey key = settings(1, 1).experiments().get(0);
        List<EpisodeResult> five = IntStream.rangeClosed(1, 5).mapToObj(e -> episode(key, e)).toList();

        assertThat(ExperimentResult.finalScore(five, 6, 2)).isNaN();
        assertThat(ExperimentResult.finalScore(five, 5, 2)).isEqualTo(45 + key.seed());
        assertThat(ExperimentResult.finalScore(five.subList(0, 1), 1, 2)).isEqualTo(10 + key.seed());
    }

    @Test
    void aFailedExperimentKeepsItsEpisodesAndStopsNoOther() {
        ComparisonResults results = new Comparison(settings(1, 2), (key, cancel, listener) -> {
            if (key.planner().equals("mppi") && key.model() == ModelKind.LEARNED) {
                listener.accept(episode(key, 1));
                throw new IllegalArgumentException("no luck");
            }
            return play(key, 4, listener);
        }, new ComparisonListener() {}, new Cancellation()).run();

        assertThat(results.failures()).hasSize(2);
        assertThat(results.failures().get(0).failure()).isEqualTo("no luck");
        assertThat(results.failures().get(0).episodes()).hasSize(1);
        assertThat(results.experiments()).hasSize(10);
    }

    @Test
    void summariesAreOverSeeds() {
        ComparisonResults results = new Comparison(
                settings(3, 1), (key, cancel, listener) -> play(key, 4, listener), new ComparisonListener() {}, new Cancellation()).run();

        Summary first = results.summaries().get(0);
        assertThat(results.summaries()).hasSize(10);
        assertThat(first.finalReturn().count()).isEqualTo(3);
        assertThat(first.finalReturn().mean()).isEqualTo(42);
        assertThat(first.planMillisP50()).isEqualTo(2);
    }

    @Test
    void actionsAreToldOnceAndAlsoWhenTheyComeLate() {
        var cancellation = new Cancellation();
        var told = new AtomicInteger();
        Runnable removed = told::incrementAndGet;
        cancellation.onRequest(told::incrementAndGet);
        cancellation.onRequest(removed);
        cancellation.remove(removed);

        cancellation.request();
        cancellation.request();
        cancellation.onRequest(told::incrementAndGet);

        assertThat(told).hasValue(2);
    }
}
