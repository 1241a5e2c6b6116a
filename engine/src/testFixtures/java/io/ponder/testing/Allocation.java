package io.ponder.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what the current thread allocates. */
public final class Allocation {
    private static final int REPEATS = 20;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private Allocation() {}

    /**
     * Repeats some work until a round of it allocates nothing and returns the bytes of the best round. SIMD code that is not yet compiled
     * allocates its vectors, so how many rounds that takes depends on the compiler's threads; work that allocates by itself never gets
     * to 0.
     */
    public static long onceWarm(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long least = Long.MAX_VALUE;
        while (least > 0 && System.nanoTime() < deadline) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < REPEATS; i++) work.run();
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }

    /** Does some work once and returns the bytes that it allocates. */
    public static long of(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        work.run();
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
