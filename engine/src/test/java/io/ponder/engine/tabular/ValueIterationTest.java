package io.ponder.engine.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ValueIterationTest {
    /** Two states; in state 0 action 0 earns 1 and stays, action 1 goes to state 1 for nothing; state 1 earns 3 and stays. */
    private static MdpTable.Builder twoStates() {
        return new MdpTable.Builder(2, 2)
                .start(0, 1)
                .outcome(1, 0, 1, false).endRow()
                .outcome(1, 1, 0, false).endRow()
                .outcome(1, 1, 3, false).endRow()
                .outcome(1, 1, 3, false).endRow();
    }

    @Test
    void valuesMeetTheClosedForm() {
        ValueIteration solved = ValueIteration.solve(twoStates().build(), 0.9, 1e-13, 10_000);

        // Staying earns 3 / (1 - 0.9) in state 1; moving there earns 0.9 times that, staying in state 0 only 1 / (1 - 0.9).
        assertThat(solved.value(1)).isCloseTo(30, within(1e-10));
        assertThat(solved.value(0)).isCloseTo(27, within(1e-10));
        assertThat(solved.bestAction(0)).isEqualTo(1);
        assertThat(solved.isOptimal(1, 0, 1e-9)).isTrue();
        assertThat(solved.isOptimal(0, 0, 1e-9)).isFalse();
        assertThat(solved.residual()).isLessThanOrEqualTo(1e-13);
    }

    @Test
    void nothingIsEarnedAfterATerminatedTransition() {
        MdpTable table = new MdpTable.Builder(1, 1).start(0, 1).outcome(0.5, 0, 1, true).outcome(0.5, 0, 1, false).endRow().build();

        // V = 1 + 0.5 * discount * V.
        assertThat(ValueIteration.solve(table, 0.8, 1e-14, 1000).value(0)).isCloseTo(1 / 0.6, within(1e-12));
    }

    @Test
    void theNumberOfSweepsIsBounded() {
        assertThat(ValueIteration.solve(twoStates().build(), 1, 0, 7).sweeps()).isEqualTo(7);
    }

    @Test
    void probabilitiesThatDoNotSumToOneAreRefused() {
        MdpTable.Builder table = new MdpTable.Builder(1, 1).start(0, 1).outcome(0.5, 0, 0, false);

        assertThatIllegalArgumentException()
                .isThrownBy(table::endRow)
                .withMessageStartingWith("The probabilities of state 0, action 0 sum to 0.5")
                .withMessageContaining("\nMaybe");
    }

    @Test
    void missingRowsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MdpTable.Builder(2, 1).start(0, 1).outcome(1, 0, 0, false).endRow().build())
                .withMessageContaining("number of ended rows is 1");
    }
}
