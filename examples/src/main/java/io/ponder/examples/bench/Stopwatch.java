package io.ponder.examples.bench;

/**
 * Times a piece of work: warms up, then takes {@code runs} runs, each of as many calls as fill {@code runMillis}.
 *
 * <p>Warming up lasts {@code warmUpMillis} at least, and then until the calls of a window are no more than 2 % faster than those of the one
 * before, since the compiler may still be busy; {@link #LONGEST} times as long at most.
 */
record Stopwatch(int runs, int warmUpMillis, int runMillis) {
    /** Seven runs of a quarter of a second after two seconds or more of warming up. */
    static final Stopwatch DEFAULT = new Stopwatch(7, 2000, 250);

    private static final int LONGEST = 5;
    private static final double STEADY = 0.98;

    /** Returns nanoseconds per call, one number a run. */
    double[] nanosPerCall(Runnable work) {
        int callsPerRun = (int) Math.max(1, Math.min(10_000_000, runMillis * 1e6 / warmUp(work)));
        double[] nanos = new double[runs];
        for (int run = 0; run < runs; run++) {
            long before = System.nanoTime();
            for (int i = 0; i < callsPerRun; i++) work.run();
            nanos[run] = (double) (System.nanoTime() - before) / callsPerRun;
        }
        return nanos;
    }

    /** Calls until it is steady; returns nanoseconds per call at the end. */
    private double warmUp(Runnable work) {
        long start = System.nanoTime();
        double last = window(work);
        double now = window(work);
        long spent = System.nanoTime() - start;
        while (spent < warmUpMillis * 1_000_000L || (now < STEADY * last && spent < (long) LONGEST * warmUpMillis * 1_000_000L)) {
            last = now;
            now = window(work);
            spent = System.nanoTime() - start;
        }
        return now;
    }

    /** Calls for a run's length; returns nanoseconds per call. */
    private double window(Runnable work) {
        long calls = 0;
        long start = System.nanoTime();
        long spent;
        do {
            work.run();
            calls++;
            spent = System.nanoTime() - start;
        } while (spent < runMillis * 1_000_000L);
        return (double) spent / calls;
    }
}
