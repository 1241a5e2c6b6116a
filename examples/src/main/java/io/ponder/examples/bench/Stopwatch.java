package io.ponder.examples.bench;

/**
 * Times a piece of work: warms up for {@code warmUpMillis}, then takes {@code runs} runs, each of as many calls as fill
 * {@code runMillis}.
 */
record Stopwatch(int runs, int warmUpMillis, int runMillis) {
    /** Seven runs of a quarter of a second after two seconds of warming up. */
    static final Stopwatch DEFAULT = new Stopwatch(7, 2000, 250);

    /** Returns nanoseconds per call, one number a run. */
    double[] nanosPerCall(Runnable work) {
        long calls = 0;
        long start = System.nanoTime();
        long spent;
        do {
            work.run();
            calls++;
            spent = System.nanoTime() - start;
        } while (spent < warmUpMillis * 1_000_000L);
        int callsPerRun = (int) Math.max(1, Math.min(1_000_000, runMillis * 1_000_000L * calls / spent));
        double[] nanos = new double[runs];
        for (int run = 0; run < runs; run++) {
            long before = System.nanoTime();
            for (int i = 0; i < callsPerRun; i++) work.run();
            nanos[run] = (double) (System.nanoTime() - before) / callsPerRun;
        }
        return nanos;
    }
}
