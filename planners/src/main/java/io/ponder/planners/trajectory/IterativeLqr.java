package io.ponder.planners.trajectory;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutWatch;
import io.ponder.engine.plan.StopReason;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.planners.Execution;
import org.apache.logging.log4j.LogManager;

/**
 * Plans by the iterative linear-quadratic regulator within the bounds of the actions (box-DDP): expands model and reward around the plan,
 * solves the linear-quadratic problem backwards, and follows its solution, feedback included, by the step length that improves the true
 * return most.
 *
 * <p>On a linear model with a quadratic reward one iteration is the optimum (where no bound holds). Elsewhere it finds a local optimum
 * from the better of the warm start and the plan that rests; it needs a return that changes smoothly with the actions. A row stops when it
 * has converged. Derivatives are the model's own where it is {@link io.ponder.engine.model.Differentiable}, central differences of its
 * steps elsewhere, in one call for all steps of all rows. The Hessian of the reward is taken by differences, exact for a quadratic reward
 * but for rounding; that of the dynamics counts only if asked for, as costates allow (differential dynamic programming).
 *
 * <p>The steps of the model should not be random: draws that hold for a whole rollout (an ensemble member) are kept, but all steps are
 * expanded with the random numbers of the first. A plan whose rollout is NaN or infinite is counted and never taken; where every plan is,
 * the answer is the warm start. A model that throws costs the rollouts of that call of it, of all rows, or ends the call where it throws
 * while it is expanded; that is counted in the diagnostics, and logged once. Discounts count as constants.
 *
 * <p>One thread plans at a time; {@link #cancel} may come from any other. A call allocates nothing once warm. A row's plan does not depend
 * on the rows beside it, unless time or model steps ended the call. A budget is checked between iterations; the first rollouts are made in
 * any case.
 *
 * <p>Source: Li and Todorov 2004; Tassa, Erez and Todorov 2012 (regularisation, line search); Tassa, Mansard and Todorov 2014 (bounds).
 */
public final class IterativeLqr implements Planner {
    /** Share of the promised improvement that a step must keep. */
    private static final double SUFFICIENT = 1e-4;
    /** Share of the predicted time of an iteration that is left of it after a call that made none for lack of time. */
    private static final double DECAY = 0.25;
    /** The plans that a call begins with: the warm start and the rest. */
    private static final int SEEDS = 2;

    private final Problem problem;
    private final WorldModel model;
    private final IterativeLqrParameters parameters;
    private final int rows;
    private final int n;
    private final int m;
    private final int horizon;
    private final Trajectories nominal;
    private final Trajectories trials;
    private final Expansion expansion;
    private final LocalModel[] local;
    private final BackwardPass backwardPass;
    private final Regularisation regularisation;
    private final double[][] feedforward;
    private final double[][] feedback;
    private final double[] room;
    private final double[] slope;
    private final double[] curvature;
    private final boolean[] active;
    private final boolean[] expanded;
    private final int[] chosen;
    private final float[][] sequence;
    private final boolean[] planned;
    private final Plan plan;
    private final BudgetMeter meter;
    private final RolloutWatch watch;
    private final Clock clock;
    private double nanosPerIteration;
    private double decay = DECAY;
    private long diverged;
    private boolean failureLogged;

    /**
     * Creates a planner and takes its memory.
     *
     * @throws IllegalArgumentException if actions are discrete, the execution has several particles, or the curvature of dynamics without
     *                                  derivatives is asked for
     */
    public IterativeLqr(Problem problem, IterativeLqrParameters parameters, Execution execution) {
        if (problem.actionCount() > 0) {
            throw new IllegalArgumentException("The problem has " + problem.actionCount()
                    + " discrete actions, but ilqr plans continuous ones.\nMaybe use CategoricalCem, or a tree search.");
        }
        if (execution.particles() > 1) {
            throw new IllegalArgumentException("particles is " + execution.particles()
                    + ", but ilqr plans on one rollout.\nMaybe give it the mean of the model (ParticlePropagation.MEAN, not sampled).");
        }
        problem.requireUnconstrained("ilqr");
        this.problem = problem;
        this.parameters = parameters;
        model = problem.model();
        rows = execution.rows();
        n = model.spec().stateSize();
        m = model.spec().actionSize();
        horizon = parameters.horizon();
        nominal = new Trajectories(model.spec(), rows, horizon);
        trials = new Trajectories(model.spec(), rows * Math.max(SEEDS, parameters.trials()), horizon);
        expansion = Expansion.of(problem, parameters, rows);
        local = new LocalModel[rows];
        for (int b = 0; b < rows; b++) local[b] = new LocalModel(n, m, horizon);
        backwardPass = new BackwardPass(n, m);
        regularisation = new Regularisation(rows);
        feedforward = new double[rows][horizon * m];
        feedback = new double[rows][horizon * m * n];
        room = new double[horizon * 2 * m];
        slope = new double[rows];
        curvature = new double[rows];
        active = new boolean[rows];
        expanded = new boolean[rows];
        chosen = new int[rows];
        sequence = new float[rows][horizon * m];
        planned = new boolean[rows];
        plan = new Plan(rows, horizon, m);
        clock = execution.clock();
        meter = new BudgetMeter(clock);
        watch = new RolloutWatch(meter);
        resetAll();
    }

    @Override
    public Plan plan(PlanRequest request, Budget budget) {
        Checks.same("rows of the request", request.rows(), "rows of the planner", rows);
        Checks.same("columns of the roots", request.roots().columns(), "rows of the planner", rows);
        meter.start(budget);
        watch.begin();
        diverged = 0;
        long began = clock.nanoTime();
        begin(request);
        StopReason reason = search((double) (clock.nanoTime() - began) / meter.modelSteps());
        answer();
        plan.diagnostics().record(reason, meter, diverged, "cpu");
        plan.diagnostics().recordFailures(watch.failures(), watch.failure());
        meter.finish();
        if (watch.failures() > 0 && !failureLogged) logFailure();
        return plan;
    }

    /** A model that throws in every call would fill the log. */
    private void logFailure() {
        failureLogged = true;
        LogManager.getLogger(IterativeLqr.class)
                .warn("The model throws while ilqr plans; its rollouts count as diverged. Later failures are only counted.", watch.failure());
    }

    private void survive(Throwable thrown) {
        RolloutWatch.rethrowFatal(thrown);
        watch.failed(thrown);
    }

    /** Rolls out the warm start and the rest, and takes the better one of each row. */
    private void begin(PlanRequest request) {
        int columns = SEEDS * rows;
        trials.begin(columns);
        ModelState roots = trials.step(0).next();
        for (int b = 0; b < rows; b++) {
            shift(b, Math.max(0, request.elapsedSteps()[b]));
            long key = CounterRandom.key(request.keys()[b], 0);
            for (int seed = 0; seed < SEEDS; seed++) {
                int column = seed * rows + b;
                trials.keys().set(column, column + 1, key, 0);
                copyRoot(request.roots(), b, roots, column);
                for (int i = 0; i < horizon * m; i++) {
                    trials.actions(i / m)[(i % m) * columns + column] = seed == 0 ? sequence[b][i] : problem.restAction(i % m);
                }
            }
        }
        meter.chargeModelSteps((long) columns * horizon * model.stepCost());
        try {
            model.begin(roots, trials.keys());
            for (int t = 0; t < horizon; t++) trials.advance(model, t);
            trials.end(problem.terminalValue());
        } catch (Throwable thrown) {
            survive(thrown);
            trials.forfeit();
        }
        nominal.begin(rows);
        for (int b = 0; b < rows; b++) take(b);
    }

    /** Moves the plan of a row into the past; rest actions fill its end. */
    private void shift(int row, int elapsed) {
        float[] old = sequence[row];
        int moved = planned[row] ? Math.min(elapsed, horizon) * m : horizon * m;
        System.arraycopy(old, moved, old, 0, horizon * m - moved);
        for (int i = horizon * m - moved; i < horizon * m; i++) old[i] = problem.restAction(i % m);
    }

    private static void copyRoot(ModelState from, int row, ModelState to, int column) {
        for (int d = 0; d < from.stateSize(); d++) to.values()[d * to.columns() + column] = from.values()[d * from.columns() + row];
        for (int d = 0; d < from.tagSize(); d++) to.tags()[d * to.columns() + column] = from.tags()[d * from.columns() + row];
    }

    /** Makes the better seed the nominal trajectory of a row. */
    private void take(int b) {
        int best = b;
        for (int seed = 0; seed < SEEDS; seed++) {
            double value = trials.returns()[seed * rows + b];
            if (!finite(value)) diverged++;
            else if (!finite(trials.returns()[best]) || trials.returns()[best] < value) best = seed * rows + b;
        }
        nominal.copyColumn(trials, best, b);
        nominal.keys().key0()[b] = trials.keys().key0()[b];
        nominal.keys().key1()[b] = trials.keys().key1()[b];
        nominal.keys().sample()[b] = trials.keys().sample()[b];
        active[b] = finite(nominal.returns()[b]);
        expanded[b] = false;
        regularisation.reset(b);
    }

    /** Tells whether a return is a number in the precision of a plan. */
    private static boolean finite(double value) {
        return Float.isFinite((float) value);
    }

    /** Iterates until every row has converged or something says stop, and says what. */
    private StopReason search(double nanosPerStep) {
        for (int iteration = 0; ; iteration++) {
            int count = collect(false);
            if (count == 0 || iteration >= parameters.iterations()) return StopReason.COMPLETED;
            StopReason reason = iteration == 0 ? null : meter.exhausted();
            if (reason != null) return reason;
            long steps = (collect(true) * expansion.modelStepsPerNode() + (long) count * parameters.trials() * model.stepCost()) * horizon;
            if (steps > meter.modelStepsLeft()) return StopReason.MODEL_STEPS;
            double predicted = nanosPerIteration == 0 ? nanosPerStep * steps : nanosPerIteration * count;
            if (predicted > meter.nanosLeft()) {
                // What was never tried, or was slow when it was tried, may be faster than it looks.
                if (iteration == 0) nanosPerIteration = decay * predicted / count;
                return StopReason.WALL_CLOCK;
            }
            long began = clock.nanoTime();
            iterate();
            meter.chargeIteration();
            double seen = (double) (clock.nanoTime() - began) / count;
            nanosPerIteration = Math.max(seen, 0.25 * nanosPerIteration + 0.75 * seen);
            // Where the first iteration was too slow again, it is tried half as often.
            if (iteration == 0) decay = meter.nanosLeft() > 0 ? DECAY : Math.sqrt(decay);
        }
    }

    /** Lists the rows that have not converged, or only those of them whose expansion is old. Returns how many there are. */
    private int collect(boolean onlyOld) {
        int count = 0;
        for (int b = 0; b < rows; b++) if (active[b] && !(onlyOld && expanded[b])) chosen[count++] = b;
        return count;
    }

    private void iterate() {
        int old = collect(true);
        if (old > 0) expand(old);
        for (int b = 0; b < rows; b++) {
            if (!active[b]) continue;
            if (!expanded[b]) active[b] = local[b].finite();
            expanded[b] = true;
            if (active[b]) active[b] = solve(b);
        }
        int count = collect(false);
        if (count == 0) return;
        tryOut(count);
        for (int j = 0; j < count; j++) choose(chosen[j], j, count);
    }

    /** Expands the first of the chosen rows; where the model throws, their plans stay as they are. */
    private void expand(int count) {
        meter.chargeModelSteps((long) count * horizon * expansion.modelStepsPerNode());
        try {
            expansion.expand(nominal, chosen, count, local);
        } catch (Throwable thrown) {
            survive(thrown);
            for (int j = 0; j < count; j++) active[chosen[j]] = false;
        }
    }

    /** Solves the problem around the plan of a row; returns false where no regularisation helps. */
    private boolean solve(int b) {
        for (int t = 0; t < horizon; t++) {
            for (int a = 0; a < m; a++) {
                float action = nominal.actions(t)[a * rows + b];
                room[2 * t * m + a] = Math.min(0, (problem.actionLow(a) - action) / expansion.scale(a));
                room[(2 * t + 1) * m + a] = Math.max(0, (problem.actionHigh(a) - action) / expansion.scale(a));
            }
        }
        while (!backwardPass.solve(local[b], room, regularisation.amount(b), feedforward[b], feedback[b])) {
            regularisation.unit(b, backwardPass.unit());
            if (!regularisation.raise(b)) return false;
        }
        regularisation.unit(b, backwardPass.unit());
        slope[b] = backwardPass.slope();
        curvature[b] = backwardPass.curvature();
        return true;
    }

    /** Rolls out every step length of the chosen rows; those of a length lie side by side. */
    private void tryOut(int count) {
        int columns = count * parameters.trials();
        trials.begin(columns);
        ModelState roots = trials.step(0).next();
        for (int column = 0; column < columns; column++) {
            int row = chosen[column % count];
            copyRoot(nominal.step(0).next(), row, roots, column);
            trials.keys().key0()[column] = nominal.keys().key0()[row];
            trials.keys().key1()[column] = nominal.keys().key1()[row];
            trials.keys().sample()[column] = nominal.keys().sample()[row];
        }
        meter.chargeModelSteps((long) columns * horizon * model.stepCost());
        try {
            rollOut(count, columns);
        } catch (Throwable thrown) {
            survive(thrown);
            trials.forfeit();
        }
    }

    private void rollOut(int count, int columns) {
        for (int t = 0; t < horizon; t++) {
            double length = 1;
            for (int i = 0; i < parameters.trials(); i++) {
                for (int j = 0; j < count; j++) act(t, chosen[j], i * count + j, columns, length);
                length *= 0.5;
            }
            trials.advance(model, t);
        }
        trials.end(problem.terminalValue());
    }

    /** Writes the action of a trial: that of the plan, changed by the step, with feedback on where the trial has gone. */
    private void act(int t, int row, int column, int columns, double length) {
        float[] reached = trials.states(t);
        float[] planned = nominal.states(t);
        for (int a = 0; a < m; a++) {
            double change = length * feedforward[row][t * m + a];
            int gain = (t * m + a) * n;
            for (int d = 0; d < n; d++) {
                change += feedback[row][gain + d] * ((double) reached[d * columns + column] - planned[d * rows + row]);
            }
            float before = nominal.actions(t)[a * rows + row];
            float action = (float) (before + expansion.scale(a) * change);
            // A state that is no number says nothing about the action, and the reward may not mind it.
            if (Float.isNaN(action)) action = before;
            trials.actions(t)[a * columns + column] = Math.max(problem.actionLow(a), Math.min(problem.actionHigh(a), action));
        }
    }

    /** Takes the best trial of a row that keeps enough of what was promised, and decides whether the row goes on. */
    private void choose(int b, int place, int count) {
        double before = nominal.returns()[b];
        int best = -1;
        double length = 1;
        for (int i = 0; i < parameters.trials(); i++) {
            int column = i * count + place;
            double gain = trials.returns()[column] - before;
            double promised = -length * (slope[b] + length * curvature[b]);
            if (!finite(trials.returns()[column])) diverged++;
            else if (gain >= Math.max(0, SUFFICIENT * promised) && (best < 0 || gain > trials.returns()[best] - before)) best = column;
            length *= 0.5;
        }
        double negligible = parameters.tolerance() * nominal.sizes()[b];
        // Under heavy regularisation any step is small.
        boolean bold = regularisation.slight(b);
        boolean converged = bold && -(slope[b] + curvature[b]) <= negligible;
        if (best >= 0) {
            converged |= bold && trials.returns()[best] - before <= negligible;
            nominal.copyColumn(trials, best, b);
            expanded[b] = false;
            regularisation.lower(b);
        } else if (!converged) {
            converged = !regularisation.raise(b);
        }
        active[b] = !converged;
    }

    private void answer() {
        for (int b = 0; b < rows; b++) {
            for (int i = 0; i < horizon * m; i++) {
                sequence[b][i] = nominal.actions(i / m)[(i % m) * rows + b];
                plan.sequence()[i * rows + b] = sequence[b][i];
            }
            for (int a = 0; a < m; a++) plan.actions()[a * rows + b] = sequence[b][a];
            double promised = nominal.returns()[b];
            float value = finite(promised) ? (float) promised : Float.NEGATIVE_INFINITY;
            plan.predictedReturn()[b] = value;
            plan.diagnostics().bestReturn()[b] = value;
            plan.diagnostics().meanReturn()[b] = value;
            planned[b] = true;
        }
    }

    /**
     * Makes a sequence the plan of a row, as if the last call had answered it: the next call shifts it by the elapsed steps and starts
     * from there.
     *
     * @param newSequence {@code [T x A]}; clipped to the bounds, the action at rest where it is NaN. Not modified.
     */
    public void warmStart(int row, float[] newSequence) {
        Checks.inRange("row", row, 0, rows - 1);
        Checks.length("sequence", newSequence, horizon * m, "horizon x actionSize");
        for (int i = 0; i < horizon * m; i++) {
            float action = Float.isNaN(newSequence[i]) ? problem.restAction(i % m) : newSequence[i];
            sequence[row][i] = Math.max(problem.actionLow(i % m), Math.min(problem.actionHigh(i % m), action));
        }
        planned[row] = true;
    }

    @Override
    public void reset(int... resetRows) {
        for (int row : resetRows) planned[Checks.inRange("row", row, 0, rows - 1)] = false;
    }

    @Override
    public void resetAll() {
        for (int b = 0; b < rows; b++) planned[b] = false;
    }

    @Override
    public void cancel() {
        meter.cancel();
    }

    @Override
    public String name() {
        return "ilqr";
    }

    @Override
    public void close() {}
}
