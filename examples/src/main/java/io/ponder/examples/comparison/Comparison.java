package io.ponder.examples.comparison;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Runs the experiments of a comparison side by side, each on a thread of its own, and keeps what every one of them gave. An experiment
 * that fails is recorded and does not stop the others; a cancelled run keeps all finished episodes.
 */
public final class Comparison {
    private static final Logger LOG = LogManager.getLogger(Comparison.class);

    private final CompareSettings settings;
    private final ExperimentRunner runner;
    private final ComparisonListener listener;
    private final Cancellation cancellation;

    /** Creates a comparison that has not begun. */
    public Comparison(
            CompareSettings settings, ExperimentRunner runner, ComparisonListener listener, Cancellation cancellation) {
        this.settings = settings;
        this.runner = runner;
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /** Runs all experiments and returns when the last one is done, or soon after the run was cancelled. */
    public ComparisonResults run() {
        Instant start = Instant.now();
        List<ExperimentKey> keys = settings.experiments();
        listener.started(keys.size(), keys.size() * settings.episodes());
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(settings.threads(), keys.size()), task -> {
            var thread = new Thread(task, "experiment");
            thread.setDaemon(true);
            return thread;
        });
        List<ExperimentResult> results = new ArrayList<>();
        try {
            List<Future<ExperimentResult>> futures = new ArrayList<>();
            for (ExperimentKey key : keys) futures.add(pool.submit(() -> runOne(key)));
            for (Future<ExperimentResult> future : futures) {
                ExperimentResult result = future.get();
                if (!result.episodes().isEmpty() || result.failure() != null) results.add(result);
            }
        } catch (InterruptedException interrupted) {
            cancellation.request();
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("An experiment ended without a result.", impossible.getCause());
        } finally {
            pool.shutdown();
        }
        return new ComparisonResults(
                settings, Machine.here(), start, Duration.between(start, Instant.now()), cancellation.requested(), results);
    }

    private ExperimentResult runOne(ExperimentKey key) {
        List<EpisodeResult> finished = new ArrayList<>();
        ExperimentResult result;
        if (cancellation.requested()) {
            return new ExperimentResult(key, List.of(), Double.NaN, new double[0], null, null, null);
        }
        try {
            result = runner.run(key, cancellation, episode -> {
                finished.add(episode);
                synchronized (listener) {
                    listener.episode(episode);
                }
            });
        } catch (Exception | LinkageError | OutOfMemoryError failure) {
            LOG.debug("{} failed", key, failure);
            String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            double score = ExperimentResult.finalScore(finished, settings.episodes(), settings.finalEpisodes());
            result = new ExperimentResult(key, List.copyOf(finished), score, new double[0], null, null, reason);
        }
        synchronized (listener) {
            listener.experiment(result);
        }
        return result;
    }
}
