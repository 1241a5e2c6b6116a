package io.ponder.planners.hybrid;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutWatch;
import io.ponder.planners.trajectory.FeedbackGains;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds a disturbed system in a tube around an undisturbed one: any planner plans from a nominal state, which the model alone moves, and
 * the gains of iLQR around its plan lead the real state back, {@code u = u_nominal + K (x - x_nominal)}, clipped to the bounds.
 *
 * <p>With a linear model the deviation e obeys {@code e' = (A + BK) e + w} for a disturbance w, whatever the planner does. The sequence
 * and the promise of a plan are those of the nominal state; only {@link Plan#actions} has the feedback. Where the old plan promises as
 * much from the real state, that becomes the nominal one, as do the first of a row, the one after more steps than a plan has, and all of
 * them where the model throws on the way. Gains are only computed where states differ and the budget is not used up; elsewhere there is
 * no feedback. The model's steps should not be random: a draw would count as a disturbance.
 *
 * <p>The planner inside gets four fifths of a wall clock and all model steps but those for the gains (at least half). One thread plans at
 * a time; {@link #cancel} may come from any other; it ends the planner inside by its budget ({@link Budget#stoppingWhen}). Allocates nothing once warm if the planner inside does not, and the budget is the one
 * of the call before.
 *
 * <p>Source: Williams, Goldfain, Drews, Saigol, Rehg and Theodorou 2018 (Tube-MPPI); Gandhi, Vlahov, Gibson, Williams and Theodorou 2021.
 */
public final class TubePlanner implements Planner {
    /** Share of the wall clock that the planner inside gets; the rest is for the gains. */
    private static final double SHARE = 0.8;

    private final Problem problem;
    private final Planner inner;
    private final NominalStates nominal;
    private final FeedbackGains gains;
    private final int rows;
    private final Plan plan;
    private final PlanRequest innerRequest;
    private final BudgetMeter meter;
    private final RolloutWatch watch;
    private @Nullable Budget lastBudget;
    private Budget share = Budget.UNLIMITED;

    /**
     * Creates a planner.
     *
     * @param inner      plans from the nominal states, for the same problem, rows and horizon; closed with this one
     * @param parameters horizon and derivatives of the gains
     * @param clock      tells the time for deadlines
     * @throws IllegalArgumentException if actions are discrete, or the curvature of dynamics without derivatives is asked for
     */
    public TubePlanner(Problem problem, Planner inner, IterativeLqrParameters parameters, int rows, Clock clock) {
        this.problem = problem;
        this.inner = inner;
        this.rows = rows;
        gains = new FeedbackGains(problem, parameters, rows);
        nominal = new NominalStates(problem, rows, parameters.horizon());
        plan = new Plan(rows, parameters.horizon(), problem.actionSize());
        innerRequest = new PlanRequest(problem.model(), rows);
        meter = new BudgetMeter(clock);
        watch = new RolloutWatch(meter);
    }

    @Override
    public Plan plan(PlanRequest request, Budget budget) {
        Checks.same("rows of the request", request.rows(), "rows of the planner", rows);
        Checks.same("columns of the roots", request.roots().columns(), "rows of the planner", rows);
        meter.start(budget);
        watch.begin();
        begin(request);
        Plan found = inner.plan(innerRequest, share(budget));
        Checks.same("horizon of the planner inside", found.horizon(), "horizon of the gains", plan.horizon());
        meter.chargeModelSteps(found.diagnostics().modelSteps());
        meter.chargeIterations(found.diagnostics().iterations());
        take(found);
        if (differ(request) && meter.exhausted() == null && meter.modelStepsLeft() >= gains.modelSteps()) feedBack(request);
        plan.diagnostics().record(
                found.diagnostics().stopReason(), meter, found.diagnostics().nonFiniteRollouts(), found.diagnostics().executedOn());
        plan.diagnostics().recordFailures(
                watch.failures() + found.diagnostics().modelFailures(),
                watch.failure() != null ? watch.failure() : found.diagnostics().modelFailure());
        meter.finish();
        return plan;
    }

    private Budget share(Budget budget) {
        if (budget == lastBudget) return share;
        lastBudget = budget;
        share = Budget.UNLIMITED.stoppingWhen(meter::stopAsked);
        long reserve = gains.modelSteps() + nominal.modelSteps();
        long steps = budget.modelSteps();
        if (budget.iterations() < Long.MAX_VALUE) share = share.withIterations(budget.iterations());
        if (steps < Long.MAX_VALUE) share = share.withModelSteps(Math.max(1, Math.max(steps / 2, steps - reserve)));
        if (budget.wallNanos() < Long.MAX_VALUE) share = share.withWallClock(Duration.ofNanos(Math.max(1, (long) (SHARE * budget.wallNanos()))));
        return share;
    }

    /** Moves the nominal states and asks for plans from there. */
    private void begin(PlanRequest request) {
        try {
            if (meter.modelStepsLeft() / 2 >= nominal.modelSteps()) nominal.move(request, plan.sequence(), meter);
            else nominal.restart(request);
        } catch (Throwable thrown) {
            RolloutWatch.rethrowFatal(thrown);
            watch.failed(thrown);
            nominal.restart(request);
        }
        innerRequest.roots().copyFrom(nominal.states());
        System.arraycopy(request.keys(), 0, innerRequest.keys(), 0, rows);
        System.arraycopy(request.elapsedSteps(), 0, innerRequest.elapsedSteps(), 0, rows);
    }

    private void take(Plan found) {
        System.arraycopy(found.sequence(), 0, plan.sequence(), 0, plan.sequence().length);
        System.arraycopy(found.sequence(), 0, plan.actions(), 0, plan.actions().length);
        System.arraycopy(found.predictedReturn(), 0, plan.predictedReturn(), 0, rows);
        System.arraycopy(found.diagnostics().bestReturn(), 0, plan.diagnostics().bestReturn(), 0, rows);
        System.arraycopy(found.diagnostics().meanReturn(), 0, plan.diagnostics().meanReturn(), 0, rows);
        System.arraycopy(found.diagnostics().effectiveSampleSize(), 0, plan.diagnostics().effectiveSampleSize(), 0, rows);
        System.arraycopy(found.diagnostics().spread(), 0, plan.diagnostics().spread(), 0, rows);
    }

    private boolean differ(PlanRequest request) {
        float[] real = request.roots().values();
        float[] planned = nominal.states().values();
        for (int i = 0; i < nominal.states().stateSize() * rows; i++) if (real[i] != planned[i]) return true;
        return false;
    }

    private void feedBack(PlanRequest request) {
        meter.chargeModelSteps(gains.modelSteps());
        try {
            gains.compute(nominal.states(), request.keys(), plan.sequence());
        } catch (Throwable thrown) {
            RolloutWatch.rethrowFatal(thrown);
            watch.failed(thrown);
            return;
        }
        ModelState states = nominal.states();
        for (int a = 0; a < plan.actionSize(); a++) {
            for (int b = 0; b < rows; b++) {
                double change = 0;
                for (int d = 0; d < states.stateSize(); d++) {
                    change += gains.gain(b, 0, a, d) * ((double) request.roots().values()[d * rows + b] - states.values()[d * rows + b]);
                }
                float action = (float) (plan.sequence()[a * rows + b] + change);
                // A real state that is no number leaves the planned action.
                if (!Float.isNaN(action)) plan.actions()[a * rows + b] = Math.max(problem.actionLow(a), Math.min(problem.actionHigh(a), action));
            }
        }
    }

    /** Returns the states {@code [B]} that the last plans start from. Not to be modified. */
    public ModelState nominalStates() {
        return nominal.states();
    }

    @Override
    public void reset(int... resetRows) {
        for (int row : resetRows) nominal.forget(Checks.inRange("row", row, 0, rows - 1));
        inner.reset(resetRows);
    }

    @Override
    public void resetAll() {
        for (int b = 0; b < rows; b++) nominal.forget(b);
        inner.resetAll();
    }

    @Override
    public void cancel() {
        meter.cancel();
    }

    @Override
    public String name() {
        return "tube-" + inner.name();
    }

    @Override
    public void close() {
        inner.close();
    }
}
