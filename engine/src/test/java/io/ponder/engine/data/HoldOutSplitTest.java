package io.ponder.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldOutSplitTest {
    private static void grow(TransitionStore store, int rows, int episodeLength) {
        for (int i = 0; i < rows; i++) {
            boolean last = (store.added() + 1) % episodeLength == 0;
            store.add(new float[1], new float[1], 0, new float[1], last, false);
        }
    }

    private static void recordSides(TransitionStore store, HoldOutSplit split, Map<Long, Boolean> sides) {
        for (int i = 0; i < split.trainingCount(); i++) check(sides, store.serial(split.trainingRows()[i]), false);
        for (int i = 0; i < split.heldOutCount(); i++) check(sides, store.serial(split.heldOutRows()[i]), true);
        assertThat(split.trainingCount() + split.heldOutCount()).isEqualTo(store.size());
    }

    private static void check(Map<Long, Boolean> sides, long serial, boolean held) {
        Boolean before = sides.put(serial, held);
        assertThat(before == null || before == held).as("side of transition %d", serial).isTrue();
    }

    @Test
    void aRowNeverChangesSideWhileTheStoreGrows() {
        var store = new TransitionStore(1, 1);
        var split = new HoldOutSplit(0.2, 5000, false, 7);
        var sides = new HashMap<Long, Boolean>();

        for (int growth : new int[] {1, 3, 1, 20, 200, 7, 1000}) {
            grow(store, growth, 50);
            split.update(store);
            recordSides(store, split, sides);
        }

        assertThat(split.heldOutCount()).isBetween((int) (0.2 * store.size()) - 1, (int) (0.2 * store.size()) + 1);
    }

    @Test
    void aRowNeverChangesSideWhileTheStoreDropsRows() {
        var store = new TransitionStore(1, 1, 500);
        var split = new HoldOutSplit(0.25, 60, false, 3);
        var sides = new HashMap<Long, Boolean>();

        for (int i = 0; i < 40; i++) {
            grow(store, 97, 30);
            split.update(store);
            recordSides(store, split, sides);
            assertThat(split.heldOutCount()).isLessThanOrEqualTo(60);
        }
    }

    @Test
    void theCapIsKeptAndTheSameRowsStayHeldOut() {
        var store = new TransitionStore(1, 1);
        var split = new HoldOutSplit(0.5, 10, false, 3);

        grow(store, 100, 10);
        split.update(store);
        int[] first = java.util.Arrays.copyOf(split.heldOutRows(), split.heldOutCount());
        grow(store, 900, 10);
        split.update(store);

        assertThat(first).hasSize(10);
        assertThat(split.heldOutCount()).isEqualTo(10);
        assertThat(split.heldOutRows()).startsWith(first);
    }

    @Test
    void episodesAreHeldOutWhole() {
        var store = new TransitionStore(1, 1);
        var split = new HoldOutSplit(0.2, 5000, true, 11);
        for (int i = 0; i < 13; i++) {
            grow(store, 77, 10);
            split.update(store);
        }

        var held = new HashSet<Integer>();
        var trained = new HashSet<Integer>();
        for (int i = 0; i < split.heldOutCount(); i++) held.add(store.episodeOf(split.heldOutRows()[i]));
        for (int i = 0; i < split.trainingCount(); i++) trained.add(store.episodeOf(split.trainingRows()[i]));

        assertThat(held).doesNotContainAnyElementsOf(trained);
        assertThat(held.size()).isBetween(19, 21);
        assertThat(trained).contains(0);
    }

    @Test
    void theFirstUnitAlwaysTrains() {
        for (long seed = 0; seed < 50; seed++) {
            for (double fraction : new double[] {0.1, 0.5, 0.7, 0.9}) {
                var store = new TransitionStore(1, 1);
                grow(store, 1, 10);
                var split = new HoldOutSplit(fraction, 10, seed % 2 == 0, seed);
                split.update(store);
                assertThat(split.trainingCount()).isEqualTo(1);
            }
        }
    }

    @Test
    void everyFractionHoldsOutItsShare() {
        for (double fraction : new double[] {0, 0.01, 0.1, 1 / 3.0, 0.5, 0.61, 0.9}) {
            var store = new TransitionStore(1, 1);
            grow(store, 3000, 10);
            var split = new HoldOutSplit(fraction, Integer.MAX_VALUE, false, 5);
            split.update(store);
            assertThat((double) split.heldOutCount()).isBetween(fraction * 3000 - 1, fraction * 3000 + 1);
        }
    }

    @Test
    void seedsHoldOutDifferentRows() {
        var store = new TransitionStore(1, 1);
        grow(store, 1000, 10);
        var one = new HoldOutSplit(0.2, 5000, false, 1);
        var two = new HoldOutSplit(0.2, 5000, false, 2);
        one.update(store);
        two.update(store);

        int same = 0;
        for (int i = 0; i < 200; i++) if (one.heldOutRows()[i] == two.heldOutRows()[i]) same++;
        // Each block of five agrees with probability 1/5: 40 of 200 expected, standard deviation 5.7.
        assertThat(same).isBetween(15, 65);
    }
}
