package io.ponder.examples.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.train.TrainingListener;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFitTest {
    private static final LogSpec SMALL = new LogSpec(null, 0, List.of(), 2, 2, 32, 60, 32, 10, 3);

    @Test
    void aFittedModelBeatsStandingStillOnEpisodesItNeverSaw() {
        LogFit fit = LogFit.run(Pendulums.randomEpisodes(12, 60), SMALL, TrainingListener.NONE);

        assertThat(fit.heldOut()).isTrue();
        assertThat(fit.beatsStandingStill()).isTrue();
        assertThat(fit.error().error()[0]).isLessThan(0.25 * fit.standingStill()[0]);
        assertThat(fit.error().error()[9]).isLessThan(0.5 * fit.standingStill()[9]);
    }

    @Test
    void aModelThatWasHardlyTrainedDoesNot() {
        var untrained = new LogSpec(null, 0, List.of(), 2, 2, 32, 1, 700, 10, 3);

        LogFit fit = LogFit.run(Pendulums.randomEpisodes(12, 60), untrained, TrainingListener.NONE);

        assertThat(fit.error().error()[0]).isGreaterThan(0.25 * fit.standingStill()[0]);
    }

    @Test
    void aLogOfFewEpisodesIsMeasuredOnItselfAndSaysSo() {
        LogFit fit = LogFit.run(Pendulums.randomEpisodes(2, 8), SMALL, TrainingListener.NONE);

        assertThat(fit.heldOut()).isFalse();
        assertThat(fit.horizon()).isEqualTo(8);
    }

    @Test
    void continuousActionsAreNotTakenForIndices() {
        var discrete = new LogSpec(null, 4, List.of(), 1, 1, 4, 1, 1, 1, 0);
        var fits = new TransitionStore(1, 1);
        fits.add(new float[1], new float[] {3}, 0, new float[1], false, false);

        discrete.requireFits(fits);
        assertThatThrownBy(() -> discrete.requireFits(Pendulums.randomEpisodes(1, 5)))
                .hasMessageContainingAll("action_0 of transition 1", "whole number from 0 to 3", "\nMaybe leave 'actions' out");
        fits.add(new float[1], new float[] {4}, 0, new float[1], false, false);
        assertThatThrownBy(() -> discrete.requireFits(fits)).hasMessageContainingAll("transition 2 is 4.0");
        assertThatThrownBy(() -> discrete.requireFits(new TransitionStore(1, 2))).hasMessageContaining("2 action columns");
    }

    @Test
    void aLogThatDoesNotFitTheSpecificationIsRefused() {
        var data = Pendulums.randomEpisodes(1, 5);

        assertThatThrownBy(() -> LogFit.run(data, SMALL.of(ExactTasks.find("acrobot-v1")), TrainingListener.NONE))
                .hasMessageContainingAll("3 observation columns", "6", "\nMaybe");
        assertThatThrownBy(() -> LogFit.run(data, new LogSpec(null, 0, List.of(3), 1, 1, 4, 1, 1, 1, 0), TrainingListener.NONE))
                .hasMessageContainingAll("angles", "3", "0 to 2", "\nMaybe");
        assertThatThrownBy(() -> LogFit.run(new TransitionStore(3, 1), SMALL, TrainingListener.NONE)).hasMessageContaining("no transition");
    }
}
