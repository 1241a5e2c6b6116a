package io.ponder.gpu;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees to it that what lies on a device is used by one thread at a time, never after it was closed, and never after a failure, which leaves
 * nothing to rely on. Each of these is an {@link IllegalStateException}.
 */
final class SoleUse {
    private final String name;
    private final String whereToHaveAnother;
    private final String whenToClose;
    private final AtomicBoolean working = new AtomicBoolean();
    /** Whether something is under way that may fail, or failed. */
    private boolean lost;
    private boolean closed;

    /**
     * Creates the guard.
     *
     * @param name               what is guarded, such as "executor"
     * @param whereToHaveAnother advice for who uses it from two threads, such as "make a planner for every thread"
     * @param whenToClose        advice for who closed it too early, such as "close the planner before its executor"
     */
    SoleUse(String name, String whereToHaveAnother, String whenToClose) {
        this.name = name;
        this.whereToHaveAnother = whereToHaveAnother;
        this.whenToClose = whenToClose;
    }

    /** Does some work that belongs to this thread alone. */
    void run(String executedOn, Runnable work) {
        if (!working.compareAndSet(false, true)) throw new IllegalStateException("This " + name + " works in another thread.\nMaybe " + whereToHaveAnother + ".");
        try {
            if (closed) throw new IllegalStateException("This " + name + " was closed.\nMaybe " + whenToClose + ".");
            if (lost) throw new IllegalStateException("An earlier call of this " + name + " failed on " + executedOn + ".\nMaybe go on with the backend cpu.");
            work.run();
        } finally {
            working.set(false);
        }
    }

    /** Says that a failure from here on leaves nothing to rely on. */
    void risk() {
        lost = true;
    }

    /** Says that what was risked went well. */
    void succeeded() {
        lost = false;
    }

    /** Ends the use for good, after some last work. */
    void close(Runnable last) {
        if (!working.compareAndSet(false, true)) throw new IllegalStateException("This " + name + " still works in another thread.\nMaybe " + whenToClose + ".");
        closed = true;
        last.run();
        working.set(false);
    }
}
