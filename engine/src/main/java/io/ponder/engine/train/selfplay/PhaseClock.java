package io.ponder.engine.train.selfplay;

/** Adds up where the time of a run goes. Playing and learning may be reported by two threads, each by its own. */
final class PhaseClock {
    private long roundStart;
    private long wallNanos;
    private long playNanos;
    private double networkNanos;
    private long learnNanos;

    void begin() {
        roundStart = System.nanoTime();
    }

    void end() {
        wallNanos += System.nanoTime() - roundStart;
    }

    /** Adds time before this process, of a run that goes on. */
    void add(double seconds) {
        wallNanos += (long) (seconds * 1e9);
    }

    void played(long nanos, double networkShare) {
        playNanos += nanos;
        networkNanos += nanos * (Double.isNaN(networkShare) ? 0 : networkShare);
    }

    void learned(long nanos) {
        learnNanos += nanos;
    }

    double wallSeconds() {
        return wallNanos * 1e-9;
    }

    double searchShare() {
        return (playNanos - networkNanos) / busy();
    }

    double networkShare() {
        return networkNanos / busy();
    }

    double learnShare() {
        return learnNanos / busy();
    }

    private double busy() {
        return playNanos + (double) learnNanos;
    }
}
