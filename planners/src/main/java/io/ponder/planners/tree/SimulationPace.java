package io.ponder.planners.tree;

/**
 * Tells from the time that simulations took how many will be done at a deadline. Looks at the latter half of what was done:
 * the first simulations of a process are slow. One thread's; allocates nothing.
 */
final class SimulationPace {
    private long deadline;
    /** Simulations done at the last power of two, and when that was; the same for the one before. */
    private int mark;
    private long markNanos;
    private int before;
    private long beforeNanos;

    /**
     * Begins at a time.
     *
     * @param newDeadline when the simulations end, on the same clock; {@code Long.MAX_VALUE} for never
     */
    void begin(long nanos, long newDeadline) {
        deadline = newDeadline;
        mark = 0;
        before = 0;
        markNanos = nanos;
        beforeNanos = nanos;
    }

    /**
     * Returns how many of at most {@code planned} simulations will be done at the deadline, {@code done} having been done
     * now.
     */
    int expected(int done, long nanos, int planned) {
        if (deadline == Long.MAX_VALUE) return planned;
        double each = (double) (nanos - beforeNanos) / (done - before);
        if (Integer.bitCount(done) == 1) {
            before = mark;
            beforeNanos = markNanos;
            mark = done;
            markNanos = nanos;
        }
        double more = each > 0 ? Math.max(0, deadline - nanos) / each : planned;
        return (int) Math.min(planned, done + Math.ceil(more));
    }
}
