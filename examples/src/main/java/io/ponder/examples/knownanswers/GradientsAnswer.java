package io.ponder.examples.knownanswers;

import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.classic.MountainCarEquations;
import io.ponder.engine.classic.PendulumEquations;
import io.ponder.engine.classic.SwingUpEquations;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.Kernels;
import io.ponder.worldmodels.exact.ExactTasks;
import io.ponder.worldmodels.wrappers.KnownReward;
import java.util.Locale;

/**
 * T11: derivatives of the exact models and their rewards against central differences of the same equations in double precision: the
 * largest error of 64 random states, relative to the largest entry of a state's gradient. Those of learned chains are held by tests, whose
 * reference computes the networks in double.
 */
final class GradientsAnswer implements KnownAnswer {
    private static final int COLUMNS = 64;
    private static final double STEP = 1e-6;
    private static final double TOLERANCE = 1e-5;

    /** Steps one state in double and returns the reward. */
    private interface Equations {
        double step(double[] state, double[] action);
    }

    @Override
    public String name() {
        return "gradients";
    }

    @Override
    public void measure(AnswerTable table) {
        compare(table, "pendulum-v1", new double[] {3, 6}, 1.8, (state, action) -> {
            double torque = PendulumEquations.torque(action[0]);
            double reward = PendulumEquations.reward(state[0], state[1], torque);
            state[1] = PendulumEquations.nextSpeed(Math.sin(state[0]), state[1], torque);
            state[0] = PendulumEquations.nextAngle(state[0], state[1]);
            return reward;
        });
        compare(table, "cartpole-swingup", new double[] {0.6, 2, 3, 4}, 0.9, (state, action) -> {
            SwingUpEquations.advance(state, action[0]);
            return SwingUpEquations.reward(state[0], Math.sin(state[2]), Math.cos(state[2]), action[0]);
        });
        compare(table, "mountaincarcontinuous-v0", new double[] {0.35, 0.06}, 0.9, (state, action) -> {
            MountainCarEquations.advance(state, MountainCarEquations.continuousThrust(action[0]));
            return MountainCarEquations.continuousReward(false, action[0]);
        });
        LinearQuadratic system = LinearQuadratic.doubleIntegrator(1);
        compare(table, "double-integrator", new double[] {2, 2}, 0.9, (state, action) -> {
            var next = new double[2];
            system.step(state, action, next);
            System.arraycopy(next, 0, state, 0, 2);
            return system.reward(next, action);
        });
    }

    private static void compare(AnswerTable table, String name, double[] range, double actionRange, Equations equations) {
        var task = ExactTasks.find(name);
        String label = name.toLowerCase(Locale.ROOT);
        table.atMost("T11 " + label + ": model and reward", 0, worst(task.model(), equations, range, actionRange), TOLERANCE);
        WorldModel wrapped = new KnownReward(task.model(), task.reward());
        table.atMost("T11 " + label + ": with its observed reward", 0, worst(wrapped, equations, range, actionRange), 2 * TOLERANCE);
    }

    private static double worst(WorldModel model, Equations equations, double[] range, double actionRange) {
        Differentiable differentiable = model.as(Differentiable.class);
        if (differentiable == null) return Double.NaN;
        int n = model.spec().stateSize();
        int m = model.spec().actionSize();
        var state = new ModelState(model.spec(), COLUMNS).resize(COLUMNS);
        var actions = new float[m * COLUMNS];
        for (int d = 0; d < n; d++) fill(state.values(), d, range[d]);
        for (int a = 0; a < m; a++) fill(actions, a, actionRange);
        var cotangents = new float[(n + 1) * COLUMNS];
        Kernels.get().fillNormal(3, 5, 0, 0, n + 1, COLUMNS, cotangents, 0, COLUMNS);
        var rewardCotangent = new float[COLUMNS];
        System.arraycopy(cotangents, n * COLUMNS, rewardCotangent, 0, COLUMNS);
        var toState = new float[n * COLUMNS];
        var toAction = new float[m * COLUMNS];
        differentiable.backward(state, actions, new ColumnKeys(COLUMNS).resize(COLUMNS), cotangents, rewardCotangent, toState, toAction);
        double worst = 0;
        for (int k = 0; k < COLUMNS; k++) {
            double size = 0;
            double error = 0;
            for (int i = 0; i < n + m; i++) {
                double slope = (objective(equations, state, actions, cotangents, k, i, STEP)
                                - objective(equations, state, actions, cotangents, k, i, -STEP))
                        / (2 * STEP);
                size = Math.max(size, Math.abs(slope));
                error = Math.max(error, Math.abs(slope - (i < n ? toState[i * COLUMNS + k] : toAction[(i - n) * COLUMNS + k])));
            }
            worst = Math.max(worst, error / size);
        }
        return worst;
    }

    /** Fills a row with numbers that are spread over a range. */
    private static void fill(float[] rows, int row, double range) {
        for (int k = 0; k < COLUMNS; k++) {
            rows[row * COLUMNS + k] = (float) (range * (2 * (CounterRandom.below(1 << 20, 11, row, k, 0) + 0.5) / (1 << 20) - 1));
        }
    }

    private static double objective(
            Equations equations, ModelState state, float[] actions, float[] cotangents, int k, int entry, double change) {
        int n = state.stateSize();
        var x = new double[n];
        var u = new double[actions.length / COLUMNS];
        for (int d = 0; d < n; d++) x[d] = state.values()[d * COLUMNS + k] + (entry == d ? change : 0);
        for (int a = 0; a < u.length; a++) u[a] = actions[a * COLUMNS + k] + (entry == n + a ? change : 0);
        double sum = cotangents[n * COLUMNS + k] * equations.step(x, u);
        for (int d = 0; d < n; d++) sum += cotangents[d * COLUMNS + k] * x[d];
        return sum;
    }
}
