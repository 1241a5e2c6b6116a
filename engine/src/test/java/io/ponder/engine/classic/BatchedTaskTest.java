package io.ponder.engine.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every batched task with the same task in double, one sample at a time. */
class BatchedTaskTest {
    /** A task in double: steps the state in place and answers with the reward. */
    interface Reference {
        double step(double[] state, double[] action);
    }

    /**
     * One task.
     *
     * @param limits     size of the states to try, entry by entry
     * @param terminated whether the episode ends in a state
     * @param tolerance  float rounding, times what the equations multiply it by
     */
    record Case(
            BatchedTask task, double[] limits, Reference reference, java.util.function.Predicate<double[]> terminated, double tolerance) {
        @Override
        public String toString() {
            return task.name();
        }
    }

    private static final LinearQuadratic SYSTEM = new LinearQuadratic(
            new double[][] {{1, 0.1, 0}, {-0.2, 0.9, 0.05}, {0.3, 0, 1.1}},
            new double[][] {{0.1, 0}, {0, 0.2}, {0.05, -0.1}},
            new double[][] {{1, 0.2, 0}, {0.2, 0.5, 0}, {0, 0, 0.1}},
            new double[][] {{0.01, 0}, {0, 0.02}},
            0.8);

    static List<Case> cases() {
        return List.of(
                new Case(new PendulumBatch(), new double[] {40, 9}, (x, u) -> {
                    double torque = PendulumEquations.torque(u[0]);
                    double reward = PendulumEquations.reward(x[0], x[1], torque);
                    PendulumEquations.advance(x, torque);
                    return reward;
                }, x -> false, 2e-5),
                new Case(CartPoleBatch.discrete(), new double[] {2.5, 3, 0.25, 3}, (x, u) -> {
                    CartPoleEquations.advance(x, CartPoleEquations.discreteForce((int) u[0]));
                    return 1;
                }, x -> CartPoleEquations.terminated(x[0], x[2]), 2e-6),
                new Case(CartPoleBatch.continuous(), new double[] {2.5, 3, 0.25, 3}, (x, u) -> {
                    CartPoleEquations.advance(x, CartPoleEquations.continuousForce(u[0]));
                    return 1;
                }, x -> CartPoleEquations.terminated(x[0], x[2]), 2e-6),
                new Case(new SwingUpBatch(), new double[] {3, 5, 20, 15}, (x, u) -> {
                    SwingUpEquations.advance(x, u[0]);
                    return SwingUpEquations.reward(x[0], Math.sin(x[2]), Math.cos(x[2]), u[0]);
                }, x -> false, 1e-5),
                new Case(new AcrobotBatch(), new double[] {3.1, 3.1, 12, 28}, (x, u) -> {
                    AcrobotEquations.advance(x, AcrobotEquations.torque(u[0]), new double[12]);
                    return AcrobotEquations.terminated(x[0], x[1]) ? 0 : -1;
                }, x -> AcrobotEquations.terminated(x[0], x[1]), 3e-3),
                new Case(MountainCarBatch.discrete(), new double[] {1.2, 0.07}, (x, u) -> {
                    MountainCarEquations.advance(x, MountainCarEquations.discreteThrust(u[0]));
                    return -1;
                }, x -> MountainCarEquations.arrived(x[0], x[1], MountainCarEquations.GOAL), 1e-6),
                new Case(MountainCarBatch.continuous(), new double[] {1.2, 0.07}, (x, u) -> {
                    MountainCarEquations.advance(x, MountainCarEquations.continuousThrust(u[0]));
                    boolean arrived = MountainCarEquations.arrived(x[0], x[1], MountainCarEquations.CONTINUOUS_GOAL);
                    return MountainCarEquations.continuousReward(arrived, u[0]);
                }, x -> MountainCarEquations.arrived(x[0], x[1], MountainCarEquations.CONTINUOUS_GOAL), 1e-6),
                new Case(new LinearQuadraticBatch("linear-quadratic", SYSTEM), new double[] {3, 3, 3}, (x, u) -> {
                    double[] clipped = {SYSTEM.clipped(u[0]), SYSTEM.clipped(u[1])};
                    double[] next = new double[3];
                    SYSTEM.step(x, clipped, next);
                    System.arraycopy(next, 0, x, 0, 3);
                    return SYSTEM.reward(next, clipped);
                }, x -> false, 1e-5));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aBatchAgreesWithTheEquationsInDouble(Case c) {
        int columns = 2000;
        Block block = Block.random(c, columns);
        block.step(c.task);

        int judged = 0;
        for (int k = 0; k < columns; k++) {
            double[] state = column(block.state, c.task.stateSize(), columns, k);
            double reward = c.reference.step(state, column(block.action, c.task.actionSize(), columns, k));
            boolean nearAnEnd = terminates(c, state, -1) != terminates(c, state, 1);
            for (int d = 0; d < state.length; d++) {
                // An angle may come out at either end of its range.
                double difference = block.next[d * columns + k] - state[d];
                if (c.task instanceof AcrobotBatch && d < 2) difference = Math.IEEEremainder(difference, 2 * Math.PI);
                assertThat(difference).as("state %d of sample %d", d, k).isCloseTo(0, within(c.tolerance));
            }
            if (nearAnEnd) continue;
            judged++;
            assertThat((double) block.discount[k]).as("discount of sample %d", k).isEqualTo(c.terminated.test(state) ? 0 : 1);
            assertThat((double) block.reward[k]).as("reward of sample %d", k)
                    .isCloseTo(reward, within(c.tolerance * Math.max(1, Math.abs(reward))));
        }
        assertThat(judged).isGreaterThan(columns * 9 / 10);
    }

    private static boolean terminates(Case c, double[] state, int side) {
        double[] moved = state.clone();
        for (int d = 0; d < moved.length; d++) moved[d] += side * c.tolerance * Math.signum(moved[d]);
        return c.terminated.test(moved);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aColumnOfALargeBlockEqualsTheColumnAlone(Case c) {
        for (int columns : new int[] {1, 3, 7, 8, 15, 16, 17, 63, 64, 65, 257}) {
            Block block = Block.random(c, columns);
            // Often enough that the loops are compiled, also to SIMD code.
            for (int i = 0; i < 40; i++) block.step(c.task);
            for (int k = 0; k < columns; k++) {
                Block alone = block.only(c.task, k);
                alone.step(c.task);
                for (int d = 0; d < c.task.stateSize(); d++) {
                    assertThat(alone.next[d]).as("state %d of column %d of %d", d, k, columns).isEqualTo(block.next[d * columns + k]);
                }
                assertThat(alone.reward[0]).isEqualTo(block.reward[k]);
                assertThat(alone.discount[0]).isEqualTo(block.discount[k]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void observationsLeadBackToTheState(Case c) {
        int columns = 100;
        Block block = Block.random(c, columns);
        float[] observation = new float[c.task.observationSize() * columns];
        float[] state = new float[c.task.stateSize() * columns];
        float[] again = new float[observation.length];

        c.task.observe(block.state, columns, observation);
        c.task.stateOf(observation, columns, state);
        c.task.observe(state, columns, again);

        for (int i = 0; i < observation.length; i++) assertThat(again[i]).isCloseTo(observation[i], within(5e-6f));
    }

    private static double[] column(float[] block, int rows, int columns, int k) {
        double[] column = new double[rows];
        for (int d = 0; d < rows; d++) column[d] = block[d * columns + k];
        return column;
    }

    /** States, actions and what a step makes of them. */
    private record Block(int columns, float[] state, float[] action, float[] next, float[] reward, float[] discount) {
        static Block empty(BatchedTask task, int columns) {
            return new Block(columns, new float[task.stateSize() * columns], new float[task.actionSize() * columns],
                    new float[task.stateSize() * columns], new float[columns], new float[columns]);
        }

        static Block random(Case c, int columns) {
            SplittableRandom random = new SplittableRandom(17);
            Block block = empty(c.task, columns);
            for (int d = 0; d < c.task.stateSize(); d++) {
                for (int k = 0; k < columns; k++) {
                    block.state[d * columns + k] = (float) (c.limits[d] * (2 * random.nextDouble() - 1));
                }
            }
            int count = c.task.actionCount();
            for (int i = 0; i < block.action.length; i++) {
                block.action[i] = count > 0 ? random.nextInt(count) : (float) (5 * random.nextDouble() - 2.5);
            }
            return block;
        }

        Block only(BatchedTask task, int k) {
            Block block = empty(task, 1);
            for (int d = 0; d < task.stateSize(); d++) block.state[d] = state[d * columns + k];
            for (int a = 0; a < task.actionSize(); a++) block.action[a] = action[a * columns + k];
            return block;
        }

        void step(BatchedTask task) {
            task.step(state, action, columns, next, reward, discount, task.newScratch(columns));
        }
    }
}
