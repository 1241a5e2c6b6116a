package io.ponder.engine.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says what a planning call did: what stopped it, what it cost, and how healthy the search was. A view of the planner's memory, valid
 * until its next call. Not thread-safe.
 */
public final class PlanDiagnostics {
    private StopReason stopReason = StopReason.COMPLETED;
    private long nanos;
    private long iterations;
    private long modelSteps;
    private long nonFiniteRollouts;
    private long overrunNanos;
    private long modelFailures;
    private @Nullable Throwable modelFailure;
    private final PlanSchedule schedule = new PlanSchedule();
    private String executedOn = "";
    private long launches;
    private long bytesMoved;
    private final float[] effectiveSampleSize;
    private final float[] spread;
    private final float[] bestReturn;
    private final float[] meanReturn;
    private final float[] violation;

    PlanDiagnostics(int rows) {
        effectiveSampleSize = new float[rows];
        spread = new float[rows];
        bestReturn = new float[rows];
        meanReturn = new float[rows];
        violation = new float[rows];
    }

    /** Writes what the meter counted. Called by planners at the end of a call. */
    public void record(StopReason reason, BudgetMeter meter, long nonFinite, String executor) {
        stopReason = reason;
        nanos = meter.elapsedNanos();
        overrunNanos = meter.overrunNanos();
        schedule.iterations(meter.iterations());
        iterations = meter.iterations();
        modelSteps = meter.modelSteps();
        nonFiniteRollouts = nonFinite;
        executedOn = executor;
    }

    /** Writes what the call asked of another device. Called by planners at the end of a call. */
    public void recordDevice(long newLaunches, long newBytesMoved) {
        launches = newLaunches;
        bytesMoved = newBytesMoved;
    }

    /** Writes what the model threw. Called by planners at the end of a call. */
    public void recordFailures(long failures, @Nullable Throwable last) {
        modelFailures = failures;
        modelFailure = last;
    }

    void copyFrom(PlanDiagnostics other) {
        overrunNanos = other.overrunNanos;
        modelFailures = other.modelFailures;
        modelFailure = other.modelFailure;
        schedule.copyFrom(other.schedule);
        launches = other.launches;
        bytesMoved = other.bytesMoved;
        stopReason = other.stopReason;
        nanos = other.nanos;
        iterations = other.iterations;
        modelSteps = other.modelSteps;
        nonFiniteRollouts = other.nonFiniteRollouts;
        executedOn = other.executedOn;
        System.arraycopy(other.effectiveSampleSize, 0, effectiveSampleSize, 0, effectiveSampleSize.length);
        System.arraycopy(other.spread, 0, spread, 0, spread.length);
        System.arraycopy(other.bestReturn, 0, bestReturn, 0, bestReturn.length);
        System.arraycopy(other.meanReturn, 0, meanReturn, 0, meanReturn.length);
        System.arraycopy(other.violation, 0, violation, 0, violation.length);
    }

    /** Returns what ended the call. */
    public StopReason stopReason() {
        return stopReason;
    }

    /** Returns the time the call took, in nanoseconds of the planner's clock. */
    public long nanos() {
        return nanos;
    }

    /** Returns by how many nanoseconds the call was longer than the wall clock of its budget; 0 where it was not, or had none. */
    public long overrunNanos() {
        return overrunNanos;
    }

    /** Returns how many blocks of rollouts (or calls of a search) the model threw in; they count as not finite. */
    public long modelFailures() {
        return modelFailures;
    }

    /** Returns what the model threw last in this call, or null where it threw nothing. */
    public @Nullable Throwable modelFailure() {
        return modelFailure;
    }

    /** Returns how the call spent its budget, for {@link Budget#repeating}. */
    public PlanSchedule schedule() {
        return schedule;
    }

    /** Returns the iterations (of a trajectory optimiser) or simulations (of a tree search) that were finished. */
    public long iterations() {
        return iterations;
    }

    /** Returns the model steps used, all rows together; a gradient of a step counts as three. */
    public long modelSteps() {
        return modelSteps;
    }

    /** Returns how many imagined rollouts were NaN or infinite; each cost plus infinity and was never an elite. */
    public long nonFiniteRollouts() {
        return nonFiniteRollouts;
    }

    /** Returns the executor that ran the rollouts, such as {@code cpu} with its kernels and threads. */
    public String executedOn() {
        return executedOn;
    }

    /** Returns the kernels that the call launched on another device, 0 on the CPU. */
    public long launches() {
        return launches;
    }

    /** Returns the bytes that the call moved to and from another device, 0 on the CPU. */
    public long bytesMoved() {
        return bytesMoved;
    }

    /** Returns the effective sample size {@code [B]} of the last update, {@code (sum w)^2 / sum w^2}; 0 where it has no meaning. */
    public float[] effectiveSampleSize() {
        return effectiveSampleSize;
    }

    /**
     * Returns how far apart the elites of the last update were {@code [B]}: their standard deviation in half ranges, the mean over all entries
     * of a plan; 0 where a method has no elites.
     */
    public float[] spread() {
        return spread;
    }

    /** Returns the best imagined return {@code [B]} of the last iteration. */
    public float[] bestReturn() {
        return bestReturn;
    }

    /** Returns the mean of the finite imagined returns {@code [B]} of the last iteration. */
    public float[] meanReturn() {
        return meanReturn;
    }

    /** Returns by how much the plan {@code [B]} breaks the constraint that it breaks most; 0 where it breaks none or there is none. */
    public float[] violation() {
        return violation;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s after %d iterations, %d model steps, %.3f ms on %s; %d non-finite rollouts",
                stopReason, iterations, modelSteps, nanos / 1e6, executedOn, nonFiniteRollouts);
    }
}
