package io.ponder.engine.plan;

import io.ponder.engine.Checks;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits one planning call; whichever limit comes first ends it. Immutable, safe to share.
 *
 * <p>A budget limits the whole call, for all rows of the batch together. A model step is one column stepped once; the gradient of one
 * step counts as three.
 */
public final class Budget {
    /** No limit: the planner's own parameters decide. */
    public static final Budget UNLIMITED = new Budget(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false, null, null);

    private final long iterations;
    private final long modelSteps;
    private final long wallNanos;
    private final long bytes;
    private final boolean untilDecided;
    private final @Nullable PlanSchedule schedule;
    private final @Nullable BooleanSupplier stop;

    private Budget(long iterations, long modelSteps, long wallNanos, long bytes, boolean untilDecided,
            @Nullable PlanSchedule schedule, @Nullable BooleanSupplier stop) {
        this.iterations = iterations;
        this.modelSteps = modelSteps;
        this.wallNanos = wallNanos;
        this.bytes = bytes;
        this.untilDecided = untilDecided;
        this.schedule = schedule;
        this.stop = stop;
    }

    /** Returns a budget of at most {@code limit} iterations (of a trajectory optimiser) or simulations (of a tree search). */
    public static Budget iterations(long limit) {
        return UNLIMITED.withIterations(limit);
    }

    /** Returns a budget of at most {@code limit} model steps. */
    public static Budget modelSteps(long limit) {
        return UNLIMITED.withModelSteps(limit);
    }

    /** Returns a budget of wall-clock time. */
    public static Budget wallClock(Duration limit) {
        return UNLIMITED.withWallClock(limit);
    }

    /** Returns this budget with another limit of iterations or simulations, at least 1. */
    public Budget withIterations(long limit) {
        return new Budget(atLeastOne("iterations", limit), modelSteps, wallNanos, bytes, untilDecided, schedule, stop);
    }

    /** Returns this budget with another limit of model steps, at least 1. */
    public Budget withModelSteps(long limit) {
        return new Budget(iterations, atLeastOne("modelSteps", limit), wallNanos, bytes, untilDecided, schedule, stop);
    }

    /** Returns this budget with another limit of wall-clock time, more than 0. */
    public Budget withWallClock(Duration limit) {
        return new Budget(iterations, modelSteps, atLeastOne("wallClock nanoseconds", limit.toNanos()), bytes, untilDecided, schedule, stop);
    }

    /**
     * Returns this budget with another limit of memory for the nodes of search trees, all rows together. A search that has used it up
     * goes on in the tree it has, without new nodes. Planners without a tree take no memory in a call and ignore it.
     */
    public Budget withBytes(long limit) {
        return new Budget(iterations, modelSteps, wallNanos, atLeastOne("bytes", limit), untilDecided, schedule, stop);
    }

    /**
     * Returns this budget with the wish to stop as soon as the rest of the simulations cannot change the action. Only searches that
     * answer with the most visited action can tell; others, and requests that explore, ignore it.
     */
    public Budget untilDecided() {
        return new Budget(iterations, modelSteps, wallNanos, bytes, true, schedule, stop);
    }

    /**
     * Returns this budget with something that may ask for the end of the call at any time, as {@link Planner#cancel} does: planners made of
     * planners pass their own cancellation on by it, which so reaches the call that runs and no later one.
     *
     * @param newStop asked again and again, from several threads; cheap
     */
    public Budget stoppingWhen(BooleanSupplier newStop) {
        return new Budget(iterations, modelSteps, wallNanos, bytes, untilDecided, schedule, newStop);
    }

    /**
     * Returns the budget that makes a call again which time or a cancellation has ended: exactly the iterations of its schedule. Searches
     * without populations only take the number of iterations from it.
     *
     * @param schedule of {@link PlanDiagnostics#schedule}, copied
     * @throws IllegalArgumentException if the schedule is not {@link PlanSchedule#repeatable}
     */
    public static Budget repeating(PlanSchedule schedule) {
        if (!schedule.repeatable()) {
            throw new IllegalArgumentException("The schedule has more than " + PlanSchedule.ROOM
                    + " iterations out of the ordinary and is not complete, so that the call cannot be repeated.");
        }
        var copy = new PlanSchedule();
        copy.copyFrom(schedule);
        return new Budget(Math.max(1, schedule.iterations()), Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false, copy, null);
    }

    private static long atLeastOne(String name, long value) {
        if (Checks.nonNegative(name, value) == 0) {
            throw new IllegalArgumentException(name + " is 0, but it must be at least 1.\nMaybe use Budget.UNLIMITED for no limit.");
        }
        return value;
    }

    /** Returns the largest number of iterations or simulations. */
    public long iterations() {
        return iterations;
    }

    /** Returns the largest number of model steps. */
    public long modelSteps() {
        return modelSteps;
    }

    /** Returns the wall-clock limit in nanoseconds. */
    public long wallNanos() {
        return wallNanos;
    }

    /** Returns the largest memory for the nodes of search trees. */
    public long bytes() {
        return bytes;
    }

    /** Tells whether to stop when the action cannot change any more. */
    public boolean stopsWhenDecided() {
        return untilDecided;
    }

    /** Returns the schedule to repeat, or null. */
    public @Nullable PlanSchedule schedule() {
        return schedule;
    }

    /** Tells whether the end of the call was asked for. */
    public boolean stopAsked() {
        return stop != null && stop.getAsBoolean();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        if (iterations < Long.MAX_VALUE) text.append(iterations).append(" iterations, ");
        if (modelSteps < Long.MAX_VALUE) text.append(modelSteps).append(" model steps, ");
        if (wallNanos < Long.MAX_VALUE) text.append(wallNanos / 1e6).append(" ms, ");
        if (bytes < Long.MAX_VALUE) text.append(bytes).append(" bytes, ");
        if (untilDecided) text.append("until decided, ");
        return text.isEmpty() ? "unlimited" : text.substring(0, text.length() - 2);
    }
}
