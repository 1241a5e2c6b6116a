package io.ponder.planners.constrained;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Constraint;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutWatch;
import io.ponder.engine.plan.StopReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans within rate limits and constraints by a planner that knows only bounds, whatever it is: an augmented Lagrangian. The planner inside
 * plans for the model less a price on violations; after each round the multipliers move by what its plan violates, and squared violations
 * weigh more where that has not helped enough.
 *
 * <p>The answer of a row is its best plan that violates nothing by more than the tolerance or, where there is none, the one that violates
 * least; {@code diagnostics().violation()} says by how much. Rate limits always hold in the answer. A plan promises the return without
 * prices. Multipliers are kept from call to call and move with the plan. A call stops when its plans have settled. Where the model or a
 * constraint throws while a round's plans are evaluated, the round counts as one that diverged, and the failure is counted.
 *
 * <p>The budget is shared out evenly among the rounds. One thread plans at a time; {@link #cancel} may come from any other; it ends the planner
 * inside by its budget ({@link Budget#stoppingWhen}). Allocates nothing once warm if the planner inside does not, and the budget is the one of the call before.
 *
 * <p>Source: Hestenes 1969 and Powell 1969; for inequalities Rockafellar 1973.
 */
public final class ConstrainedPlanner implements Planner {
    /** Share of the budget that the planner inside gets; the rest is for the evaluation of its plans. */
    private static final double SHARE = 0.95;
    /** Relative change of the return at which plans have settled. */
    private static final double SETTLED = 1e-5;

    private final Problem problem;
    private final WorldModel model;
    private final ConstraintParameters parameters;
    private final Planner inner;
    private final Multipliers multipliers;
    private final int rows;
    private final int n;
    private final int tagSize;
    private final int m;
    private final int horizon;
    private final PlanRequest innerRequest;
    private final BudgetMeter meter;
    private final Plan plan;
    private final StepBuffer[] steps;
    private final ColumnKeys keys;
    private final float[] wanted;
    private final float[] sequence;
    private final float[] actions;
    private final float[] values;
    private final float[] terminal;
    private final float[] previous;
    private final boolean[] hasPrevious;
    private final double[] returns;
    private final double[] weights;
    private final double[] violation;
    private final double[] lastReturn;
    private final boolean[] settled;
    private @Nullable Budget lastBudget;
    private Budget share = Budget.UNLIMITED;
    private long diverged;
    private long failures;
    private @Nullable Throwable failure;

    /**
     * Creates a planner.
     *
     * @param rows  environments of a call
     * @param clock tells the time for deadlines
     * @param make  makes the planner inside for a problem without constraints, with the same rows and the horizon of the parameters; it is
     *              closed with this one
     * @throws IllegalArgumentException if actions are discrete
     */
    public ConstrainedPlanner(Problem problem, ConstraintParameters parameters, int rows, Clock clock, Function<Problem, Planner> make) {
        if (problem.actionCount() > 0) {
            throw new IllegalArgumentException("The problem has " + problem.actionCount()
                    + " discrete actions, but constraints are kept for continuous ones.\nMaybe price violations in the reward of the model.");
        }
        this.problem = problem;
        this.parameters = parameters;
        this.rows = Checks.positive("rows", rows);
        model = problem.model();
        n = model.spec().stateSize();
        m = model.spec().actionSize();
        tagSize = model.spec().tagSize();
        horizon = parameters.horizon();
        multipliers = new Multipliers(problem, parameters, rows);
        var priced = new PricedModel(model, multipliers, problem.rateLimited());
        ValueFunction value = problem.terminalValue();
        inner = make.apply(withModel(priced).withTerminalValue(value == null ? null : new InnerValue(value, model.spec())));
        innerRequest = new PlanRequest(priced, rows);
        meter = new BudgetMeter(clock);
        plan = new Plan(rows, horizon, m);
        steps = new StepBuffer[] {new StepBuffer(model.spec(), rows), new StepBuffer(model.spec(), rows)};
        keys = new ColumnKeys(rows);
        wanted = new float[horizon * m * rows];
        sequence = new float[horizon * m * rows];
        actions = new float[m * rows];
        values = new float[Math.max(1, multipliers.size) * rows];
        terminal = new float[rows];
        previous = new float[m * rows];
        hasPrevious = new boolean[rows];
        returns = new double[rows];
        weights = new double[rows];
        violation = new double[rows];
        lastReturn = new double[rows];
        settled = new boolean[rows];
    }

    private Problem withModel(WorldModel priced) {
        float[] low = new float[m];
        float[] high = new float[m];
        float[] rest = new float[m];
        for (int a = 0; a < m; a++) {
            low[a] = problem.actionLow(a);
            high[a] = problem.actionHigh(a);
            rest[a] = problem.restAction(a);
        }
        return Problem.of(priced, low, high).withRestAction(rest);
    }

    @Override
    public Plan plan(PlanRequest request, Budget budget) {
        Checks.same("rows of the request", request.rows(), "rows of the planner", rows);
        Checks.same("columns of the roots", request.roots().columns(), "rows of the planner", rows);
        meter.start(budget);
        diverged = 0;
        failures = 0;
        failure = null;
        begin(request);
        StopReason reason = StopReason.COMPLETED;
        String executor = "";
        for (int round = 0; round < parameters.rounds(); round++) {
            StopReason exhausted = round == 0 ? null : meter.exhausted();
            if (exhausted != null) {
                reason = exhausted;
                break;
            }
            Plan found = inner.plan(innerRequest, share(budget));
            Checks.same("horizon of the planner inside", found.horizon(), "horizon of the parameters", horizon);
            executor = found.diagnostics().executedOn();
            diverged += found.diagnostics().nonFiniteRollouts();
            if (found.diagnostics().modelFailure() != null) failure = found.diagnostics().modelFailure();
            failures += found.diagnostics().modelFailures();
            meter.chargeModelSteps(found.diagnostics().modelSteps());
            survive(request, found);
            meter.chargeIteration();
            if (endRound(round)) break;
        }
        // A plan that has settled may be one that was cut short.
        if (meter.stopAsked()) reason = StopReason.CANCELLED;
        answer();
        plan.diagnostics().record(reason, meter, diverged, executor);
        plan.diagnostics().recordFailures(failures, failure);
        meter.finish();
        return plan;
    }

    private Budget share(Budget budget) {
        if (budget == lastBudget) return share;
        lastBudget = budget;
        share = Budget.UNLIMITED.stoppingWhen(meter::stopAsked);
        int rounds = parameters.rounds();
        if (budget.iterations() < Long.MAX_VALUE) share = share.withIterations(Math.max(1, budget.iterations() / rounds));
        if (budget.modelSteps() < Long.MAX_VALUE) share = share.withModelSteps(Math.max(1, (long) (SHARE * budget.modelSteps() / rounds)));
        if (budget.wallNanos() < Long.MAX_VALUE) {
            share = share.withWallClock(Duration.ofNanos(Math.max(1, (long) (SHARE * budget.wallNanos() / rounds))));
        }
        return share;
    }

    private void begin(PlanRequest request) {
        ModelState roots = innerRequest.roots().resize(rows);
        System.arraycopy(request.roots().values(), 0, roots.values(), 0, n * rows);
        System.arraycopy(request.roots().tags(), 0, roots.tags(), 0, tagSize * rows);
        for (int b = 0; b < rows; b++) {
            int elapsed = Math.max(0, request.elapsedSteps()[b]);
            executed(b, elapsed);
            roots.tags()[tagSize * rows + b] = b;
            roots.tags()[(tagSize + 1) * rows + b] = 0;
            if (problem.rateLimited()) {
                for (int a = 0; a < m; a++) roots.values()[(n + a) * rows + b] = previous[a * rows + b];
            }
            multipliers.hasPrevious(b, hasPrevious[b]);
            multipliers.begin(b, elapsed);
            innerRequest.keys()[b] = request.keys()[b];
            innerRequest.elapsedSteps()[b] = elapsed;
            plan.predictedReturn()[b] = Float.NEGATIVE_INFINITY;
            plan.diagnostics().violation()[b] = Float.POSITIVE_INFINITY;
            lastReturn[b] = Double.NaN;
        }
    }

    /** Takes the action that the last plan had for the step before now as the one that was executed. */
    private void executed(int row, int elapsed) {
        if (!hasPrevious[row] || elapsed == 0) return;
        int last = Math.min(elapsed, horizon) - 1;
        for (int a = 0; a < m; a++) previous[a * rows + row] = plan.sequence()[(last * m + a) * rows + row];
    }

    /** Evaluates the plans; where the model throws they count as diverged. */
    private void survive(PlanRequest request, Plan found) {
        clampRates(found);
        meter.chargeModelSteps((long) rows * horizon * model.stepCost());
        try {
            evaluate(request);
        } catch (Throwable thrown) {
            RolloutWatch.rethrowFatal(thrown);
            failures++;
            failure = thrown;
            Arrays.fill(returns, Double.NaN);
            Arrays.fill(violation, Double.POSITIVE_INFINITY);
        }
    }

    /** Rolls the plans out without prices: their returns, and what they violate. */
    private void evaluate(PlanRequest request) {
        StepBuffer from = steps[0];
        StepBuffer to = steps[1];
        from.next().copyFrom(request.roots());
        keys.resize(rows).step(0);
        for (int b = 0; b < rows; b++) {
            keys.set(b, b + 1, request.keys()[b], 0);
            returns[b] = 0;
            weights[b] = 1;
            violation[b] = 0;
        }
        model.begin(from.next(), keys);
        for (int t = 0; t < horizon; t++) {
            System.arraycopy(sequence, t * m * rows, actions, 0, m * rows);
            model.step(from.next(), actions, keys.step(t), to);
            measure(t, to.next());
            for (int b = 0; b < rows; b++) {
                if (weights[b] != 0) returns[b] += weights[b] * to.reward()[b];
                weights[b] = weights[b] == 0 ? 0 : weights[b] * to.discount()[b];
            }
            StepBuffer swap = from;
            from = to;
            to = swap;
        }
        ValueFunction value = problem.terminalValue();
        if (value == null) return;
        value.value(from.next(), terminal);
        for (int b = 0; b < rows; b++) if (weights[b] != 0) returns[b] += weights[b] * terminal[b];
    }

    private void clampRates(Plan found) {
        System.arraycopy(found.sequence(), 0, wanted, 0, wanted.length);
        System.arraycopy(wanted, 0, sequence, 0, wanted.length);
        if (!problem.rateLimited()) return;
        for (int t = 0; t < horizon; t++) {
            for (int a = 0; a < m; a++) {
                float limit = problem.rateLimit(a);
                for (int b = 0; b < rows; b++) {
                    if (t == 0 && !hasPrevious[b]) continue;
                    float before = t == 0 ? previous[a * rows + b] : sequence[((t - 1) * m + a) * rows + b];
                    int at = (t * m + a) * rows + b;
                    sequence[at] = Math.max(before - limit, Math.min(before + limit, sequence[at]));
                }
            }
        }
    }

    /** Counts what a step violates, where its row has not ended, and moves its multipliers. */
    private void measure(int t, ModelState reached) {
        int at = 0;
        for (int c = 0; c < multipliers.constraints.size(); c++) {
            Constraint constraint = multipliers.constraints.get(c);
            constraint.evaluate(reached, actions, values);
            for (int i = 0; i < constraint.size(); i++) {
                for (int b = 0; b < rows; b++) count(at + i, b, t, values[i * rows + b]);
            }
            at += constraint.size();
        }
        if (!multipliers.pricesRates) return;
        for (int a = 0; a < m; a++) {
            float limit = problem.rateLimit(a);
            if (limit == Float.POSITIVE_INFINITY) continue;
            for (int b = 0; b < rows; b++) {
                // The answer is clipped; prices move by what the planner inside wanted.
                float before = t == 0 ? previous[a * rows + b] : wanted[((t - 1) * m + a) * rows + b];
                float change = wanted[(t * m + a) * rows + b] - before;
                count(at + 2 * a, b, t, change - limit);
                count(at + 2 * a + 1, b, t, -change - limit);
            }
        }
    }

    private void count(int i, int row, int t, double value) {
        if (weights[row] == 0 || !multipliers.counts(i, row, t)) return;
        if (!Double.isFinite(value)) {
            violation[row] = Double.POSITIVE_INFINITY;
            return;
        }
        // Rates are clipped, so that rounding is all they can be off by.
        if (i < multipliers.size - (multipliers.pricesRates ? 2 * m : 0)) {
            violation[row] = Math.max(violation[row], multipliers.violation(i, value));
        }
        multipliers.update(i, row, t, value);
    }

    /** Keeps the best plans and tells whether all rows have settled. */
    private boolean endRound(int round) {
        boolean done = true;
        for (int b = 0; b < rows; b++) {
            boolean finite = Float.isFinite((float) returns[b]);
            if (!finite) diverged++;
            if (finite && better(b) || round == 0) keep(b, finite);
            multipliers.endRound(b, violation[b]);
            settled[b] = multipliers.size == 0 || violation[b] <= parameters.tolerance() && Math.abs(returns[b] - lastReturn[b]) <= SETTLED * Math.abs(returns[b]);
            lastReturn[b] = returns[b];
            innerRequest.elapsedSteps()[b] = 0;
            done &= settled[b];
        }
        return done;
    }

    private boolean better(int row) {
        // What is kept of the first round may have no return.
        if (plan.predictedReturn()[row] == Float.NEGATIVE_INFINITY) return true;
        double tolerance = parameters.tolerance();
        float least = plan.diagnostics().violation()[row];
        if (violation[row] <= tolerance) return least > tolerance || returns[row] > plan.predictedReturn()[row];
        return violation[row] < least;
    }

    private void keep(int row, boolean finite) {
        for (int i = 0; i < horizon * m; i++) plan.sequence()[i * rows + row] = sequence[i * rows + row];
        plan.predictedReturn()[row] = finite ? (float) returns[row] : Float.NEGATIVE_INFINITY;
        plan.diagnostics().violation()[row] = (float) violation[row];
    }

    private void answer() {
        for (int b = 0; b < rows; b++) {
            for (int a = 0; a < m; a++) plan.actions()[a * rows + b] = plan.sequence()[a * rows + b];
            plan.diagnostics().bestReturn()[b] = plan.predictedReturn()[b];
            plan.diagnostics().meanReturn()[b] = plan.predictedReturn()[b];
            hasPrevious[b] = true;
        }
    }

    /**
     * Says which action a row has executed last, where that was not the one planned.
     *
     * @throws IllegalArgumentException if it is outside the bounds, from where a rate limit might lead nowhere inside
     */
    public void executed(int row, float... action) {
        Checks.inRange("row", row, 0, rows - 1);
        Checks.same("length of action", action.length, "actionSize", m);
        for (int a = 0; a < m; a++) Checks.inRange("action[" + a + "]", action[a], problem.actionLow(a), problem.actionHigh(a));
        for (int a = 0; a < m; a++) {
            previous[a * rows + row] = action[a];
            for (int t = 0; t < horizon; t++) plan.sequence()[(t * m + a) * rows + row] = action[a];
        }
        hasPrevious[row] = true;
    }

    /** Returns the planner inside, such as for a warm start. */
    public Planner inner() {
        return inner;
    }

    @Override
    public void reset(int... resetRows) {
        for (int row : resetRows) reset(Checks.inRange("row", row, 0, rows - 1));
        inner.reset(resetRows);
    }

    private void reset(int row) {
        multipliers.reset(row);
        hasPrevious[row] = false;
    }

    @Override
    public void resetAll() {
        for (int b = 0; b < rows; b++) reset(b);
        inner.resetAll();
    }

    @Override
    public void cancel() {
        meter.cancel();
    }

    @Override
    public String name() {
        return "constrained-" + inner.name();
    }

    @Override
    public void close() {
        inner.close();
    }
}
