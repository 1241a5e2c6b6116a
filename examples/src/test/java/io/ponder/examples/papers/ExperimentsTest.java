package io.ponder.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.comparison.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExperimentsTest {
    @Test
    void everyExperimentHasItsOwnIdAndSaysWhatItShows() {
        assertThat(Experiments.byId()).isNotEmpty();
        for (Experiment experiment : Experiments.all()) {
            assertThat(experiment.id()).matches("[a-z0-9-]+").hasSizeLessThanOrEqualTo(14);
            assertThat(List.of(experiment.title(), experiment.paper(), experiment.claim(), experiment.metric()))
                    .as(experiment.id()).doesNotContain("");
        }
    }

    /** The page in the repository holds all rows. */
    @Test
    void thePageHoldsEveryExperiment() throws IOException {
        List<String> shown = Pattern.compile("(?m)^## (.+)$").matcher(Files.readString(Path.of("../docs/evidence.md"))).results()
                .map(match -> match.group(1)).toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(Experiments.byId().keySet());
    }

    /** Those that take a fraction of a second a seed, with a few seeds. */
    @TestFactory
    Stream<DynamicTest> smallOnesPass() {
        return Experiments.all().stream().filter(experiment -> experiment.testSeeds() > 0).map(experiment -> DynamicTest.dynamicTest(
                experiment.id(), () -> assertThat(outcome(experiment, experiment.testSeeds(), Scale.SMALL).failures()).isEmpty()));
    }

    /** All of them, as they are reported. */
    @TestFactory
    @Tag("evidence")
    Stream<DynamicTest> allPass() {
        return Experiments.all().stream().map(experiment -> DynamicTest.dynamicTest(
                experiment.id(), () -> assertThat(outcome(experiment, 10, Scale.FULL).failures()).isEmpty()));
    }

    private static Outcome outcome(Experiment experiment, int seeds, Scale scale) {
        ExperimentRun.Result result = new ExperimentRun(List.of(experiment), 0, seeds, scale)
                .run(2, new Cancellation(), (which, seed, done, all) -> {});
        assertThat(result.errors()).isEmpty();
        return result.outcomes().get(0);
    }
}
