package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.tuning.EvolutionTuner;
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

    @Test
    void saysWhetherTheTunedValuesAreBetter() {
        double[] usual = {1, 2};
        double[] tuned = {1, 3};
        double[] base = {10, 20, 30};

        assertThat(verdict(usual, usual, base, base)).startsWith("No set of values").contains("Maybe");
        assertThat(verdict(usual, tuned, base, new double[] {9, 18, 29})).contains("are worse", "keep the usual ones", "Maybe");
        assertThat(verdict(usual, tuned, base, new double[] {12, 18, 31})).startsWith("Not better beyond chance").contains("Maybe");
        assertThat(verdict(usual, tuned, base, new double[] {11, 22, 32})).isEqualTo(
                "The tuned values are better, also on starts that the search has not seen.");
    }

    private static String verdict(double[] before, double[] after, double[] returnsBefore, double[] returnsAfter) {
        return TuneCommand.verdict(new EvolutionTuner.Result(before, after, returnsBefore, returnsAfter));
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
