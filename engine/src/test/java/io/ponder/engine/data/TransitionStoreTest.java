package io.ponder.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TransitionStoreTest {
    /** Adds episodes of the given lengths; observation (n, -n), action n, reward n / 2, next (n + 1, -n - 1) for running number n. */
    static TransitionStore counted(int capacity, int... lengths) {
        var store = new TransitionStore(2, 1, capacity);
        int n = 0;
        for (int length : lengths) {
            for (int t = 0; t < length; t++, n++) {
                boolean last = t + 1 == length;
                store.add(new float[] {n, -n}, new float[] {n}, n / 2.0, new float[] {n + 1, -n - 1}, last && length % 2 == 0,
                        last && length % 2 == 1);
            }
        }
        return store;
    }

    @Test
    void rowsComeBackAsAddedWhileTheStoreGrows() {
        var store = counted(100_000, 300, 301, 700);
        var observation = new float[2];
        var next = new float[2];
        var action = new float[1];

        assertThat(store.size()).isEqualTo(1301);
        for (int row = 0; row < store.size(); row++) {
            store.readObservation(row, observation);
            store.readNextObservation(row, next);
            store.readAction(row, action);
            assertThat(observation).containsExactly(row, -row);
            assertThat(next).containsExactly(row + 1, -row - 1);
            assertThat(action).containsExactly(row);
            assertThat(store.reward(row)).isEqualTo(row / 2f);
        }
        assertThat(store.terminated(299)).isTrue();
        assertThat(store.truncated(299)).isFalse();
        assertThat(store.truncated(600)).isTrue();
        assertThat(store.terminated(600)).isFalse();
    }

    @Test
    void episodesPartitionTheRows() {
        var store = counted(1000, 3, 5, 4);

        assertThat(store.episodes()).isEqualTo(3);
        assertThat(store.episodeStart(1)).isEqualTo(3);
        assertThat(store.episodeLength(1)).isEqualTo(5);
        assertThat(store.episodeOf(2)).isZero();
        assertThat(store.episodeOf(3)).isEqualTo(1);
        assertThat(store.episodeOf(11)).isEqualTo(2);
        assertThat(store.step(7)).isEqualTo(4);
    }

    @Test
    void beginEpisodeEndsAnUnfinishedEpisode() {
        var store = new TransitionStore(1, 1);
        store.add(new float[1], new float[1], 0, new float[1], false, false);
        store.beginEpisode();
        store.add(new float[1], new float[1], 0, new float[1], false, false);
        store.add(new float[1], new float[1], 0, new float[1], false, false);

        assertThat(store.episodes()).isEqualTo(2);
        assertThat(store.episodeLength(0)).isEqualTo(1);
        assertThat(store.step(2)).isEqualTo(1);
    }

    @Test
    void aFullStoreDropsItsOldestRowsAndKeepsTheNumbersOfTheRest() {
        var store = counted(7, 3, 5, 4);
        var observation = new float[2];

        assertThat(store.size()).isEqualTo(7);
        assertThat(store.added()).isEqualTo(12);
        for (int row = 0; row < 7; row++) {
            store.readObservation(row, observation);
            assertThat(observation[0]).isEqualTo(5 + row);
            assertThat(store.serial(row)).isEqualTo(5 + row);
        }
        assertThat(store.episodes()).isEqualTo(2);
        assertThat(store.episodeId(0)).isEqualTo(1);
        assertThat(store.episodeStart(0)).isZero();
        assertThat(store.episodeLength(0)).isEqualTo(3);
        assertThat(store.step(0)).isEqualTo(2);
        assertThat(store.episodeLength(1)).isEqualTo(4);
    }

    @Test
    void manyDroppedEpisodesKeepTheEpisodeListShort() {
        var store = new TransitionStore(1, 1, 10);
        for (int i = 0; i < 10_000; i++) store.add(new float[] {i}, new float[1], 0, new float[1], i % 3 == 2, false);

        assertThat(store.episodes()).isEqualTo(4);
        assertThat(store.episodeId(store.episodes() - 1)).isEqualTo(3333);
        int rows = 0;
        for (int e = 0; e < store.episodes(); e++) rows += store.episodeLength(e);
        assertThat(rows).isEqualTo(10);
    }

    @Test
    void appendKeepsEpisodesApart() {
        var store = counted(1000, 3);
        store.append(counted(1000, 2, 5));

        assertThat(store.episodes()).isEqualTo(3);
        assertThat(store.episodeLength(1)).isEqualTo(2);
        assertThat(store.episodeLength(2)).isEqualTo(5);
        assertThat(store.reward(3)).isZero();
    }

    @Test
    void oneEpisodeCanBeTakenOut() {
        var last = new TransitionStore(2, 1);

        last.appendEpisode(counted(1000, 3, 2, 5), 1);

        assertThat(last.size()).isEqualTo(2);
        assertThat(last.reward(0)).isEqualTo(1.5f);
        assertThat(last.terminated(1)).isTrue();
    }

    @Test
    void batchHoldsColumnsInTheOrderAskedFor() {
        var store = counted(1000, 4, 5);
        var batch = new TransitionBatch(2, 1, 8);

        batch.gather(store, new int[] {99, 8, 0, 3}, 1, 3);

        assertThat(batch.columns()).isEqualTo(3);
        assertThat(batch.observations()).startsWith(8, 0, 3, -8, 0, -3);
        assertThat(batch.nextObservations()).startsWith(9, 1, 4, -9, -1, -4);
        assertThat(batch.actions()).startsWith(8, 0, 3);
        assertThat(batch.rewards()).startsWith(4, 0, 1.5f);
        assertThat(batch.terminated()).startsWith(false, false, true);
        assertThat(batch.truncated()).startsWith(true, false, false);
        assertThat(batch.episodes()).startsWith(1, 0, 0);
        assertThat(batch.steps()).startsWith(4, 0, 3);
        assertThat(batch.rows()).startsWith(8, 0, 3);
        assertThat(batch.weights()).startsWith(1, 1, 1);
    }

    @Test
    void nonFiniteEntriesAreRefusedWithNameAndValue() {
        var store = new TransitionStore(2, 1);

        assertThatThrownBy(() -> store.add(new float[2], new float[1], 0, new float[] {0, Float.NaN}, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Entry 1 of the next observation is NaN")
                .hasMessageContaining("\nMaybe");
        assertThatThrownBy(() -> store.add(new float[2], new float[1], Double.POSITIVE_INFINITY, new float[2], false, false))
                .hasMessageContaining("reward is Infinity");
        assertThat(store.size()).isZero();
    }

    @Test
    void rowsOutsideTheStoreAreRefused() {
        var store = counted(1000, 2);

        assertThatThrownBy(() -> store.reward(2)).isInstanceOf(IndexOutOfBoundsException.class).hasMessageContaining("row is 2");
    }
}
