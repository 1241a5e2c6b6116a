package io.ponder.examples.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.plan.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanningExperimentTest {
    @TempDir
    private Path folder;

    /** Random actions never arrive within the limit, which costs 500 and 200. */
    @ParameterizedTest
    @CsvSource({"Acrobot-v1, uct, -200", "MountainCar-v0, uct, -180", "MountainCar-v0, puct, -180"})
    void treesArriveWhereTheRewardIsFar(String environment, String planner, double worst) throws IOException {
        var settings = new CompareSettings(
                List.of(environment), List.of(planner), false, true, 1, 2, PlanBudget.DEFAULT, 1, false, null, false, Backend.CPU);

        ExperimentResult result = new PlanningExperiment(settings, folder)
                .run(new ExperimentKey(environment, ModelKind.TRUE, planner, 1), new Cancellation(), episode -> {});

        assertThat(result.episodes()).hasSize(2).allSatisfy(episode -> assertThat(episode.episodeReturn()).isGreaterThan(worst));
    }
}
