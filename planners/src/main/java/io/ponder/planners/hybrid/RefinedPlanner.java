package io.ponder.planners.hybrid;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.StopReason;
import io.ponder.engine.tensor.TopK;
import io.ponder.planners.Execution;
import io.ponder.planners.GradientParameters;
import io.ponder.planners.GradientShooting;
import io.ponder.planners.Population;
import io.ponder.planners.SamplingPlanner;
import io.ponder.planners.trajectory.IterativeLqr;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets one planner find a plan and another one improve it by derivatives; answers row by row with the plan that promises more. Both start
 * the next call from the answer, as far as they can be told.
 *
 * <p>What a faulty model does to them they survive and count; the counts are added up. The first gets half of every budget, the second the other half, or what the first has
 * left of it; where that is nothing, or the call was cancelled, the plan of the first is the answer. One thread plans at a time;
 * {@link #cancel} may come from any other; it ends the planner that runs by its budget ({@link Budget#stoppingWhen}). Allocates nothing once warm if the budget is the one of the call before.
 */
public final class RefinedPlanner implements Planner {
    private final String name;
    private final Planner first;
    private final Planner second;
    private final Seeding seeding;
    private final int rows;
    private final Plan plan;
    private final PlanRequest request;
    private final BudgetMeter meter;
    private final float[] sequence;
    private @Nullable Budget lastBudget;
    private Budget half = Budget.UNLIMITED;
    private Budget rest = Budget.UNLIMITED;

    /** Tells the second planner where to start in a row. */
    private interface Seeding {
        void seed(int row, Plan found, float[] sequence);
    }

    private RefinedPlanner(
            String name, Problem problem, Planner first, Planner second, Seeding seeding, int rows, int horizon, Clock clock) {
        this.name = name;
        this.first = first;
        this.second = second;
        this.seeding = seeding;
        this.rows = rows;
        plan = new Plan(rows, horizon, problem.actionSize());
        request = new PlanRequest(problem.model(), rows);
        meter = new BudgetMeter(clock);
        sequence = new float[horizon * problem.actionSize()];
    }

    /**
     * Returns a planner that improves the plan of any other by iLQR.
     *
     * @param first     finds the plan, of the same problem, rows and horizon; closed with this one
     * @param execution rows and clock
     */
    public static RefinedPlanner polished(Problem problem, Planner first, IterativeLqrParameters parameters, Execution execution) {
        var ilqr = new IterativeLqr(problem, parameters, execution);
        return new RefinedPlanner(
                first.name() + "-ilqr", problem, first, ilqr, (row, found, sequence) -> ilqr.warmStart(row, sequence), execution.rows(),
                parameters.horizon(), execution.clock());
    }

    /**
     * Returns a planner that improves the plan and the best candidates of a sampling planner by gradients.
     *
     * @param first      finds plan and candidates, of the same problem, rows and horizon; closed with this one
     * @param parameters its starts are its own warm start, the plan and the best candidates; with one start, the plan
     * @throws IllegalArgumentException if the model is not differentiable
     */
    public static RefinedPlanner gradient(Problem problem, SamplingPlanner first, GradientParameters parameters, Execution execution) {
        var shooting = new GradientShooting(parameters, problem, execution.rows());
        var second = new SamplingPlanner(problem, shooting, execution);
        var index = new int[parameters.starts()];
        var candidate = new float[parameters.horizon() * problem.actionSize()];
        return new RefinedPlanner(first.name() + "-gradient", problem, first, second, (row, found, sequence) -> {
            int next = Math.min(1, parameters.starts() - 1);
            shooting.seed(row, next++, sequence);
            Population population = first.population();
            int count = Math.min(parameters.starts() - next, population.size());
            if (count > 0) TopK.smallest(population.size(), population.costs(), population.costAt(row), 1, count, index, 0);
            for (int i = 0; i < count; i++) {
                population.readCandidate(row, index[i], candidate);
                shooting.seed(row, next + i, candidate);
            }
        }, execution.rows(), parameters.horizon(), execution.clock());
    }

    @Override
    public Plan plan(PlanRequest asked, Budget budget) {
        Checks.same("rows of the request", asked.rows(), "rows of the planner", rows);
        meter.start(budget);
        if (budget != lastBudget) halve(budget);
        return run(asked, budget);
    }

    private Plan run(PlanRequest asked, Budget budget) {
        Plan found = first.plan(asked, half);
        Checks.same("horizon of the first planner", found.horizon(), "horizon of the second", plan.horizon());
        meter.chargeModelSteps(found.diagnostics().modelSteps());
        meter.chargeIterations(found.diagnostics().iterations());
        long diverged = found.diagnostics().nonFiniteRollouts();
        long failures = found.diagnostics().modelFailures();
        Throwable failure = found.diagnostics().modelFailure();
        for (int b = 0; b < rows; b++) take(found, b);
        StopReason reason = meter.exhausted();
        if (reason != null) return answer(reason, diverged, found, failures, failure);
        request.roots().copyFrom(asked.roots());
        for (int b = 0; b < rows; b++) {
            request.keys()[b] = asked.keys()[b];
            request.elapsedSteps()[b] = 0;
            read(b);
            seeding.seed(b, found, sequence);
        }
        share(budget);
        Plan refined = second.plan(request, rest);
        meter.chargeModelSteps(refined.diagnostics().modelSteps());
        meter.chargeIterations(refined.diagnostics().iterations());
        diverged += refined.diagnostics().nonFiniteRollouts();
        failures += refined.diagnostics().modelFailures();
        if (refined.diagnostics().modelFailure() != null) failure = refined.diagnostics().modelFailure();
        for (int b = 0; b < rows; b++) {
            if (!(refined.predictedReturn()[b] > plan.predictedReturn()[b])) continue;
            take(refined, b);
            if (first instanceof SamplingPlanner sampler) {
                read(b);
                sampler.warmStart(b, sequence);
            }
        }
        return answer(refined.diagnostics().stopReason(), diverged, found, failures, failure);
    }

    private Plan answer(StopReason reason, long diverged, Plan found, long failures, @Nullable Throwable failure) {
        plan.diagnostics().record(reason, meter, diverged, found.diagnostics().executedOn());
        plan.diagnostics().recordFailures(failures, failure);
        meter.finish();
        return plan;
    }

    private void halve(Budget budget) {
        lastBudget = budget;
        half = Budget.UNLIMITED.stoppingWhen(meter::stopAsked);
        rest = half;
        if (budget.iterations() < Long.MAX_VALUE) half = half.withIterations(Math.max(1, budget.iterations() / 2));
        if (budget.modelSteps() < Long.MAX_VALUE) half = half.withModelSteps(Math.max(1, budget.modelSteps() / 2));
        if (budget.wallNanos() < Long.MAX_VALUE) half = half.withWallClock(Duration.ofNanos(Math.max(1, budget.wallNanos() / 2)));
        if (budget.wallNanos() < Long.MAX_VALUE) rest = rest.withWallClock(Duration.ofNanos(budget.wallNanos() - budget.wallNanos() / 2));
    }

    /** Gives the second planner its half of iterations and model steps, or what is left where the first took more. */
    private void share(Budget budget) {
        if (budget.iterations() < Long.MAX_VALUE) {
            long iterations = Math.min(meter.iterationsLeft(), budget.iterations() - budget.iterations() / 2);
            if (iterations != rest.iterations()) rest = rest.withIterations(iterations);
        }
        if (budget.modelSteps() < Long.MAX_VALUE) {
            long modelSteps = Math.min(meter.modelStepsLeft(), budget.modelSteps() - budget.modelSteps() / 2);
            if (modelSteps != rest.modelSteps()) rest = rest.withModelSteps(modelSteps);
        }
    }

    private void take(Plan from, int row) {
        for (int i = 0; i < sequence.length; i++) plan.sequence()[i * rows + row] = from.sequence()[i * rows + row];
        for (int a = 0; a < plan.actionSize(); a++) plan.actions()[a * rows + row] = from.actions()[a * rows + row];
        plan.predictedReturn()[row] = from.predictedReturn()[row];
        plan.diagnostics().bestReturn()[row] = from.diagnostics().bestReturn()[row];
        plan.diagnostics().meanReturn()[row] = from.diagnostics().meanReturn()[row];
        plan.diagnostics().effectiveSampleSize()[row] = from.diagnostics().effectiveSampleSize()[row];
    }

    private void read(int row) {
        for (int i = 0; i < sequence.length; i++) sequence[i] = plan.sequence()[i * rows + row];
    }

    @Override
    public void reset(int... resetRows) {
        first.reset(resetRows);
        second.reset(resetRows);
    }

    @Override
    public void resetAll() {
        first.resetAll();
        second.resetAll();
    }

    @Override
    public void cancel() {
        meter.cancel();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
