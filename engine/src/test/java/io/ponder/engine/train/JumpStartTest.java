package io.ponder.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JumpStartTest {
    @Test
    void theGuideGivesStepsAwayStageByStageWhileTheReturnHolds() {
        JumpStart jump = JumpStart.staged(20, 4, 2, 0.5, 0);

        assertThat(jump.guideSteps()).isEqualTo(20);
        jump.episodeEnded(1);
        assertThat(jump.guideSteps()).as("the window is not full").isEqualTo(20);
        jump.episodeEnded(1);
        assertThat(jump.guideSteps()).isEqualTo(15);
        for (int i = 0; i < 6; i++) jump.episodeEnded(1);
        assertThat(jump.guideSteps()).isZero();
        jump.episodeEnded(0);
        assertThat(jump.guideSteps()).as("the last stage stays").isZero();
    }

    @Test
    void aWorseMeanOrNoSuccessWaits() {
        JumpStart jump = JumpStart.staged(20, 4, 2, 0.2, 0);
        jump.episodeEnded(0);
        jump.episodeEnded(0);
        assertThat(jump.guideSteps()).as("no success").isEqualTo(20);
        jump.episodeEnded(1);
        assertThat(jump.guideSteps()).as("mean 0.5").isEqualTo(15);

        jump.episodeEnded(0.2);
        jump.episodeEnded(0.2);
        assertThat(jump.guideSteps()).as("0.2 is below 0.5 - 0.2").isEqualTo(15);
        jump.episodeEnded(0.5);
        assertThat(jump.guideSteps()).as("0.35 is not").isEqualTo(10);
    }

    @Test
    void randomChangesAreUniformAndRepeatable() {
        JumpStart jump = JumpStart.random(4, 7);
        JumpStart again = JumpStart.random(4, 7);
        int[] counts = new int[5];
        for (int i = 0; i < 5000; i++) {
            assertThat(jump.guideSteps()).isEqualTo(again.guideSteps());
            counts[jump.guideSteps()]++;
            jump.episodeEnded(0);
            again.episodeEnded(0);
        }
        // Five standard deviations of a binomial of 5000 and 1/5 are 141.
        for (int count : counts) assertThat(count).isBetween(859, 1141);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> JumpStart.staged(0, 4, 2, 0, 0)).hasMessageContaining("horizon is 0");
        assertThatThrownBy(() -> JumpStart.staged(5, 4, 2, -1, 0)).hasMessageContaining("tolerance is -1");
    }
}
