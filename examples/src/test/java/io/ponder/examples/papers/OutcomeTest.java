package io.ponder.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.examples.comparison.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    @TempDir
    private Path folder;

    private static Experiment.Builder builder() {
        return Experiment.named("made-up", "Made up").paper("Nobody").claim("Less is less.").metric("error", Direction.LOWER)
                .method("new").baseline("old").control("off").detail("switches").curvesOver("steps");
    }

    /** The method has errors 1, 2, 3, ..., the baseline always 10 more, the control what is given. */
    private static Experiment experiment(double control) {
        return builder().atMost(6).beats("old").require("at most 3 switches", outcome -> outcome.mean("switches") <= 3)
                .trial((seed, scale, curves) -> {
                    curves.add("new", new double[] {0, 1}, new double[] {seed, seed + 1});
                    return new double[] {seed + 1, seed + 11, control, 2};
                });
    }

    @Test
    void factorsOfThresholdsAreRounded() {
        Experiment made = builder().atMostTimes(1 / 3.0, "old").atMost(100).atLeast(0.25).atMost(1e-9).atLeastAbove(0.0301, "old")
                .trial((seed, scale, curves) -> new double[4]);
        assertThat(made.thresholds()).extracting(Threshold::text).containsExactly(
                "mean <= 0.333 x old", "mean <= 100", "mean >= 0.25", "mean <= 1e-09", "mean >= old + 0.03");
    }

    private static ExperimentRun.Result run(Experiment experiment, int threads) {
        return new ExperimentRun(List.of(experiment), 0, 10, Scale.FULL).run(threads, new Cancellation(), (which, seed, done, all) -> {});
    }

    @Test
    void meansErrorsWinsAndSignTestAreThoseOfTheBook() {
        Outcome outcome = run(experiment(7), 1).outcomes().get(0);

        assertThat(outcome.mean("new")).isEqualTo(5.5, EXACT);
        // The variance of 1 .. 10 is 110 / 12.
        assertThat(outcome.standardError("new")).isEqualTo(Math.sqrt(110.0 / 12 / 10), EXACT);
        assertThat(outcome.wins("new", "old")).isEqualTo(10);
        assertThat(outcome.wins("new", "off")).isEqualTo(6);
        assertThat(outcome.signTest("new", "old")).isEqualTo(Math.pow(0.5, 10), EXACT);
        assertThat(SignTest.probability(8, 2)).isEqualTo(56.0 / 1024, EXACT);
        assertThat(SignTest.probability(0, 0)).isEqualTo(1, EXACT);
        assertThatThrownBy(() -> outcome.mean("odl")).hasMessageContaining("no arm 'odl'");
    }

    @Test
    void passesWhereTheMethodReachesAllAndTheControlMissesOne() {
        assertThat(run(experiment(7), 1).outcomes().get(0).failures()).isEmpty();
        assertThat(run(experiment(5), 1).outcomes().get(0).failures()).containsExactly("the control 'off' does not fail");
    }

    @Test
    void everyMissIsNamed() {
        Experiment bad = builder().atMost(5).beats("old").atMostTimes(0.1, "old").atLeastAbove(-20, "old")
                .require("at most 1 switch", outcome -> outcome.mean("switches") <= 1)
                .trial((seed, scale, curves) -> new double[] {seed % 2 == 0 ? 20 : Double.NaN, 10, 20, 2});

        assertThat(run(bad, 1).outcomes().get(0).failures()).containsExactly(
                "new misses: mean <= 5", "new misses: better than old seed by seed (sign test)", "new misses: mean <= 0.1 x old",
                "new misses: mean >= old - 20", "does not hold: at most 1 switch");
    }

    @Test
    void threadsChangeNothingAndAThrownTrialIsAnErrorOfItsSeed() {
        Experiment partly = builder().atMost(6).trial((seed, scale, curves) -> {
            if (seed == 3) throw new IllegalStateException("seed three");
            return new double[] {seed, 1, 7, 2};
        });

        ExperimentRun.Result result = run(partly, 3);

        assertThat(result.errors()).containsOnlyKeys("made-up, seed 3");
        assertThat(result.complete()).isTrue();
        assertThat(result.outcomes().get(0).values("new")).isEqualTo(run(partly, 1).outcomes().get(0).values("new")).hasSize(9);
    }

    @Test
    void aCancelledRunKeepsWhatHasEnded() {
        var cancellation = new Cancellation();
        ExperimentRun.Result result = new ExperimentRun(List.of(experiment(7)), 0, 10, Scale.FULL)
                .run(1, cancellation, (which, seed, done, all) -> {
                    if (done == 4) cancellation.request();
                });

        assertThat(result.complete()).isFalse();
        assertThat(result.outcomes().get(0).seeds()).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void whatACancelledRunDidNotReachIsNotCalledAFailure() {
        var cancellation = new Cancellation();
        Experiment later = Experiment.named("later", "Later").metric("error", Direction.LOWER).method("new").control("off").atMost(1)
                .trial((seed, scale, curves) -> new double[2]);
        List<Outcome> outcomes = new ExperimentRun(List.of(experiment(7), later), 0, 10, Scale.FULL)
                .run(1, cancellation, (which, seed, done, all) -> {
                    if (done == 4) cancellation.request();
                }).outcomes();

        assertThat(EvidencePage.table(outcomes)).contains("not run").doesNotContain("FAIL", "no seed");
        assertThat(EvidencePage.markdown(outcomes, "c", "m")).contains("From 0 to 4 seeds of a row were run; of 1 rows none.", "| not run |")
                .doesNotContain("FAIL");
    }

    @Test
    void rowsWhoseTrialsAllThrowFail() {
        Experiment broken = builder().atMost(1).trial((seed, scale, curves) -> {
            throw new IllegalStateException("always");
        });
        List<Outcome> outcomes = run(broken, 1).outcomes();

        assertThat(EvidencePage.table(outcomes)).contains("FAIL", "! no seed ended without an error");
    }

    @Test
    void linesBeyondThePaletteAreDashed() {
        Experiment made = builder().atMost(20).trial((seed, scale, curves) -> {
            for (int c = 0; c < 18; c++) curves.add("curve " + c, new double[] {0, 1}, new double[] {c, seed});
            return new double[] {1, 2, 30, 4};
        });
        String picture = EvidenceFiles.picture(run(made, 1).outcomes().get(0));
        List<String> styles = Pattern.compile("\"line (c[^\"]*)\"").matcher(picture).results().map(match -> match.group(1)).toList();

        // Each is in the plot and in the legend.
        assertThat(styles).hasSize(36);
        assertThat(styles.stream().distinct()).hasSize(18).contains("c3", "c0 dash");
    }

    @Test
    void pageTablePictureAndJsonSayWhatWasFound() throws Exception {
        List<Outcome> outcomes = run(experiment(7), 1).outcomes();
        EvidenceFiles.write(folder, outcomes, "./ponder evidence made-up");

        assertThat(EvidencePage.table(outcomes)).contains("made-up", "5.50 +- 0.957", "15.5 +- 0.957", "10/10", "9.8e-04", "pass");
        assertThat(Files.readString(folder.resolve("evidence.md"))).contains("| [made-up](#made-up) | Made up | 5.50 +- 0.957 |",
                "p <= 0.06, with fewer than 5 seeds", "10 seeds of every row were run.",
                "![made-up](evidence/made-up.svg)", "- mean <= 6: new yes, off no", "- at most 3 switches: yes");
        assertThat(Files.readString(folder.resolve("evidence.json"))).contains("\"ponder.evidence/1\"", "\"passed\" : true", "\"wins\" : 10");
        String picture = Files.readString(folder.resolve("evidence/made-up.svg"));
        assertThat(picture).contains("new", "old", "off", "steps").doesNotContain("switches");
        assertThat(picture.split("<circle", -1)).as("dots of three arms").hasSize(31);
    }

    @Test
    void anExperimentWithoutControlOrThresholdIsRefused() {
        assertThatThrownBy(() -> Experiment.named("x", "X").method("m").atMost(1).trial((seed, scale, curves) -> new double[1]))
                .hasMessageContaining("has no control").hasMessageContaining("Maybe");
        assertThatThrownBy(() -> builder().trial((seed, scale, curves) -> new double[4])).hasMessageContaining("no threshold");
        assertThatThrownBy(() -> builder().control("old").atMost(1).trial((seed, scale, curves) -> new double[5]))
                .hasMessageContaining("are named old");
    }
}
