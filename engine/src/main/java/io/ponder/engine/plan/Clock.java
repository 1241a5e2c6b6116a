package io.ponder.engine.plan;

/** Tells the time for deadlines. Injected, so that deadline logic is tested without waiting. */
@FunctionalInterface
public interface Clock {
    /** The machine's monotonic clock. */
    Clock SYSTEM = System::nanoTime;

    /** Returns monotonic nanoseconds from an arbitrary origin. */
    long nanoTime();
}
