package io.ponder.examples.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.classic.BatchedTask;
import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.EnvironmentChecker;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.StepResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentsTest {
    static List<String> names() {
        return Environments.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyEnvironmentKeepsTheContract(String name) {
        assertThat(EnvironmentChecker.check(Environments.make(name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CartPole-v1, 500", "Pendulum-v1, 200", "Acrobot-v1, 500", "MountainCar-v0, 200", "MountainCarContinuous-v0, 999",
        "cartpole-swingup, 200", "cartpole-continuous, 200", "double-integrator, 50", "FrozenLake-v1, 100", "FrozenLake8x8-v1, 200",
        "CliffWalking-v1, 0", "Taxi-v3, 200"
    })
    void timeLimitsAreGymnasiums(String name, int maxSteps) {
        assertThat(Environments.maxSteps(name)).isEqualTo(maxSteps);
    }

    @ParameterizedTest
    @CsvSource({"Pendulum-v1, 200", "MountainCar-v0, 200", "cartpole-swingup, 200", "double-integrator, 50"})
    void anEpisodeIsTruncatedAtItsTimeLimit(String name, int maxSteps) {
        Environment environment = Environments.make(name);
        float[] action = new float[environment.actionSpace().size()];
        for (int episode = 0; episode < 2; episode++) {
            StepResult result = environment.reset();
            for (int step = 1; step < maxSteps; step++) {
                result = environment.step(action);
                assertThat(result.done()).isFalse();
            }
            result = environment.step(action);
            assertThat(result.truncated()).isTrue();
            assertThat(result.terminated()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"CARTPOLE-V1, CartPole-v1", "pendulum-v1, Pendulum-v1", "Double-Integrator, double-integrator"})
    void caseDoesNotMatter(String name, String id) {
        assertThat(Environments.make(name).name()).isEqualTo(id);
    }

    @Test
    void anUnknownNameListsTheAllowedOnesAndGuesses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Environments.make("cartpol-v1"))
                .withMessageStartingWith("environment is 'cartpol-v1', but it must be one of CartPole-v1, Pendulum-v1, ")
                .withMessageEndingWith(".\nMaybe you meant CartPole-v1.");
        assertThatIllegalArgumentException().isThrownBy(() -> Environments.make("swingup")).withMessageContaining("cartpole-swingup.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Environments.make("quantum-chess"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Maybe"));
    }

    /** Lower and upper bounds of the starts, entry by entry, in Gymnasium. */
    @ParameterizedTest
    @CsvSource({
        "CartPole-v1, -0.05 -0.05 -0.05 -0.05, 0.05 0.05 0.05 0.05",
        "cartpole-continuous, -0.05 -0.05 -0.05 -0.05, 0.05 0.05 0.05 0.05",
        "Pendulum-v1, -3.141592653589793 -1, 3.141592653589793 1",
        "Acrobot-v1, -0.1 -0.1 -0.1 -0.1, 0.1 0.1 0.1 0.1",
        "MountainCar-v0, -0.6 0, -0.4 0",
        "MountainCarContinuous-v0, -0.6 0, -0.4 0",
        "double-integrator, 1 0, 1 0"
    })
    void startsFillTheirBounds(String name, String low, String high) {
        String[] lows = low.split(" ");
        String[] highs = high.split(" ");
        Environment environment = Environments.make(name);
        double[] state = new double[environment.stateSize()];
        double[] smallest = new double[state.length];
        double[] largest = new double[state.length];
        java.util.Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        java.util.Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        environment.reset(3);
        for (int i = 0; i < 2000; i++) {
            environment.reset();
            environment.readState(state);
            for (int d = 0; d < state.length; d++) {
                smallest[d] = Math.min(smallest[d], state[d]);
                largest[d] = Math.max(largest[d], state[d]);
            }
        }
        for (int d = 0; d < state.length; d++) {
            double from = Double.parseDouble(lows[d]);
            double to = Double.parseDouble(highs[d]);
            // 2000 uniforms leave less than 1 % at either end but for a chance of 2e-9.
            double margin = 0.01 * (to - from);
            assertThat(smallest[d]).isBetween(from, from + margin);
            assertThat(largest[d]).isBetween(to - margin, to);
        }
    }

    @Test
    void theSwingUpStartsHangingNearRest() {
        Environment environment = Environments.make("cartpole-swingup");
        double[] state = new double[4];
        double sum = 0;
        double squares = 0;
        environment.reset(3);
        for (int i = 0; i < 4000; i++) {
            environment.reset();
            environment.readState(state);
            sum += state[2] - Math.PI;
            squares += (state[2] - Math.PI) * (state[2] - Math.PI);
        }
        assertThat(sum / 4000).isCloseTo(0, within(5 * 0.01 / Math.sqrt(4000)));
        assertThat(Math.sqrt(squares / 4000)).isCloseTo(0.01, within(0.01 * 5 / Math.sqrt(8000)));
    }

    @Test
    void anUprightSwingUpInTheMiddleEarnsAlmostOneAndAHangingOneAlmostNothing() {
        Environment environment = Environments.make("cartpole-swingup");
        environment.writeState(new double[4]);
        assertThat(environment.step(new float[1]).reward()).isEqualTo(1);
        // The pole hangs: the tip is 1.2 below its goal, exp(-4).
        environment.writeState(new double[] {0, 0, Math.PI, 0});
        assertThat(environment.step(new float[1]).reward()).isCloseTo(Math.exp(-4), within(1e-6));
        // Full force to the right moves the cart: two Euler steps of 0.02 s, and 0.01 a^2 is paid once.
        environment.writeState(new double[4]);
        assertThat(environment.step(new float[] {1}).reward()).isLessThan(0.99).isGreaterThan(0.98);
    }

    @Test
    void theBestReturnOfTheDoubleIntegratorIsTheKnownAnswer() {
        // The cost of 50 steps with Q at the end; the environment pays for x1 to x50, so the cost of x0, which is 1, is missing.
        double knownCost = 6.022540785821;
        Environment environment = new LinearQuadraticTask(
                "double-integrator", LinearQuadratic.doubleIntegrator(Double.POSITIVE_INFINITY), new double[] {1, 0}, 0);
        double[][] gains = gains(50);
        double[] state = new double[2];
        float[] action = new float[1];
        double sum = 0;
        environment.reset(0);
        for (double[] gain : gains) {
            environment.readState(state);
            action[0] = (float) -(gain[0] * state[0] + gain[1] * state[1]);
            sum += environment.step(action).reward();
        }

        assertThat(gains[0][0]).isCloseTo(7.6129579727, within(1e-9));
        assertThat(sum).isCloseTo(1 - knownCost, within(1e-9));
    }

    /** Riccati's recursion for the double integrator, first gain first. */
    private static double[][] gains(int steps) {
        double dt = 0.1;
        double[] b = {dt * dt / 2, dt};
        double p00 = 1;
        double p01 = 0;
        double p11 = 0.1;
        double[][] gains = new double[steps][];
        for (int t = steps - 1; t >= 0; t--) {
            double pb0 = p00 * b[0] + p01 * b[1];
            double pb1 = p01 * b[0] + p11 * b[1];
            double size = 0.01 + b[0] * pb0 + b[1] * pb1;
            double[] k = {pb0 / size, (pb0 * dt + pb1) / size};
            // P <- Q + A'P A - k' size k, with A'P A written out.
            double n00 = 1 + p00 - k[0] * k[0] * size;
            double n01 = p00 * dt + p01 - k[0] * k[1] * size;
            double n11 = 0.1 + p00 * dt * dt + 2 * p01 * dt + p11 - k[1] * k[1] * size;
            p00 = n00;
            p01 = n01;
            p11 = n11;
            gains[t] = k;
        }
        return gains;
    }

    @Test
    void continuousActionsAreClippedAndWrongActionsRefused() {
        Environment pendulum = Environments.make("Pendulum-v1");
        pendulum.writeState(new double[] {1, 0});
        float[] clipped = pendulum.step(new float[] {50}).observation().clone();
        pendulum.writeState(new double[] {1, 0});
        assertThat(pendulum.step(new float[] {2}).observation()).isEqualTo(clipped);

        assertThatIllegalArgumentException().isThrownBy(() -> pendulum.step(new float[2])).withMessageContaining("needs 1");
        Environment cartPole = Environments.make("CartPole-v1");
        cartPole.reset();
        assertThatIllegalArgumentException().isThrownBy(() -> cartPole.step(new float[] {2})).withMessageContaining("from 0 to 1");
    }

    @Test
    void aStepBeforeTheFirstOrAfterTheLastIsRefused() {
        Environment environment = Environments.make("CartPole-v1");
        assertThatIllegalStateException().isThrownBy(() -> environment.step(new float[1])).withMessageContaining("Maybe call reset()");

        environment.writeState(new double[] {3, 0, 0, 0});
        assertThat(environment.step(new float[1]).terminated()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> environment.step(new float[1]));
    }

    @ParameterizedTest
    @MethodSource("names")
    void batchesFollowTheEnvironment(String name) {
        BatchedTask task = Environments.batched(name);
        Environment environment = Environments.unwrapped(name);
        if (task == null) {
            assertThat(environment.stateSize()).isEqualTo(1);
            return;
        }
        assertThat(task.name()).isEqualTo(environment.name());
        assertThat(task.observationSize()).isEqualTo(environment.observationSpace().size());
        assertThat(task.actionSize()).isEqualTo(environment.actionSpace().size());
        assertThat(task.actionCount()).isEqualTo(environment.actionSpace() instanceof Discrete space ? space.count() : 0);
        float[] observed = environment.reset(1).observation();
        float[] state = new float[task.stateSize()];
        float[] next = new float[task.stateSize()];
        float[] reward = new float[1];
        float[] discount = new float[1];
        float[] observation = new float[task.observationSize()];
        EpisodeRandom random = new EpisodeRandom();
        for (int step = 0; step < 10; step++) {
            task.stateOf(observed, 1, state);
            float[] action = environment.actionSpace().sample(random);
            task.step(state, action, 1, next, reward, discount, task.newScratch(1));
            task.observe(next, 1, observation);
            StepResult result = environment.step(action);
            observed = result.observation();
            for (int i = 0; i < observed.length; i++) assertThat(observation[i]).isCloseTo(observed[i], within(2e-5f));
            assertThat((double) reward[0]).isCloseTo(result.reward(), within(1e-4));
            assertThat(discount[0]).isEqualTo(result.terminated() ? 0 : 1);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void stepsAllocateNothing(String name) {
        Environment environment = Environments.make(name);
        float[] action = new float[environment.actionSpace().size()];
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 500; i++) {
                if (i % 50 == 0) environment.reset(i);
                else if (environment.step(action).done()) environment.reset();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
