package io.ponder.planners;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.plan.StopReason;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Plans by the loop that all sampling planners share: shift the old plan, then sample candidates, roll them out, score them and update
 * the distribution, until the iterations or the budget are used up; then answer with the mean plan or the best candidate seen.
 *
 * <p>A candidate with a rollout that is NaN or infinite costs plus infinity, is counted, and teaches nothing. Where the mean plan
 * diverges the best candidate seen answers for it, and where everything diverges the plan of the last call, shifted. A budget shrinks
 * the last population to what still fits; one candidate is evaluated in any case. One candidate's worth of the budget is kept for the
 * predicted return of a mean plan.
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
    private final Pace pace;
    private final Plan plan;
    private final float[][] best;
    private final float[] bestCost;
    private final long stepsPerCandidate;
    private final long answerSteps;
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
        int rows = execution.rows();
        rollouts = new RolloutRequest(
                        problem.model().spec(), rows, distribution.candidates(0), execution.particles(), distribution.size().horizon())
                .terminalValue(problem.terminalValue());
        meanRollouts = new RolloutRequest(problem.model().spec(), rows, 1, execution.particles(), distribution.size().horizon())
                .terminalValue(problem.terminalValue());
        population = new Population(problem, rollouts, execution.noise(), distribution.needsGradients());
        scorer = distribution.needsGradients()
                ? new GradientScorer(problem, rollouts, population)
                : new RolloutScorer(problem, execution);
        rollouts.sampler((request, row, first, count) -> distribution.sample(population, row, first, count));
        meter = new BudgetMeter(execution.clock());
        long stepsPerColumn = (long) distribution.size().horizon() * problem.model().stepCost() * scorer.chargePerStep();
        stepsPerCandidate = (long) rows * execution.particles() * stepsPerColumn;
        answerSteps = distribution.answersWithBestSeen() ? 0 : stepsPerCandidate;
        pace = new Pace(execution.clock(), stepsPerCandidate);
        plan = new Plan(rows, distribution.size().horizon(), rollouts.actionSize());
        best = new float[rows][population.length()];
        bestCost = new float[rows];
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
        long launches = scorer.launches();
        long bytes = scorer.bytesMoved();
        begin(request);
        StopReason reason = search();
        answer(request);
        plan.diagnostics().record(reason, meter, diverged, scorer.executedOn());
        plan.diagnostics().recordDevice(scorer.launches() - launches, scorer.bytesMoved() - bytes);
        meter.finish();
        return plan;
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
            bestCost[b] = Float.POSITIVE_INFINITY;
        }
        if (pace.unknown() && meter.nanosLeft() != Long.MAX_VALUE) tryOut();
    }

    /** Times a few rollouts, because a deadline cannot wait for the first iteration to tell how long it takes. */
    private void tryOut() {
        int size = Math.max(1, pace.affordable(meter, Math.min(TRIAL, rollouts.maxCandidates()), answerSteps));
        population.iterate(TRIAL_ITERATION, size, false);
        score(size);
    }

    /** Iterates until something says stop, and says what. */
    private StopReason search() {
        for (int iteration = 0; ; iteration++) {
            if (iteration >= distribution.size().iterations()) return StopReason.COMPLETED;
            StopReason reason = iteration == 0 ? null : meter.exhausted();
            if (reason != null) return reason;
            int wanted = distribution.candidates(iteration);
            int size = pace.affordable(meter, wanted, answerSteps);
            if (iteration > 0 && size < Math.min(wanted, distribution.size().fewestCandidates())) {
                return pace.limitedByTime() ? StopReason.WALL_CLOCK : StopReason.MODEL_STEPS;
            }
            size = Math.max(1, size);
            population.iterate(iteration, size, isLast(iteration, wanted, size));
            score(size);
            learn();
            meter.chargeIteration();
        }
    }

    /** Rolls the population out and charges it. */
    private void score(int size) {
        pace.begin();
        population.state(distribution);
        scorer.score(rollouts);
        meter.chargeModelSteps(size * stepsPerCandidate);
        for (int b = 0; b < population.rows(); b++) diverged += population.score(b);
        pace.end(size);
    }

    private boolean isLast(int iteration, int wanted, int size) {
        int next = iteration + 1;
        if (next >= distribution.size().iterations() || meter.iterationsLeft() <= 1 || size < wanted) return true;
        int fewest = Math.min(distribution.candidates(next), distribution.size().fewestCandidates());
        return pace.affordable(meter, size + fewest, answerSteps) < size + fewest;
    }

    /** Keeps the best candidates, then lets the distribution learn from the rows in which something is finite. */
    private void learn() {
        for (int b = 0; b < population.rows(); b++) {
            report(b);
            if (population.finite(b) == 0) continue;
            distribution.update(population, b);
            population.clipMean(b);
        }
    }

    /** Keeps the best candidate of a row, and its best and mean return for the diagnostics. */
    private void report(int row) {
        float least = population.leastCost(row);
        if (least < bestCost[row]) {
            bestCost[row] = least;
            population.readCandidate(row, population.candidateWithCost(row, least), best[row]);
        }
        plan.diagnostics().bestReturn()[row] = -least;
        plan.diagnostics().meanReturn()[row] = -population.meanCost(row);
    }

    /** Writes the plan. */
    private void answer(PlanRequest request) {
        boolean evaluated = !distribution.answersWithBestSeen() && meter.modelStepsLeft() >= answerSteps;
        if (evaluated) evaluateMean(request);
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
            population.markPlanned(b);
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
        scorer.evaluate(meanRollouts);
        meter.chargeModelSteps(stepsPerCandidate);
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
        for (int i = 0; i < chosen.length; i++) plan.sequence()[i * rows + row] = chosen[i];
        for (int a = 0; a < plan.actionSize(); a++) plan.actions()[a * rows + row] = chosen[a];
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
