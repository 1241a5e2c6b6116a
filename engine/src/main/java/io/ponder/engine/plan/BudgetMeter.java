package io.ponder.engine.plan;

import org.jspecify.annotations.Nullable;

/**
 * Counts the work of one planning call against its {@link Budget}. The only place where work is counted.
 *
 * <p>Reused from call to call without allocation. One thread charges it; any thread may {@link #cancel}. A cancellation that arrives
 * between two calls ends the next call before its second iteration.
 */
public final class BudgetMeter {
    /** A prediction may err by this share of the wall clock, or by so many nanoseconds, before work is broken off. */
    private static final int PATIENCE_SHARE = 40;
    private static final long PATIENCE_NANOS = 100_000;

    private final Clock clock;
    private Budget budget = Budget.UNLIMITED;
    private long startNanos;
    private long iterations;
    private long modelSteps;
    private volatile boolean cancelled;

    /** Creates a meter that reads {@code clock}. */
    public BudgetMeter(Clock clock) {
        this.clock = clock;
    }

    /** Starts counting for a new call. */
    public void start(Budget newBudget) {
        budget = newBudget;
        startNanos = clock.nanoTime();
        iterations = 0;
        modelSteps = 0;
    }

    /** Ends the call: a cancellation that was asked for is forgotten. */
    public void finish() {
        cancelled = false;
    }

    /** Counts model steps. */
    public void chargeModelSteps(long steps) {
        modelSteps += steps;
    }

    /** Counts one finished iteration or simulation. */
    public void chargeIteration() {
        iterations++;
    }

    /** Counts finished iterations or simulations. */
    public void chargeIterations(long finished) {
        iterations += finished;
    }

    /** Asks the running call to stop after what it is doing. Safe from any thread. */
    public void cancel() {
        cancelled = true;
    }

    /** Tells whether the call was cancelled, or its budget asks for its end. Safe from any thread. */
    public boolean stopAsked() {
        return cancelled || budget.stopAsked();
    }

    /** Returns why the call must stop now, or null while it may go on. */
    public @Nullable StopReason exhausted() {
        if (stopAsked()) return StopReason.CANCELLED;
        if (iterations >= budget.iterations()) return StopReason.ITERATIONS;
        if (modelSteps >= budget.modelSteps()) return StopReason.MODEL_STEPS;
        if (budget.wallNanos() < Long.MAX_VALUE && elapsedNanos() >= budget.wallNanos()) return StopReason.WALL_CLOCK;
        return null;
    }

    /**
     * Tells whether work that has begun is to be broken off: the call was cancelled, or is past its wall clock by more than a prediction
     * may err (a fortieth, or 0.1 ms). Safe from any thread.
     */
    public boolean mustBreakOff() {
        if (stopAsked()) return true;
        long limit = budget.wallNanos();
        return limit < Long.MAX_VALUE / 2 && elapsedNanos() >= limit + Math.max(limit / PATIENCE_SHARE, PATIENCE_NANOS);
    }

    /** Returns the budget of the call. */
    public Budget budget() {
        return budget;
    }

    /** Returns by how many nanoseconds the call is past its wall clock, 0 while it is not. */
    public long overrunNanos() {
        return budget.wallNanos() == Long.MAX_VALUE ? 0 : Math.max(0, elapsedNanos() - budget.wallNanos());
    }

    /** Returns the iterations that are left. */
    public long iterationsLeft() {
        return Math.max(0, budget.iterations() - iterations);
    }

    /** Returns the model steps that are left. */
    public long modelStepsLeft() {
        return Math.max(0, budget.modelSteps() - modelSteps);
    }

    /** Returns the nanoseconds that are left, {@code Long.MAX_VALUE} without a wall-clock limit. */
    public long nanosLeft() {
        return budget.wallNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, budget.wallNanos() - elapsedNanos());
    }

    /** Returns the nanoseconds since the start of the call. */
    public long elapsedNanos() {
        return clock.nanoTime() - startNanos;
    }

    /** Returns the iterations counted. */
    public long iterations() {
        return iterations;
    }

    /** Returns the model steps counted. */
    public long modelSteps() {
        return modelSteps;
    }
}
