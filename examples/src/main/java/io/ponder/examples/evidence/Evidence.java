package io.ponder.examples.evidence;

import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures promised results that are not measured yet, keeps each measurement as soon as it is there, and sums them up.
 */
public final class Evidence {
    private final List<ResultRow> all;
    private final List<ResultRow> rows;
    private final int seeds;
    private final MeasurementStore store;
    private final Consumer<String> news;
    private final Cancellation cancellation;
    private final Map<String, String> failures = new LinkedHashMap<>();

    /**
     * Creates a run over seeds 1 to {@code seeds}.
     *
     * @param starts what is measured with; measurements of the other set are not taken for these
     * @param ids    the rows, see {@link #goals}
     * @param folder where measurements are kept; must exist
     * @param news   told a line about every measurement, from several threads
     */
    public Evidence(
            Starts starts, List<String> ids, int seeds, Path folder, Cancellation cancellation, Consumer<String> news) {
        this(ResultRows.all(folder, starts), ids, seeds, new MeasurementStore(folder), news, cancellation);
    }

    /** Creates a run of all the rows there are. */
    Evidence(List<ResultRow> rows, int seeds, MeasurementStore store, Consumer<String> news, Cancellation cancellation) {
        this(rows, rows.stream().map(ResultRow::id).toList(), seeds, store, news, cancellation);
    }

    Evidence(
            List<ResultRow> all, List<String> ids, int seeds, MeasurementStore store, Consumer<String> news, Cancellation cancellation) {
        this.all = all;
        this.rows = all.stream().filter(row -> ids.contains(row.id())).toList();
        this.seeds = seeds;
        this.store = store;
        this.news = news;
        this.cancellation = cancellation;
    }

    /** Returns the goals of all rows by their ids. */
    public static Map<String, String> goals() {
        Map<String, String> goals = new LinkedHashMap<>();
        for (ResultRow row : ResultRows.all(Path.of("."), Starts.SCORING)) goals.put(row.id(), row.goal());
        return goals;
    }

    /** Forgets the stored measurements of all rows and seeds of this run. */
    public void forget() throws IOException {
        for (ResultRow row : rows) for (long seed = 1; seed <= seeds; seed++) store.forget(row.id(), seed);
    }

    /** Measures what is missing, {@code threads} measurements side by side; returns when all are done or the run is cancelled. */
    public void measure(int threads) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            var thread = new Thread(task, "measurement");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (ResultRow row : rows) {
                for (long seed = 1; seed <= seeds; seed++) {
                    if (store.find(row, seed) != null) continue;
                    long missing = seed;
                    futures.add(pool.submit(() -> measure(row, missing)));
                }
            }
            for (Future<?> future : futures) future.get();
        } catch (InterruptedException interrupted) {
            cancellation.request();
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException disk) throw disk;
            throw new IllegalStateException("A measurement ended without a result.", failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private @Nullable Void measure(ResultRow row, long seed) throws IOException {
        if (cancellation.requested()) return null;
        long start = System.nanoTime();
        ResultRow.Measured measured;
        try {
            measured = row.measure().measure(seed, cancellation);
        } catch (IOException disk) {
            throw disk;
        } catch (Exception failure) {
            synchronized (failures) {
                failures.put(row.id() + ", seed " + seed, failure.getMessage() == null ? failure.toString() : failure.getMessage());
            }
            news.accept(row.id() + ", seed " + seed + ": failed: " + failure.getMessage());
            return null;
        }
        if (measured == null) return null;
        double seconds = (System.nanoTime() - start) / 1e9;
        Machine machine = Machine.here();
        store.keep(new Measurement(
                row.id(), seed, row.definition(), measured.value(), seconds, measured.details(),
                machine.processor() + ", Java " + machine.java()));
        news.accept(String.format(Locale.ROOT, "%s, seed %d: %.2f %s in %.0f s", row.id(), seed, measured.value(), row.unit(), seconds));
        return null;
    }

    /** Returns what failed and why. */
    public Map<String, String> failures() {
        synchronized (failures) {
            return new LinkedHashMap<>(failures);
        }
    }

    /** Returns the stored measurements of a row, in the order of the seeds. */
    List<Measurement> measurements(ResultRow row) throws IOException {
        List<Measurement> found = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            Measurement measurement = store.find(row, seed);
            if (measurement != null) found.add(measurement);
        }
        return found;
    }

    /** Returns the table of goals and what was measured. */
    public String table() throws IOException {
        return ResultPage.text(summaries(rows));
    }

    /**
     * Writes {@code results.json}, every measurement there is of any row, and {@code results.md}, the page about them, into the folder.
     */
    public void write() throws IOException {
        List<Measurement> found = new ArrayList<>();
        for (ResultRow row : all) found.addAll(measurements(row));
        store.write(found, ResultPage.markdown(summaries(all)));
    }

    private List<ResultSummary> summaries(List<ResultRow> of) throws IOException {
        List<ResultSummary> summaries = new ArrayList<>();
        for (ResultRow row : of) summaries.add(new ResultSummary(row, seeds, measurements(row)));
        return summaries;
    }
}
