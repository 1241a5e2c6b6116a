package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultsCommandTest {
    @Test
    void everyRowIsListedWithItsGoal() {
        var run = CommandLineRun.of("results", "--list");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("pendulum-cem", "swingup-icem", "truth-mppi", "cartpole-head-to-head", "control-untrained");
    }

    @Test
    void anUnknownRowIsOneSentenceWithTheNearestName() {
        var run = CommandLineRun.of("results", "pendulum-cme");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("pendulum-cme", "\nMaybe you meant pendulum-cem").doesNotContain("\tat ");
    }
}
