package io.ponder.engine.plan;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the rollouts of a planning call: breaks them off when the call is cancelled or well past its wall clock, and takes what a
 * faulty model throws, so that neither leaves the planner.
 *
 * <p>An executor asks before every block but the first whether it {@link #mayGoOn}; what it leaves out is a suffix of the columns and
 * returns NaN. Safe from several threads, but for {@link #begin}, {@link #limit} and {@link #finished}, which belong to the planner's.
 */
public final class RolloutWatch {
    private final BudgetMeter meter;
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable Throwable failure;
    private int columnLimit = PlanSchedule.ALL;
    private int finishedColumns;

    /** Creates a watch that goes by a meter. */
    public RolloutWatch(BudgetMeter meter) {
        this.meter = meter;
    }

    /** Begins a planning call. */
    public void begin() {
        failures.set(0);
        failure = null;
        columnLimit = PlanSchedule.ALL;
    }

    /** Has the next rollouts broken off where an earlier call was: before the first block at or after a column. */
    public void limit(int columns) {
        columnLimit = columns;
    }

    /** Tells whether a block may begin. */
    public boolean mayGoOn() {
        return columnLimit != PlanSchedule.ALL || !meter.mustBreakOff();
    }

    /** Returns the column before which rollouts end. */
    public int columnLimit() {
        return columnLimit;
    }

    /** Takes what the model threw in a block, whose rollouts then count as diverged. */
    public void failed(Throwable thrown) {
        failures.incrementAndGet();
        failure = thrown;
    }

    /** Says how many action columns were rolled out. Called by executors. */
    public void finished(int columns) {
        finishedColumns = columns;
    }

    /** Returns how many action columns the last call of the executor has rolled out. */
    public int finished() {
        return finishedColumns;
    }

    /** Returns how many blocks of the planning call the model threw in. */
    public long failures() {
        return failures.get();
    }

    /** Returns what was thrown last, or null. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Throws what cannot be survived: errors of the virtual machine, but for a stack that is used up. */
    public static void rethrowFatal(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) throw fatal;
    }
}
