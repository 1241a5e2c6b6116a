package io.ponder.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.TabularEnvironment;
import io.ponder.testing.Allocation;
import org.junit.jupiter.api.Test;

final class DeepQLearnerTest {
    private static final DeepQParameters SMALL = new DeepQParameters(16, 5e-3, 0.8, 32, 2000, 50, true, 0);

    /** Four states in a row: action 1 goes on, action 0 ends with 0.3; the fourth pays 1 for action 1 and ends. */
    private static TabularEnvironment row() {
        var builder = new MdpTable.Builder(4, 2).start(0, 1);
        for (int state = 0; state < 4; state++) {
            builder.outcome(1, state, 0.3, true).endRow();
            builder.outcome(1, Math.min(3, state + 1), state == 3 ? 1 : 0, state == 3).endRow();
        }
        return new TabularEnvironment("row", builder.build());
    }

    private static DeepQLearner trained(DeepQParameters parameters, long seed) {
        var learner = new DeepQLearner(parameters, 1, 2, seed);
        TabularEnvironment environment = row();
        for (int episode = 0; episode < 400; episode++) learner.episode(environment, episode, 0.5);
        for (int step = 0; step < 600; step++) learner.train();
        return learner;
    }

    @Test
    void findsTheValuesOfARow() {
        DeepQLearner learner = trained(SMALL, 1);
        for (int state = 0; state < 4; state++) {
            float[] at = {state};
            assertThat(learner.value(at, 0)).isCloseTo(0.3f, within(0.1f));
            assertThat(learner.value(at, 1)).isCloseTo((float) Math.pow(0.8, 3 - state), within(0.1f));
            assertThat(learner.best(at)).isEqualTo(1);
        }
    }

    @Test
    void sameSeedSameValues() {
        assertThat(trained(SMALL, 3).value(new float[] {1}, 1)).isEqualTo(trained(SMALL, 3).value(new float[] {1}, 1));
    }

    @Test
    void aConservativeLearnerDoubtsWhatItNeverSaw() {
        float[] at = {0.5f};
        float[] seen = new float[2];
        float[] unseen = new float[2];
        for (int i = 0; i < 2; i++) {
            var learner = new DeepQLearner(SMALL.withConservatism(i * 0.5), 1, 2, 7);
            // Action 1 was never taken; whatever a network thinks of it is extrapolation.
            for (int row = 0; row < 200; row++) learner.store().add(at, new float[] {0}, 1, at, true, false);
            for (int step = 0; step < 300; step++) learner.train();
            seen[i] = learner.value(at, 0);
            unseen[i] = learner.value(at, 1);
        }
        assertThat(unseen[1]).isLessThan(unseen[0] - 0.3f);
        // With one action in all the data the term's gradient lifts it by c pi(other) / 2 at most.
        assertThat(seen[0]).isCloseTo(1, within(0.05f));
        assertThat(seen[1]).isBetween(0.95f, 1.25f);
    }

    @Test
    void trainingAllocatesNothing() {
        var learner = new DeepQLearner(SMALL, 1, 2, 1);
        for (int row = 0; row < 100; row++) learner.store().add(new float[] {row}, new float[] {row % 2}, 1, new float[] {row}, true, false);
        assertThat(Allocation.onceWarm(learner::train)).isZero();
    }

    @Test
    void oneActionIsNoChoice() {
        assertThatThrownBy(() -> new DeepQLearner(SMALL, 1, 1, 1)).hasMessageContaining("actions is 1");
    }
}
