package io.ponder.engine.tensor;

import io.ponder.engine.Checks;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import org.jspecify.annotations.Nullable;

/**
 * Runs ranges of independent work on a {@link ForkJoinPool}, or on the calling thread.
 *
 * <p>A range is cut into at most as many parts as there are threads, each a multiple of a grain, so that the parts of a product keep
 * whole panels. Entries do not depend on the part they are computed in; the result is the same for any number of threads.
 *
 * <p>Thread-safe. With one thread nothing is allocated; with several, one small task a part.
 */
public final class Parallel {
    private static final Parallel SERIAL = new Parallel(null, 1);

    private final @Nullable ForkJoinPool pool;
    private final int threads;

    private Parallel(@Nullable ForkJoinPool pool, int threads) {
        this.pool = pool;
        this.threads = threads;
    }

    /** Computes something for the numbers {@code from .. to - 1}. */
    public interface Range {
        /** Computes the numbers {@code from .. to - 1}; runs on several threads at once, on disjoint ranges. */
        void run(int from, int to);
    }

    /** Returns the one that runs everything on the calling thread. */
    public static Parallel serial() {
        return SERIAL;
    }

    /**
     * Returns one that uses a pool.
     *
     * @param pool    the pool, closed by its owner
     * @param threads largest number of parts, the calling thread's included; at least 1
     */
    public static Parallel of(ForkJoinPool pool, int threads) {
        return Checks.positive("threads", threads) == 1 ? SERIAL : new Parallel(pool, threads);
    }

    /** Returns the largest number of parts. */
    public int threads() {
        return threads;
    }

    /**
     * Runs {@code body} on parts of {@code 0 .. size - 1} and returns when all are done.
     *
     * @param size  how many numbers; nothing runs at 0
     * @param grain every part but the last is a multiple of this; at least 1
     * @param body  the work. An exception from a part is thrown here, after the other parts have ended.
     */
    public void forEachRange(int size, int grain, Range body) {
        Checks.positive("grain", grain);
        int grains = size / grain + (size % grain == 0 ? 0 : 1);
        int parts = Math.min(threads, grains);
        if (parts <= 1 || pool == null) {
            if (size > 0) body.run(0, size);
            return;
        }
        Part[] tasks = new Part[parts - 1];
        for (int i = 1; i < parts; i++) {
            tasks[i - 1] = new Part(body, edge(i, parts, grains, grain, size), edge(i + 1, parts, grains, grain, size));
            pool.execute(tasks[i - 1]);
        }
        Throwable failure = null;
        try {
            body.run(0, edge(1, parts, grains, grain, size));
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (Part task : tasks) {
            task.quietlyJoin();
            if (failure == null) failure = task.failure;
        }
        if (failure instanceof Error error) throw error;
        if (failure != null) throw (RuntimeException) failure;
    }

    /** Returns where part i begins. */
    private static int edge(int i, int parts, int grains, int grain, int size) {
        return (int) Math.min(size, (long) grains * i / parts * grain);
    }

    /** One part, run by a thread of the pool. */
    private static final class Part extends RecursiveAction {
        private static final long serialVersionUID = 1;

        private final transient Range body;
        private final int from;
        private final int to;

        /** What the body threw: kept here, because the pool would wrap it. */
        private transient @Nullable Throwable failure;

        Part(Range body, int from, int to) {
            this.body = body;
            this.from = from;
            this.to = to;
        }

        @Override
        protected void compute() {
            try {
                body.run(from, to);
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
    }
}
