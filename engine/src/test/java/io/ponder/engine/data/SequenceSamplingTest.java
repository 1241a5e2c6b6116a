package io.ponder.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SequenceSamplingTest {
    @Test
    void chunksNeverCrossTheEndOfAnEpisode() {
        var store = TransitionStoreTest.counted(1000, 3, 40, 7, 8, 120);
        var sampler = new ChunkSampler(1);
        int[] starts = new int[5000];

        for (int length : new int[] {1, 4, 8, 40, 120}) {
            sampler.sample(store, length, starts.length, starts);
            for (int start : starts) assertThat(store.episodeOf(start)).isEqualTo(store.episodeOf(start + length - 1));
        }
    }

    @Test
    void everyChunkIsEquallyLikely() {
        var store = TransitionStoreTest.counted(1000, 5, 2, 4, 6);
        var sampler = new ChunkSampler(1);
        int[] starts = new int[90_000];
        int[] times = new int[store.size()];

        sampler.sample(store, 3, starts.length, starts);
        for (int start : starts) times[start]++;

        // Three in the first episode, none in the second, two in the third, four in the last: 10 000 each, standard deviation 94.
        assertThat(sampler.chunks(store, 3)).isEqualTo(9);
        for (int row = 0; row < store.size(); row++) {
            if (row <= 2 || row == 7 || row == 8 || row >= 11 && row <= 14) assertThat(times[row]).isBetween(9600, 10_400);
            else assertThat(times[row]).isZero();
        }
    }

    @Test
    void chunksFollowAStoreThatGrowsAndDropsRows() {
        var store = TransitionStoreTest.counted(10, 4, 4);
        var sampler = new ChunkSampler(1);
        assertThat(sampler.chunks(store, 4)).isEqualTo(2);

        for (int i = 0; i < 5; i++) store.add(new float[2], new float[1], 0, new float[2], false, false);

        // Row 0 is now the last of the first episode, the second holds 4 and the third 5.
        assertThat(sampler.chunks(store, 4)).isEqualTo(3);
        assertThat(sampler.chunks(store, 1)).isEqualTo(10);
    }

    @Test
    void aLengthBeyondEveryEpisodeIsRefused() {
        assertThatThrownBy(() -> new ChunkSampler(1).sample(TransitionStoreTest.counted(10, 4), 5, 1, new int[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length is 5")
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void stretchesHoldStepsInOrderAndArePaddedAtTheEnd() {
        // Rows 0-3 terminate, rows 4-8 are cut.
        var store = TransitionStoreTest.counted(1000, 4, 5);
        var batch = new SequenceBatch(2, 1, 3, 4);

        batch.gather(store, new int[] {9, 0, 2, 7}, 1, 3);

        assertThat(batch.columns()).isEqualTo(3);
        assertThat(batch.steps()).startsWith(3, 2, 2);
        assertThat(batch.terminated()).startsWith(false, true, false);
        assertThat(batch.observations()).startsWith(
                0, 2, 7, 0, -2, -7,
                1, 3, 8, -1, -3, -8,
                2, 4, 9, -2, -4, -9,
                3, 4, 9, -3, -4, -9);
        assertThat(batch.actions()).startsWith(0, 2, 7, 1, 3, 8, 2, 0, 0);
        assertThat(batch.rewards()).startsWith(0, 1, 3.5f, 0.5f, 1.5f, 4, 1, 0, 0);
        assertThat(batch.valid()).startsWith(1, 1, 1, 1, 1, 1, 1, 0, 0);
    }

    @Test
    void aStretchThatJustReachesTheTerminatedStepHoldsIt() {
        var store = TransitionStoreTest.counted(1000, 4);

        assertThat(new SequenceBatch(2, 1, 3, 1).gather(store, new int[] {1}, 0, 1).terminated()[0]).isTrue();
        assertThat(new SequenceBatch(2, 1, 3, 1).gather(store, new int[] {0}, 0, 1).terminated()[0]).isFalse();
    }

    @Test
    void nStepTargetsOfATerminatedEpisodeEndInZero() {
        var store = TransitionStoreTest.counted(1000, 4, 5);
        var batch = new SequenceBatch(2, 1, 5, 1).gather(store, new int[] {0}, 0, 1);

        NStepTargets targets = new NStepTargets(2, 5, 1).compute(store, batch, 2, 0.5);

        // Rewards are 0, 0.5, 1, 1.5; position 4 is the terminal state, 5 is padding.
        assertThat(targets.rewards()).containsExactly(0.25f, 1, 1.75f, 1.5f, 0, 0);
        assertThat(targets.discounts()).containsExactly(0.25f, 0.25f, 0, 0, 0, 0);
        assertThat(targets.known()).containsOnly(1);
        assertThat(targets.observations()).startsWith(2, -2, 3, -3);
    }

    @Test
    void nStepTargetsOfACutEpisodeBootstrapFromItsLastObservation() {
        var store = TransitionStoreTest.counted(1000, 4, 5);
        var batch = new SequenceBatch(2, 1, 3, 1).gather(store, new int[] {7}, 0, 1);

        NStepTargets targets = new NStepTargets(2, 3, 1).compute(store, batch, 3, 0.5);

        // Rewards of rows 7 and 8 are 3.5 and 4; position 2 is the last observation itself, 3 is beyond what is known.
        assertThat(targets.rewards()).containsExactly(5.5f, 4, 0, 0);
        assertThat(targets.discounts()).containsExactly(0.25f, 0.5f, 1, 0);
        assertThat(targets.known()).containsExactly(1, 1, 1, 0);
        assertThat(targets.observations()).startsWith(9, -9, 9, -9, 9, -9);
    }

    @Test
    void nStepTargetsLookBeyondTheStretch() {
        var store = TransitionStoreTest.counted(1000, 4, 5);
        var batch = new SequenceBatch(2, 1, 1, 1).gather(store, new int[] {4}, 0, 1);

        NStepTargets targets = new NStepTargets(2, 1, 1).compute(store, batch, 3, 1);

        assertThat(targets.rewards()).containsExactly(7.5f, 9);
        assertThat(targets.observations()).containsExactly(7, -7, 8, -8);
    }
}
