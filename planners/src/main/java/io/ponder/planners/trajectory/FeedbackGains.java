package io.ponder.planners.trajectory;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/**
 * Computes the feedback that iLQR would put around a given plan: by how much each action should change per change of the state, for the
 * linear-quadratic problem around the plan's rollout, as if no bound held. The plan need not be optimal.
 *
 * <p>Works row by row in its own memory; allocates nothing after construction. Not thread-safe. Source: Tassa, Erez and Todorov 2012,
 * equation 5b.
 */
public final class FeedbackGains {
    private final Problem problem;
    private final WorldModel model;
    private final int rows;
    private final int n;
    private final int m;
    private final int horizon;
    private final Trajectories nominal;
    private final Expansion expansion;
    private final LocalModel[] local;
    private final BackwardPass backwardPass;
    private final Regularisation regularisation = new Regularisation(1);
    private final double[] room;
    private final double[] feedforward;
    private final double[][] feedback;
    private final int[] chosen;

    /**
     * Takes the memory for some rows.
     *
     * @param parameters horizon, width of differences and whether the curvature of the dynamics counts; the others are not used
     * @throws IllegalArgumentException if actions are discrete, or the curvature of dynamics without derivatives is asked for
     */
    public FeedbackGains(Problem problem, IterativeLqrParameters parameters, int rows) {
        if (problem.actionCount() > 0) {
            throw new IllegalArgumentException("The problem has " + problem.actionCount()
                    + " discrete actions, but feedback changes continuous ones.\nMaybe use CategoricalCem, or a tree search.");
        }
        this.problem = problem;
        this.rows = Checks.positive("rows", rows);
        model = problem.model();
        n = model.spec().stateSize();
        m = model.spec().actionSize();
        horizon = parameters.horizon();
        nominal = new Trajectories(model.spec(), rows, horizon);
        expansion = Expansion.of(problem, parameters, rows);
        local = new LocalModel[rows];
        for (int b = 0; b < rows; b++) local[b] = new LocalModel(n, m, horizon);
        backwardPass = new BackwardPass(n, m);
        room = new double[horizon * 2 * m];
        for (int t = 0; t < horizon; t++) {
            Arrays.fill(room, 2 * t * m, (2 * t + 1) * m, Double.NEGATIVE_INFINITY);
            Arrays.fill(room, (2 * t + 1) * m, 2 * (t + 1) * m, Double.POSITIVE_INFINITY);
        }
        feedforward = new double[horizon * m];
        feedback = new double[rows][horizon * m * n];
        chosen = new int[rows];
    }

    /** Returns the model steps of a call of {@link #compute}. */
    public long modelSteps() {
        return (long) rows * horizon * (model.stepCost() + expansion.modelStepsPerNode());
    }

    /**
     * Rolls plans out and computes the gains around them; those of a row are 0 where its rollout or its derivatives are not finite, or
     * its problem has no minimum. What the model throws it passes on; all gains are then 0.
     *
     * @param roots    states {@code [B]} that the plans start from. Not modified.
     * @param keys     random keys {@code [B]}. Not modified.
     * @param sequence plans {@code [T x A x B]}. Not modified.
     */
    public void compute(ModelState roots, long[] keys, float[] sequence) {
        Checks.same("columns of the roots", roots.columns(), "rows", rows);
        Checks.length("sequence", sequence, horizon * m * rows, "horizon x actionSize x rows");
        for (double[] gains : feedback) Arrays.fill(gains, 0);
        nominal.begin(rows);
        nominal.step(0).next().copyFrom(roots);
        for (int b = 0; b < rows; b++) nominal.keys().set(b, b + 1, CounterRandom.key(keys[b], 0), 0);
        for (int t = 0; t < horizon; t++) System.arraycopy(sequence, t * m * rows, nominal.actions(t), 0, m * rows);
        model.begin(nominal.step(0).next(), nominal.keys());
        for (int t = 0; t < horizon; t++) nominal.advance(model, t);
        nominal.end(problem.terminalValue());
        int count = 0;
        for (int b = 0; b < rows; b++) if (Double.isFinite(nominal.returns()[b])) chosen[count++] = b;
        if (count == 0) return;
        expansion.expand(nominal, chosen, count, local);
        for (int j = 0; j < count; j++) {
            int b = chosen[j];
            if (!local[b].finite() || !solve(b)) Arrays.fill(feedback[b], 0);
        }
    }

    private boolean solve(int row) {
        regularisation.reset(0);
        while (!backwardPass.solve(local[row], room, regularisation.amount(0), feedforward, feedback[row])) {
            regularisation.unit(0, backwardPass.unit());
            if (!regularisation.raise(0)) return false;
        }
        return true;
    }

    /** Returns the change of action entry {@code action} at step {@code t} per change of state entry {@code state}. */
    public double gain(int row, int t, int action, int state) {
        return expansion.scale(action) * feedback[row][(t * m + action) * n + state];
    }
}
