package io.ponder.engine.realtime;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts events, each kind in one thread; any thread reads. */
final class RealTimeTally {
    static final int PLAN_TICKS = 0;
    static final int OLD_PLAN_TICKS = 1;
    static final int WATCHDOG_TICKS = 2;
    static final int ESTIMATES = 3;
    static final int SUPERSEDED_ESTIMATES = 4;
    static final int REFUSED_ESTIMATES = 5;
    static final int STALE_ESTIMATES = 6;
    static final int PLANS = 7;
    static final int LATE_PLANS = 8;
    static final int CANCELLED_PLANS = 9;
    static final int FAILED_PLANS = 10;
    static final int LONGEST_DELAY = 11;

    private final AtomicLongArray values = new AtomicLongArray(LONGEST_DELAY + 1);

    void count(int kind) {
        values.lazySet(kind, values.get(kind) + 1);
    }

    void delayed(long nanos) {
        if (nanos > values.get(LONGEST_DELAY)) values.lazySet(LONGEST_DELAY, nanos);
    }

    long get(int kind) {
        return values.get(kind);
    }

    RealTimeCounts counts() {
        long planned = get(PLAN_TICKS);
        long old = get(OLD_PLAN_TICKS);
        long watchdog = get(WATCHDOG_TICKS);
        return new RealTimeCounts(planned + old + watchdog, planned, old, watchdog, get(ESTIMATES), get(SUPERSEDED_ESTIMATES),
                get(REFUSED_ESTIMATES), get(STALE_ESTIMATES), get(PLANS), get(LATE_PLANS), get(CANCELLED_PLANS), get(FAILED_PLANS),
                get(LONGEST_DELAY));
    }
}
