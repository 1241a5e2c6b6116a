package io.ponder.planners;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.PlanSchedule;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.plan.RolloutWatch;
import io.ponder.engine.plan.StopReason;
import io.ponder.engine.tensor.CounterRandom;
import org.apache.logging.log4j.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * Plans by the loop that all sampling planners share: shift the old plan, then sample candidates, roll them out, score them and update
 * the distribution, until the iterations or the budget are used up; then answer with the mean plan or the best candidate seen.
 *
 * <p>A candidate with a rollout that is NaN or infinite costs plus infinity, is counted, and teaches nothing. Where the mean plan
 * diverges the best candidate seen answers for it, and where everything diverges the plan of the last call, shifted. A model that throws
 * costs the block of rollouts that it threw in; that is counted in the diagnostics, and logged once. A budget shrinks the last population
 * to what still fits; one candidate is evaluated in any case. One candidate's worth of the budget is kept for the predicted return of a
 * mean plan. Where rollouts take longer than predicted, or the call is cancelled, they are broken off after the block that is running.
 *
 * <p>One thread plans at a time; {@link #cancel} may come from any other. A call allocates nothing once warm. Plans are the same for
 * any number of threads, and a row's plan for any other rows beside it, unless time or model steps ended the call.
 */
public final class SamplingPlanner implements Planner {
    /** Candidates of the trial rollout that predicts the time of the first iteration. */
    private static final int TRIAL = 8;
    /** Number of the iteration that evaluates the answer; real ones count from 0. */
    private static final int ANSWER = -1;
    /** Number of the iteration of the trial rollout. */
    private static final int TRIAL_ITERATION = -2;

    private final SearchDistribution distribution;
    private final Scorer scorer;
    private final RolloutRequest rollouts;
    private final RolloutRequest meanRollouts;
    private final Population population;
    private final BudgetMeter meter;
    private final RolloutWatch watch;
    private final Pace pace;
    private final Plan plan;
    private final PlanSchedule schedule;
    private final float[][] best;
    private final float[] bestCost;
    private final boolean[] broken;
    private final long stepsPerCandidate;
    private final long answerSteps;
    private final long stepsPerColumn;
    private @Nullable PlanSchedule repeated;
    private boolean failureLogged;
    private long diverged;

    /**
     * Creates a planner and takes its memory.
     *
     * @throws IllegalArgumentException if the distribution needs gradients and the model has none, or plans continuous actions where
     *                                  those of the problem are discrete, or the other way round
     */
    public SamplingPlanner(Problem problem, SearchDistribution distribution, Execution execution) {
        this.distribution = distribution;
        checkActions(problem, distribution);
        problem.requireUnconstrained(distribution.name());
        int rows = execution.rows();
        rollouts = new RolloutRequest(
                        problem.model().spec(), rows, distribution.candidates(0), execution.particles(), distribution.size().horizon())
                .terminalValue(problem.terminalValue());
        meanRollouts = new RolloutRequest(problem.model().spec(), rows, 1, execution.particles(), distribution.size().horizon())
                .terminalValue(problem.terminalValue());
        population = new Population(problem, rollouts, execution.noise(), execution.risk(), distribution.needsGradients());
        scorer = distribution.needsGradients()
                ? new GradientScorer(problem, rollouts, population)
                : new RolloutScorer(problem, execution);
        rollouts.sampler((request, row, first, count) -> distribution.sample(population, row, first, count));
        meter = new BudgetMeter(execution.clock());
        watch = new RolloutWatch(meter);
        rollouts.watch(watch);
        meanRollouts.watch(watch);
        stepsPerColumn = (long) execution.particles() * distribution.size().horizon() * problem.model().stepCost() * scorer.chargePerStep();
        stepsPerCandidate = rows * stepsPerColumn;
        answerSteps = distribution.answersWithBestSeen() ? 0 : stepsPerCandidate;
        pace = new Pace(execution.clock(), stepsPerCandidate);
        plan = new Plan(rows, distribution.size().horizon(), rollouts.actionSize());
        schedule = plan.diagnostics().schedule();
        best = new float[rows][population.length()];
        bestCost = new float[rows];
        broken = new boolean[rows];
    }

    private static void checkActions(Problem problem, SearchDistribution distribution) {
        int count = problem.actionCount();
        if (distribution.plans(count)) return;
        throw new IllegalArgumentException(count > 0
                ? "The problem has " + count + " discrete actions, but " + distribution.name()
                        + " plans continuous ones.\nMaybe use CategoricalCem, or a tree search."
                : "The problem has continuous actions, but " + distribution.name() + " plans discrete ones.\nMaybe use Cem or ICem.");
    }

    @Override
    public Plan plan(PlanRequest request, Budget budget) {
        check(request);
        meter.start(budget);
        repeated = budget.schedule();
        watch.begin();
        schedule.clear();
        long launches = scorer.launches();
        long bytes = scorer.bytesMoved();
        begin(request);
        StopReason reason = search();
        answer(request);
        plan.diagnostics().record(reason, meter, diverged, scorer.executedOn());
        plan.diagnostics().recordFailures(watch.failures(), watch.failure());
        plan.diagnostics().recordDevice(scorer.launches() - launches, scorer.bytesMoved() - bytes);
        meter.finish();
        if (watch.failures() > 0 && !failureLogged) logFailure();
        return plan;
    }

    /** A model that throws in every call would fill the log. */
    private void logFailure() {
        failureLogged = true;
        LogManager.getLogger(SamplingPlanner.class)
                .warn("The model throws while {} plans; its rollouts count as diverged. Later failures are only counted.", name(), watch.failure());
    }

    private void check(PlanRequest request) {
        Checks.same("rows of the request", request.rows(), "rows of the planner", population.rows());
        Checks.same("columns of the roots", request.roots().columns(), "rows of the planner", population.rows());
    }

    private void begin(PlanRequest request) {
        rollouts.roots().copyFrom(request.roots());
        diverged = 0;
        for (int b = 0; b < population.rows(); b++) {
            population.begin(request, b);
            distribution.init(population, b);
            meter.chargeModelSteps(population.takeExtraModelSteps());
            bestCost[b] = Float.POSITIVE_INFINITY;
            broken[b] = false;
        }
        if (pace.unknown() && meter.nanosLeft() != Long.MAX_VALUE && repeated == null) tryOut();
    }

    /** Times a few rollouts, because a deadline cannot wait for the first iteration to tell how long it takes. */
    private void tryOut() {
        int size = Math.max(1, pace.affordable(meter, Math.min(TRIAL, rollouts.maxCandidates()), answerSteps));
        population.iterate(TRIAL_ITERATION, size, false);
        score();
    }

    /** Iterates until something says stop, and says what. */
    private StopReason search() {
        for (int iteration = 0; ; iteration++) {
            if (iteration >= distribution.size().iterations()) return StopReason.COMPLETED;
            StopReason reason = iteration == 0 ? null : meter.exhausted();
            if (reason != null) return reason;
            int wanted = distribution.candidates(iteration);
            if (repeated != null) {
                repeat(repeated, iteration, wanted);
                continue;
            }
            int size = pace.affordable(meter, wanted, answerSteps);
            if (iteration > 0 && size < Math.min(wanted, distribution.size().fewestCandidates())) {
                return pace.limitedByTime() ? StopReason.WALL_CLOCK : StopReason.MODEL_STEPS;
            }
            size = Math.max(1, size);
            iterate(iteration, wanted, size, isLast(iteration, wanted, size));
        }
    }

    /** Does what a call before did in an iteration. */
    private void repeat(PlanSchedule known, int iteration, int wanted) {
        watch.limit(known.columns(iteration));
        iterate(iteration, wanted, Math.min(wanted, known.size(iteration, wanted)), known.last(iteration, usuallyLast(iteration)));
        watch.limit(PlanSchedule.ALL);
    }

    private void iterate(int iteration, int wanted, int size, boolean last) {
        population.iterate(iteration, size, last);
        score();
        learn();
        meter.chargeIteration();
        boolean brokenOff = watch.finished() < rollouts.actionColumns();
        if (size != wanted || brokenOff || last != usuallyLast(iteration)) {
            schedule.add(iteration, size, last, brokenOff ? watch.finished() : PlanSchedule.ALL);
        }
    }

    private boolean usuallyLast(int iteration) {
        return iteration + 1 >= distribution.size().iterations();
    }

    /** Rolls the population out and charges it. */
    private void score() {
        pace.begin();
        population.state(distribution);
        // What an executor that is never broken off leaves as it is.
        watch.finished(rollouts.actionColumns());
        scorer.score(rollouts);
        int columns = watch.finished();
        meter.chargeModelSteps(columns * stepsPerColumn);
        for (int b = 0; b < population.rows(); b++) diverged += population.score(b);
        diverged -= (long) (rollouts.actionColumns() - columns) * rollouts.particles();
        pace.end((double) columns / population.rows());
    }

    private boolean isLast(int iteration, int wanted, int size) {
        int next = iteration + 1;
        if (usuallyLast(iteration) || meter.iterationsLeft() <= 1 || size < wanted) return true;
        int fewest = Math.min(distribution.candidates(next), distribution.size().fewestCandidates());
        return pace.affordable(meter, size + fewest, answerSteps) < size + fewest;
    }

    /** Keeps the best candidates, then lets the distribution learn from the rows in which something is finite. */
    private void learn() {
        for (int b = 0; b < population.rows(); b++) {
            report(b);
            if (population.finite(b) == 0) continue;
            distribution.update(population, b);
            if (!population.clipMean(b)) recover(b);
        }
    }

    /**
     * Goes on from the best candidate where an update has come out as no number, as sums of huge costs may; the row then begins anew in the
     * next call, for whatever else the distribution keeps may be no number either.
     */
    private void recover(int row) {
        broken[row] = true;
        float[] mean = population.mean(row);
        for (int i = 0; i < mean.length; i++) mean[i] = Float.isNaN(best[row][i]) ? population.rest(i) : best[row][i];
    }

    /**
     * Keeps the best candidate of a row, and its best and mean return for the diagnostics. Of equals it is that which was written last: more
     * was known then, and where the mean plan is among the last candidates it speaks for many, an elite of the call before only for the
     * horizon that call could see.
     */
    private void report(int row) {
        float least = population.leastCost(row);
        if (least <= bestCost[row] && least < Float.POSITIVE_INFINITY) {
            bestCost[row] = least;
            population.readCandidate(row, population.candidateWithCost(row, least), best[row]);
        }
        plan.diagnostics().bestReturn()[row] = -least;
        plan.diagnostics().meanReturn()[row] = -population.meanCost(row);
    }

    /** Writes the plan. */
    private void answer(PlanRequest request) {
        boolean evaluated = !distribution.answersWithBestSeen() && meter.modelStepsLeft() >= answerSteps;
        if (repeated != null) evaluated = repeated.answerColumns() > 0;
        if (evaluated) evaluateMean(request);
        schedule.answerColumns(!evaluated ? 0 : watch.finished() < population.rows() ? watch.finished() : PlanSchedule.ALL);
        for (int b = 0; b < population.rows(); b++) {
            float promised = evaluated ? meanReturn(b) : Float.NEGATIVE_INFINITY;
            float[] chosen = population.mean(b);
            if (!Float.isFinite(promised)) {
                promised = -bestCost[b];
                if (bestCost[b] != Float.POSITIVE_INFINITY) chosen = best[b];
            }
            plan.predictedReturn()[b] = promised;
            write(b, chosen);
            plan.diagnostics().effectiveSampleSize()[b] = population.effectiveSampleSize(b);
            plan.diagnostics().spread()[b] = population.spread(b);
            if (broken[b]) population.reset(b);
            else population.markPlanned(b);
        }
    }

    /** Rolls the mean plans out. */
    private void evaluateMean(PlanRequest request) {
        pace.begin();
        int rows = population.rows();
        meanRollouts.roots().copyFrom(request.roots());
        for (int b = 0; b < rows; b++) {
            meanRollouts.keys()[b] = CounterRandom.key(request.keys()[b], ANSWER);
            for (int i = 0; i < population.length(); i++) meanRollouts.actions()[i * rows + b] = population.mean(b)[i];
        }
        if (repeated != null) watch.limit(repeated.answerColumns());
        watch.finished(rows);
        scorer.evaluate(meanRollouts);
        watch.limit(PlanSchedule.ALL);
        meter.chargeModelSteps(watch.finished() * stepsPerColumn);
        diverged -= (long) (rows - watch.finished()) * meanRollouts.particles();
        pace.endAnswer();
    }

    /** Returns the return of the mean plan of a row, averaged over its particles. */
    private float meanReturn(int row) {
        int particles = meanRollouts.particles();
        double sum = 0;
        for (int p = row * particles; p < (row + 1) * particles; p++) {
            float value = meanRollouts.returns()[p];
            if (!Float.isFinite(value)) diverged++;
            sum += value;
        }
        return (float) (sum / particles);
    }

    private void write(int row, float[] chosen) {
        int rows = population.rows();
        // A candidate of a broken distribution may hold what is no number, where the model does not mind.
        for (int i = 0; i < chosen.length; i++) plan.sequence()[i * rows + row] = Float.isNaN(chosen[i]) ? population.rest(i) : chosen[i];
        for (int a = 0; a < plan.actionSize(); a++) plan.actions()[a * rows + row] = plan.sequence()[a * rows + row];
    }

    /** Returns the candidates and costs of the last iteration, for inspection and tests. */
    public Population population() {
        return population;
    }

    /**
     * Makes a sequence the plan of a row, as if the last call had answered it: the next call shifts it by the elapsed steps and starts
     * from there.
     *
     * @param sequence {@code [T x A]}; clipped to the bounds. Not modified.
     */
    public void warmStart(int row, float[] sequence) {
        Checks.inRange("row", row, 0, population.rows() - 1);
        Checks.length("sequence", sequence, population.length(), "horizon x actionSize");
        population.warmStart(row, sequence);
    }

    @Override
    public void reset(int... rows) {
        for (int row : rows) population.reset(Checks.inRange("row", row, 0, population.rows() - 1));
    }

    @Override
    public void resetAll() {
        for (int b = 0; b < population.rows(); b++) population.reset(b);
    }

    @Override
    public void cancel() {
        meter.cancel();
    }

    @Override
    public String name() {
        return distribution.name();
    }

    @Override
    public void close() {
        scorer.close();
    }
}
