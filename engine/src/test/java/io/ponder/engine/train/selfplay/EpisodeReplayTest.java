package io.ponder.engine.train.selfplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodeReplayTest {
    private static EpisodeReplay replay(int capacity, int unroll, int steps) {
        return new EpisodeReplay(ReplayParameters.uniform(capacity), new TargetParameters(unroll, steps, 1, 1, false));
    }

    private static List<Integer> steps(EpisodeReplay replay) {
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < replay.size(); i++) steps.add(replay.step(i));
        return steps;
    }

    @Test
    void takesPositionsWhenTheirTargetsAreKnownAndAllOfThemOnce() {
        for (boolean cut : new boolean[] {false, true}) {
            EpisodeReplay replay = replay(100, 1, 2);
            var episode = new PlayedEpisode(EpisodeMaker.SHAPE, 0);
            episode.see(new float[] {0}, 0);
            for (int t = 0; t < 6; t++) {
                EpisodeMaker.step(episode, false, 1, !cut && t == 5);
                replay.offer(episode);
                // Position p needs root values up to p + 1 + 2, and the newest is that of position t.
                if (t < 5 || cut) assertThat(replay.size()).isEqualTo(Math.max(0, t - 2));
            }
            if (cut) {
                episode.rootValues()[6] = 6;
                episode.truncate();
                replay.offer(episode);
            }
            assertThat(steps(replay)).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    @Test
    void anEpisodeShorterThanTheReachIsTakenWhole() {
        EpisodeReplay replay = replay(100, 5, TargetParameters.TO_THE_END);
        replay.offer(EpisodeMaker.terminated(0, false, 1, 1));
        assertThat(steps(replay)).containsExactly(0, 1);
        replay.offer(EpisodeMaker.cut(1, false, 1));
        assertThat(steps(replay)).containsExactly(0, 1, 0);
    }

    @Test
    void aFullReplayForgetsTheOldest() {
        EpisodeReplay replay = replay(4, 0, 1);
        replay.offer(EpisodeMaker.terminated(0, false, 1, 1, 1));
        replay.offer(EpisodeMaker.terminated(1, false, 1, 1));
        assertThat(replay.size()).isEqualTo(4);
        assertThat(replay.added()).isEqualTo(5);
        assertThat(replay.episode(0).id()).isEqualTo(1);
        assertThat(replay.step(0)).isEqualTo(1);
        assertThat(replay.episode(1).id()).isZero();
        assertThatThrownBy(() -> replay(4, 0, 1).episode(2)).hasMessageContaining("place 2 is empty");
    }

    @Test
    void prioritiesFollowTheErrorsThatWereGivenBack() {
        EpisodeReplay replay = new EpisodeReplay(ReplayParameters.prioritised(8), new TargetParameters(0, 1, 1, 1, false));
        replay.offer(EpisodeMaker.terminated(0, false, 0, 0, 0, 0));
        for (int slot = 0; slot < 4; slot++) replay.error(slot, slot == 2 ? 3 : 1);
        int[] slots = new int[6000];
        float[] weights = new float[6000];
        replay.draw(6000, 5, slots, weights);
        int[] count = new int[4];
        for (int slot : slots) count[slot]++;
        assertThat(count[2]).isBetween(2950, 3050);
        for (int i = 0; i < slots.length; i++) assertThat(weights[i]).isCloseTo(slots[i] == 2 ? 1 / 3f : 1f, org.assertj.core.data.Offset.offset(0.01f));
        replay.error(2, Double.NaN);
        replay.draw(6000, 6, slots, weights);
        assertThat(slots).doesNotContain(-1);
    }
}
