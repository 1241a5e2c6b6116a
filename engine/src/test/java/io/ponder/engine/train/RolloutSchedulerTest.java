package io.ponder.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.env.StepResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RolloutSchedulerTest {
    private static RolloutFeatures at(double progress, double error) {
        return new RolloutFeatures(progress, error, 0, 0);
    }

    /** A run of three phases that is worth its horizon and whose error is a tenth of it. */
    private static final class Scripted implements PhasedLearning {
        private final List<Long> seeds = new ArrayList<>();
        private int phase;
        private int horizon;

        @Override
        public void begin(long seed) {
            seeds.add(seed);
            phase = 0;
            horizon = 0;
        }

        @Override
        public int phases() {
            return 3;
        }

        @Override
        public double phase(int newHorizon) {
            phase++;
            horizon = newHorizon;
            return newHorizon;
        }

        @Override
        public RolloutFeatures features() {
            return new RolloutFeatures(phase / 3.0, horizon / 10.0, -horizon, horizon);
        }
    }

    @Test
    void aLineGoesBetweenItsEndsAndStaysOutsideThem() {
        RolloutScheduler up = RolloutScheduler.linear(0.2, 0.6, 1, 5);
        assertThat(up.horizon(at(0, 0))).isEqualTo(1);
        assertThat(up.horizon(at(0.4, 0))).isEqualTo(3);
        assertThat(up.horizon(at(1, 0))).isEqualTo(5);
        assertThat(RolloutScheduler.linear(0, 1, 8, 0).horizon(at(0.75, 0))).isEqualTo(2);
        assertThat(RolloutScheduler.fixed(4).horizon(at(0.5, 9))).isEqualTo(4);
        assertThatThrownBy(() -> RolloutScheduler.linear(0.5, 0.5, 1, 2)).hasMessageContaining("to is 0.5");
    }

    @Test
    void errorsWithinLimitsAllowLength() {
        RolloutScheduler scheduler = RolloutScheduler.byModelError(new int[] {0, 2, 8}, new double[] {0.5, 0.1});
        assertThat(scheduler.horizon(at(0, 0.6))).isZero();
        assertThat(scheduler.horizon(at(0, 0.5))).isEqualTo(2);
        assertThat(scheduler.horizon(at(0, 0.05))).isEqualTo(8);
        assertThatThrownBy(() -> RolloutScheduler.byModelError(new int[] {0, 1}, new double[0])).hasMessageContaining("number of limits is 0");
    }

    @Test
    void aRunOfLearningIsAnEpisode() {
        var learning = new Scripted();
        var environment = new RolloutLengthEnvironment(learning, 0, 2, 8);
        StepResult result = environment.reset(5);
        assertThat(result.observation()).containsExactly(0, 0, 0, 0);
        assertThat(environment.step(new float[] {2}).reward()).isEqualTo(8);
        assertThat(result.observation()).containsExactly(1 / 3f, 0.8f, -8, 1);
        assertThat(environment.step(new float[] {0}).done()).isFalse();
        assertThat(environment.step(new float[] {1}).terminated()).isTrue();
        assertThatThrownBy(() -> environment.step(new float[] {1})).hasMessageContaining("Maybe call reset");

        environment.reset();
        environment.reset(5);
        assertThat(learning.seeds.get(2)).isEqualTo(learning.seeds.get(0)).isNotEqualTo(learning.seeds.get(1));
        assertThatThrownBy(() -> new RolloutLengthEnvironment(learning, 1, 1)).hasMessageContaining("horizons[1] is 1");
    }

    @Test
    void aPolicySchedulesByWhatItWouldObserve() {
        var environment = new RolloutLengthEnvironment(new Scripted(), 0, 2, 8);
        RolloutScheduler scheduler = environment.scheduler((observation, action) -> action[0] = observation[1] > 0.5f ? 0 : 2);
        assertThat(scheduler.horizon(at(0, 0.9))).isZero();
        assertThat(scheduler.horizon(at(0, 0.1))).isEqualTo(8);
    }
}
