package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuneCommandTest {
    @Test
    void showsValuesAndReturnsBeforeAndAfter() {
        var run = CommandLineRun.of("tune", "--env", "double-integrator", "--planner", "mppi", "--evaluations", "8", "--starts", "1",
                "--held-out", "2", "--budget", "1k");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("mppi on double-integrator, 1000 model steps a plan", "before", "after", "noiseExponent",
                "paired over 2 held-out starts");
    }

    @ParameterizedTest
    @CsvSource({
        "--env CartPole-v1, --env, Maybe",
        "--planner uct, --planner, cem",
        "--evaluations 0, --evaluations, 100000",
        "--budget 5ms, model steps, Maybe write 20k"
    })
    void wrongWishesAreExplained(String arguments, String first, String second) {
        var run = CommandLineRun.of(("tune " + arguments).split(" "));

        assertThat(run.code()).isEqualTo(Ponder.WRONG_USE);
        assertThat(run.err()).contains(first).contains(second);
    }
}
