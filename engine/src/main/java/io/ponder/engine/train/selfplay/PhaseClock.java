package io.ponder.engine.train.selfplay;

import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.ManifestFields;

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

    /** Writes the times, in seconds. */
    void write(ManifestFields fields) {
        fields.put("wallSeconds", wallNanos * 1e-9);
        fields.put("playSeconds", playNanos * 1e-9);
        fields.put("networkSeconds", networkNanos * 1e-9);
        fields.put("learnSeconds", learnNanos * 1e-9);
    }

    /** Goes on from times that were written. */
    void read(ManifestFields fields) throws CheckpointException {
        wallNanos = Math.round(fields.number("wallSeconds") * 1e9);
        playNanos = Math.round(fields.number("playSeconds") * 1e9);
        networkNanos = fields.number("networkSeconds") * 1e9;
        learnNanos = Math.round(fields.number("learnSeconds") * 1e9);
    }

    void played(long nanos, double networkShare) {
        playNanos += nanos;
        networkNanos += nanos * (Double.isNaN(networkShare) ? 0 : networkShare);
    }

    void learned(long nanos) {
        learnNanos += nanos;
    }

    PhaseTimes times() {
        return new PhaseTimes(wallNanos * 1e-9, (playNanos - networkNanos) * 1e-9, networkNanos * 1e-9, learnNanos * 1e-9);
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
