package io.ponder.engine.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QLearningTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    @Test
    void oneStepMovesByItsShareOfTheWay() {
        var q = new QLearning(2, 2, 0.5, 1);

        q.update(0, 1, 3, 1, false, 0.25);
        assertThat(q.actionValue(0, 1)).isEqualTo(1 + 0.25 * (3 + 0.5 - 1), EXACT);

        q.update(0, 0, 3, 1, true, 1);
        assertThat(q.actionValue(0, 0)).as("nothing follows an end").isEqualTo(3, EXACT);
        assertThat(q.bestAction(0)).isZero();
    }

    @Test
    void repeatedSweepsOfADeterministicChainGiveItsClosedForm() {
        var q = new QLearning(3, 2, 0.9, 0);
        for (int sweep = 0; sweep < 3; sweep++) {
            for (int s = 0; s < 3; s++) {
                q.update(s, 0, 0, s, false, 1);
                q.update(s, 1, s == 2 ? 1 : 0, Math.min(s + 1, 2), s == 2, 1);
            }
        }

        assertThat(q.value(0)).isEqualTo(0.81, EXACT);
        assertThat(q.value(2)).isEqualTo(1, EXACT);
    }

    @Test
    void equalActionsAreAllChosen() {
        var q = new QLearning(1, 3, 1, 0);
        q.update(0, 1, -1, 0, true, 1);

        assertThat(q.bestAction(0, 0.0)).isZero();
        assertThat(q.bestAction(0, 0.49)).isZero();
        assertThat(q.bestAction(0, 0.51)).isEqualTo(2);
        assertThat(q.bestAction(0, 0.999)).isEqualTo(2);
    }
}
