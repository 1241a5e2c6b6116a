package io.ponder.examples.papers;

import io.ponder.examples.comparison.Cancellation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs experiments on seeds, several trials at the same time. The values do not depend on the number of threads. */
public final class ExperimentRun {
    private static final long POLL_MILLIS = 100;

    private final List<Experiment> experiments;
    private final long firstSeed;
    private final int seeds;
    private final Scale scale;

    private record Done(int experiment, int seed, double @Nullable [] values, Curves curves, double seconds, @Nullable Throwable failure) {}

    /** Told about every trial that has ended, by one thread. */
    @FunctionalInterface
    public interface Listener {
        /** A trial of an experiment has ended; {@code done} of {@code all} trials have. */
        void ended(Experiment experiment, long seed, int done, int all);
    }

    /** Creates a run of experiments on the seeds {@code firstSeed} to {@code firstSeed + seeds - 1}. */
    public ExperimentRun(List<Experiment> experiments, long firstSeed, int seeds, Scale scale) {
        this.experiments = List.copyOf(experiments);
        this.firstSeed = firstSeed;
        this.seeds = seeds;
        this.scale = scale;
    }

    /**
     * What a run gave.
     *
     * @param outcomes of every experiment those seeds that were run
     * @param errors   what was thrown, by experiment and seed
     * @param complete whether every seed of every experiment was run
     */
    public record Result(List<Outcome> outcomes, Map<String, Throwable> errors, boolean complete) {}

    /** Runs everything, or until it is cancelled: trials that have begun are then given up. */
    public Result run(int threads, Cancellation cancellation, Listener listener) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            var thread = new Thread(task, "trial");
            thread.setDaemon(true);
            return thread;
        });
        int all = experiments.size() * seeds;
        Done[] results = new Done[all];
        int done = 0;
        try {
            CompletionService<Done> service = new ExecutorCompletionService<>(pool);
            // Slow ones first, so that no core waits for the last of them at the end.
            for (int pass = 0; pass < 2; pass++) {
                for (int e = 0; e < experiments.size(); e++) {
                    if (experiments.get(e).quick() == (pass == 0)) continue;
                    for (int s = 0; s < seeds; s++) submit(service, e, s);
                }
            }
            while (done < all && !cancellation.requested()) {
                Future<Done> future = service.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (future == null) continue;
                Done trial = future.get();
                results[trial.experiment * seeds + trial.seed] = trial;
                listener.ended(experiments.get(trial.experiment), firstSeed + trial.seed, ++done, all);
            }
        } catch (InterruptedException interrupted) {
            cancellation.request();
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("A trial ended without a result.", impossible.getCause());
        } finally {
            pool.shutdownNow();
        }
        return collect(results, done == all);
    }

    private void submit(CompletionService<Done> service, int e, int s) {
        service.submit(() -> {
            long start = System.nanoTime();
            var curves = new Curves();
            double[] values = null;
            Throwable failure = null;
            try {
                values = experiments.get(e).run(firstSeed + s, scale, curves);
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            }
            return new Done(e, s, values, curves, (System.nanoTime() - start) / 1e9, failure);
        });
    }

    private Result collect(Done[] results, boolean complete) {
        List<Outcome> outcomes = new ArrayList<>();
        Map<String, Throwable> errors = new LinkedHashMap<>();
        for (int e = 0; e < experiments.size(); e++) {
            List<Long> run = new ArrayList<>();
            List<double[]> values = new ArrayList<>();
            List<Curves> curves = new ArrayList<>();
            double seconds = 0;
            for (int s = 0; s < seeds; s++) {
                Done trial = results[e * seeds + s];
                if (trial == null) continue;
                seconds += trial.seconds;
                if (trial.failure != null) errors.put(experiments.get(e).id() + ", seed " + (firstSeed + s), trial.failure);
                if (trial.values == null) continue;
                run.add(firstSeed + s);
                values.add(trial.values);
                curves.add(trial.curves);
            }
            outcomes.add(new Outcome(experiments.get(e), run, values, curves, seconds));
        }
        return new Result(outcomes, errors, complete);
    }
}
