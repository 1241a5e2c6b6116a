package io.ponder.engine.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ponder.engine.classic.CliffWalkingTable;
import io.ponder.engine.classic.FrozenLakeTable;
import io.ponder.engine.classic.TaxiTable;
import io.ponder.engine.env.EnvironmentChecker;
import io.ponder.engine.env.StepResult;
import org.junit.jupiter.api.Test;

class TabularEnvironmentTest {
    @Test
    void tablesKeepTheContractOfEnvironments() {
        assertThat(EnvironmentChecker.check(
                        new TabularEnvironment("FrozenLake-v1", FrozenLakeTable.of(FrozenLakeTable.MAP_4X4, true))))
                .isEmpty();
        assertThat(EnvironmentChecker.check(new TabularEnvironment("CliffWalking-v1", CliffWalkingTable.of(false)))).isEmpty();
        assertThat(EnvironmentChecker.check(new TabularEnvironment("Taxi-v3", TaxiTable.create()))).isEmpty();
    }

    @Test
    void outcomesComeAsOftenAsTheTableSays() {
        MdpTable table = new MdpTable.Builder(3, 1)
                .start(0, 1)
                .outcome(0.2, 0, 0, false).outcome(0.5, 1, 0, false).outcome(0.3, 2, 0, false).endRow()
                .outcome(1, 1, 0, true).endRow()
                .outcome(1, 2, 0, true).endRow()
                .build();
        TabularEnvironment environment = new TabularEnvironment("three", table);
        environment.reset(5);
        int[] counts = new int[3];

        for (int i = 0; i < 10_000; i++) {
            environment.writeState(new double[] {0});
            counts[(int) environment.step(new float[] {0}).observation()[0]]++;
        }

        // Five standard deviations of a binomial.
        assertThat(counts[0]).isBetween(1800, 2200);
        assertThat(counts[1]).isBetween(4750, 5250);
        assertThat(counts[2]).isBetween(2770, 3230);
    }

    @Test
    void startsComeFromTheStartDistribution() {
        MdpTable taxi = TaxiTable.create();
        TabularEnvironment environment = new TabularEnvironment("Taxi-v3", taxi);
        boolean[] seen = new boolean[taxi.stateCount()];
        environment.reset(1);

        for (int i = 0; i < 5000; i++) {
            int state = (int) environment.reset().observation()[0];
            assertThat(taxi.startProbability(state)).isPositive();
            seen[state] = true;
        }

        int states = 0;
        for (boolean s : seen) if (s) states++;
        assertThat(states).isEqualTo(300);
    }

    @Test
    void theStepAfterTheEndIsRefused() {
        TabularEnvironment environment = new TabularEnvironment("CliffWalking-v1", CliffWalkingTable.of(false));
        environment.writeState(new double[] {35});
        StepResult result = environment.step(new float[] {2});

        assertThat(result.terminated()).isTrue();
        assertThat(result.observation()).containsExactly(47);
        assertThatIllegalStateException().isThrownBy(() -> environment.step(new float[] {0})).withMessageContaining("\nMaybe");
    }
}
