package io.ponder.worldmodels.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.classic.MountainCarEquations;
import io.ponder.engine.classic.PendulumEquations;
import io.ponder.engine.classic.SwingUpEquations;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.WorldModel;
import io.ponder.worldmodels.wrappers.KnownReward;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the float derivatives of the exact models with central differences of the same equations in double. */
final class ExactGradientTest {
    private static final int COLUMNS = 64;
    private static final double STEP = 1e-6;

    /** Float rounding, relative to the size of the whole gradient of a column. */
    private static final double TOLERANCE = 1e-5;

    /** Steps one state in double and returns the reward. */
    private interface Equations {
        double step(double[] state, double[] action);
    }

    private static double pendulum(double[] state, double[] action) {
        double torque = PendulumEquations.torque(action[0]);
        double reward = PendulumEquations.reward(state[0], state[1], torque);
        state[1] = PendulumEquations.nextSpeed(Math.sin(state[0]), state[1], torque);
        state[0] = PendulumEquations.nextAngle(state[0], state[1]);
        return reward;
    }

    private static double swingUp(double[] state, double[] action) {
        SwingUpEquations.advance(state, action[0]);
        return SwingUpEquations.reward(state[0], Math.sin(state[2]), Math.cos(state[2]), action[0]);
    }

    private static double mountainCar(double[] state, double[] action) {
        MountainCarEquations.advance(state, MountainCarEquations.continuousThrust(action[0]));
        return MountainCarEquations.continuousReward(false, action[0]);
    }

    @Test
    void pendulumGradientEqualsCentralDifferences() {
        check(ExactTasks.find("pendulum-v1").model(), ExactGradientTest::pendulum, new double[] {3, 6}, 1.8);
    }

    @Test
    void swingUpGradientEqualsCentralDifferences() {
        check(ExactTasks.find("cartpole-swingup").model(), ExactGradientTest::swingUp, new double[] {0.6, 2, 3, 4}, 0.9);
    }

    @Test
    void mountainCarGradientEqualsCentralDifferences() {
        check(ExactTasks.find("mountaincarcontinuous-v0").model(), ExactGradientTest::mountainCar, new double[] {0.35, 0.06}, 0.9);
    }

    @Test
    void linearQuadraticGradientEqualsCentralDifferences() {
        var system = new LinearQuadratic(
                new double[][] {{0.9, 0.2, 0.1}, {-0.3, 0.8, 0}, {0.05, 0.4, 0.7}},
                new double[][] {{1, 0}, {0.5, -0.2}, {0, 0.3}},
                new double[][] {{1, 0.2, 0}, {0.1, 2, 0.3}, {0, 0, 0.5}},
                new double[][] {{0.3, 0.1}, {0, 0.2}},
                1);
        Equations equations = (state, action) -> {
            var next = new double[3];
            system.step(state, action, next);
            System.arraycopy(next, 0, state, 0, 3);
            return system.reward(next, action);
        };
        check(ExactTasks.linearQuadratic("test", system).model(), equations, new double[] {2, 2, 2}, 0.9);
    }

    @Test
    void rewardOfTheObservationHasTheSameGradientAsTheRewardOfTheState() {
        for (String name : new String[] {"pendulum-v1", "cartpole-swingup", "mountaincarcontinuous-v0", "double-integrator"}) {
            ExactTask task = ExactTasks.find(name);
            var random = new Random(5);
            WorldModel direct = task.model();
            WorldModel wrapped = new KnownReward(task.model(), task.reward());
            var problem = new Problem(direct, random, range(direct.spec().stateSize(), 0.4), 0.9);

            float[][] expected = problem.gradient(direct);
            float[][] actual = problem.gradient(wrapped);

            for (int part = 0; part < 2; part++) {
                for (int i = 0; i < expected[part].length; i++) {
                    assertThat(Math.abs(actual[part][i] - expected[part][i])).as(name).isLessThan(2e-5f * (1 + Math.abs(expected[part][i])));
                }
            }
        }
    }

    @Test
    void actionsAtTheBoundKeepTheirGradientAndActionsBeyondHaveNone() {
        WorldModel model = ExactTasks.find("pendulum-v1").model();
        var state = new ModelState(model.spec(), 3).resize(3);
        var toAction = new float[3];
        var gradient = model.as(Differentiable.class);
        assertThat(gradient).isNotNull();

        gradient.backward(state, new float[] {2, 2.5f, 1}, new ColumnKeys(3).resize(3), new float[] {0, 0, 0, 1, 1, 1}, new float[3],
                new float[6], toAction);

        assertThat(toAction[0]).isEqualTo(toAction[2]).isNotZero();
        assertThat(toAction[1]).isZero();
    }

    private static double[] range(int size, double bound) {
        var range = new double[size];
        java.util.Arrays.fill(range, bound);
        return range;
    }

    private static void check(WorldModel model, Equations equations, double[] range, double actionRange) {
        var problem = new Problem(model, new Random(1), range, actionRange);
        float[][] gradient = problem.gradient(model);
        int states = model.spec().stateSize();
        int actions = model.spec().actionSize();
        double worst = 0;
        for (int k = 0; k < COLUMNS; k++) {
            var expected = new double[states + actions];
            var actual = new double[states + actions];
            double size = 0;
            for (int i = 0; i < states + actions; i++) {
                expected[i] = problem.centralDifference(equations, k, i);
                actual[i] = i < states ? gradient[0][i * COLUMNS + k] : gradient[1][(i - states) * COLUMNS + k];
                size = Math.max(size, Math.abs(expected[i]));
            }
            for (int i = 0; i < states + actions; i++) worst = Math.max(worst, Math.abs(actual[i] - expected[i]) / size);
        }
        assertThat(worst).isLessThan(TOLERANCE);
    }

    /** Random columns with random cotangents. */
    private static final class Problem {
        final ModelState state;
        final float[] actions;
        final float[] nextCotangent;
        final float[] rewardCotangent = new float[COLUMNS];

        Problem(WorldModel model, Random random, double[] range, double actionRange) {
            int states = model.spec().stateSize();
            state = new ModelState(model.spec(), COLUMNS).resize(COLUMNS);
            actions = new float[model.spec().actionSize() * COLUMNS];
            nextCotangent = new float[states * COLUMNS];
            for (int d = 0; d < states; d++) {
                for (int k = 0; k < COLUMNS; k++) {
                    state.values()[d * COLUMNS + k] = (float) (range[d] * (2 * random.nextDouble() - 1));
                    nextCotangent[d * COLUMNS + k] = (float) random.nextGaussian();
                }
            }
            for (int i = 0; i < actions.length; i++) actions[i] = (float) (actionRange * (2 * random.nextDouble() - 1));
            for (int k = 0; k < COLUMNS; k++) rewardCotangent[k] = (float) random.nextGaussian();
        }

        float[][] gradient(WorldModel model) {
            var toState = new float[nextCotangent.length];
            var toAction = new float[actions.length];
            assertThat(model.as(Differentiable.class)).isNotNull();
            assertThat(model.as(ObservationModel.class)).isNotNull();
            model.as(Differentiable.class).backward(state, actions, new ColumnKeys(COLUMNS).resize(COLUMNS), nextCotangent, rewardCotangent,
                    toState, toAction);
            return new float[][] {toState, toAction};
        }

        double centralDifference(Equations equations, int k, int entry) {
            return (objective(equations, k, entry, STEP) - objective(equations, k, entry, -STEP)) / (2 * STEP);
        }

        private double objective(Equations equations, int k, int entry, double step) {
            int states = state.stateSize();
            var x = new double[states];
            var u = new double[actions.length / COLUMNS];
            for (int d = 0; d < states; d++) x[d] = state.values()[d * COLUMNS + k] + (entry == d ? step : 0);
            for (int a = 0; a < u.length; a++) u[a] = actions[a * COLUMNS + k] + (entry == states + a ? step : 0);
            double sum = rewardCotangent[k] * equations.step(x, u);
            for (int d = 0; d < states; d++) sum += nextCotangent[d * COLUMNS + k] * x[d];
            return sum;
        }
    }
}
