package io.ponder.engine.planlog;

import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanDiagnostics;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.PlanSchedule;
import io.ponder.engine.plan.StopReason;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One call of a planner: what was asked, what it consumed, and the answer. The arrays are the log's own and laid out as in
 * {@link PlanRequest} and {@link Plan}; do not write to them.
 *
 * @param resetRows       rows that were reset since the call before
 * @param rootValues      float entries of the roots, {@code [stateSize x B]}
 * @param rootTags        integer entries of the roots, {@code [tagSize x B]}
 * @param keys            random keys {@code [B]}
 * @param elapsedSteps    {@code [B]}
 * @param explore         whether the actions could explore
 * @param illegal         illegal actions {@code [actionCount x B]}, or null
 * @param iterationLimit  of the budget, as are the next four
 * @param modelStepLimit  model steps
 * @param wallNanosLimit  nanoseconds
 * @param bytesLimit      bytes of search trees
 * @param untilDecided    whether to stop when the action cannot change any more
 * @param stopReason      what ended the call
 * @param nanos           the time it took
 * @param modelSteps      the model steps it used
 * @param schedule        how it spent them, {@link PlanSchedule#toNumbers}
 * @param actions         {@code [A x B]}
 * @param sequence        {@code [T x A x B]}
 * @param predictedReturn {@code [B]}
 */
public record LoggedPlan(
        int[] resetRows,
        float[] rootValues,
        int[] rootTags,
        long[] keys,
        int[] elapsedSteps,
        boolean explore,
        boolean @Nullable [] illegal,
        long iterationLimit,
        long modelStepLimit,
        long wallNanosLimit,
        long bytesLimit,
        boolean untilDecided,
        StopReason stopReason,
        long nanos,
        long modelSteps,
        int[] schedule,
        float[] actions,
        float[] sequence,
        float[] predictedReturn) {

    static LoggedPlan of(int[] resetRows, PlanRequest request, Budget budget, Plan plan) {
        PlanDiagnostics found = plan.diagnostics();
        boolean[] illegal = request.illegal();
        return new LoggedPlan(
                resetRows,
                Arrays.copyOf(request.roots().values(), request.roots().stateSize() * request.rows()),
                Arrays.copyOf(request.roots().tags(), request.roots().tagSize() * request.rows()),
                request.keys().clone(),
                request.elapsedSteps().clone(),
                request.explore(),
                illegal == null ? null : illegal.clone(),
                budget.iterations(), budget.modelSteps(), budget.wallNanos(), budget.bytes(), budget.stopsWhenDecided(),
                found.stopReason(), found.nanos(), found.modelSteps(), found.schedule().toNumbers(),
                plan.actions().clone(), plan.sequence().clone(), plan.predictedReturn().clone());
    }

    /** Tells whether time or a cancellation had a say in the answer. */
    public boolean timed() {
        return wallNanosLimit < Long.MAX_VALUE || stopReason == StopReason.CANCELLED;
    }

    /** Returns the request again. Allocates. */
    public PlanRequest request(WorldModel model) {
        var request = new PlanRequest(model, keys.length);
        request.roots().resize(keys.length);
        System.arraycopy(rootValues, 0, request.roots().values(), 0, rootValues.length);
        System.arraycopy(rootTags, 0, request.roots().tags(), 0, rootTags.length);
        System.arraycopy(keys, 0, request.keys(), 0, keys.length);
        System.arraycopy(elapsedSteps, 0, request.elapsedSteps(), 0, keys.length);
        return request.explore(explore).illegal(illegal);
    }

    /** Returns the budget that makes the call again: what it has used where time had a say, else the one that it had. */
    public Budget budget() {
        if (timed()) return Budget.repeating(PlanSchedule.ofNumbers(schedule));
        Budget budget = Budget.UNLIMITED;
        if (iterationLimit < Long.MAX_VALUE) budget = budget.withIterations(iterationLimit);
        if (modelStepLimit < Long.MAX_VALUE) budget = budget.withModelSteps(modelStepLimit);
        if (bytesLimit < Long.MAX_VALUE) budget = budget.withBytes(bytesLimit);
        return untilDecided ? budget.untilDecided() : budget;
    }

    /** Returns the wall clock that the call had, or null. */
    public @Nullable Duration wallClock() {
        return wallNanosLimit == Long.MAX_VALUE ? null : Duration.ofNanos(wallNanosLimit);
    }
}
