package io.ponder.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.testing.Allocation;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumTreeTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 100})
    void findReturnsTheRowInWhichTheRunningSumPassesThePrefix(int capacity) {
        SplittableRandom random = new SplittableRandom(capacity);
        SumTree tree = new SumTree(capacity);
        int[] priorities = new int[capacity];
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < capacity; i++) tree.set(i, priorities[i] = random.nextInt(4));
            tree.set(capacity / 2, priorities[capacity / 2] = 1);
            int before = 0;
            for (int row = 0; row < capacity; row++) {
                for (int unit = 0; unit < priorities[row]; unit++) {
                    assertThat(tree.find(before + unit)).isEqualTo(row);
                    assertThat(tree.find(before + unit + 0.999)).isEqualTo(row);
                }
                before += priorities[row];
            }
            assertThat(tree.total()).isEqualTo(before);
            assertThat(tree.priority(tree.find(before + 5.0))).isPositive();
        }
    }

    @Test
    void aMillionChangesLeaveNoErrorBehind() {
        SplittableRandom random = new SplittableRandom(1);
        SumTree tree = new SumTree(1000);
        for (int i = 0; i < 1_000_000; i++) tree.set(random.nextInt(1000), Math.exp(random.nextDouble(-30, 30)));
        for (int row = 0; row < 1000; row++) tree.set(row, 0.1 + row * 1e-3);

        SumTree fresh = new SumTree(1000);
        for (int row = 999; row >= 0; row--) fresh.set(row, 0.1 + row * 1e-3);
        assertThat(tree.total()).isEqualTo(fresh.total()).isCloseTo(100 + 499.5, within(1e-10));
        for (int row = 0; row < 1000; row++) tree.set(row, 0);
        assertThat(tree.total()).isZero();
    }

    @Test
    void rowsAreDrawnInProportionToTheirPriorities() {
        SumTree tree = new SumTree(5);
        double[] priorities = {1, 0, 2, 4, 3};
        for (int i = 0; i < 5; i++) tree.set(i, priorities[i]);
        // One row a call: no strata, so the counts are multinomial.
        int[] times = new int[5];
        int[] row = new int[1];
        int draws = 100_000;
        for (int i = 0; i < draws; i++) {
            tree.sample(RowRandom.mix(2, i), 1, row);
            times[row[0]]++;
        }
        double chiSquared = 0;
        for (int i = 0; i < 5; i++) {
            double expected = draws * priorities[i] / 10;
            if (expected > 0) chiSquared += Math.pow(times[i] - expected, 2) / expected;
        }
        assertThat(times[1]).isZero();
        // Chi-squared with 3 degrees of freedom exceeds 16.3 with probability 0.001.
        assertThat(chiSquared).isLessThan(16.3);
    }

    @Test
    void strataAreHitOnceEach() {
        SumTree tree = new SumTree(64);
        for (int i = 0; i < 64; i++) tree.set(i, 0.7);
        int[] rows = new int[64];
        int[] again = new int[64];
        tree.sample(3, 64, rows);
        for (int i = 0; i < 64; i++) assertThat(rows[i]).isEqualTo(i);

        tree.sample(3, 16, rows);
        tree.sample(4, 16, again);
        for (int i = 0; i < 16; i++) assertThat(rows[i]).isBetween(4 * i, 4 * i + 3);
        assertThat(again).isNotEqualTo(rows);
        tree.sample(3, 16, again);
        for (int i = 0; i < 16; i++) assertThat(again[i]).isEqualTo(rows[i]);
    }

    @Test
    void weightsFollowTheFormula() {
        SumTree tree = new SumTree(4);
        double[] priorities = {0.5, 2, 0, 1.5};
        for (int i = 0; i < 4; i++) tree.set(i, priorities[i]);
        int[] rows = {1, 3, 0};
        float[] weights = new float[3];
        tree.weights(rows, 3, 0.4, weights);

        double most = Math.pow(3 * 0.5 / 4, -0.4);
        for (int i = 0; i < 3; i++) {
            assertThat((double) weights[i]).isCloseTo(Math.pow(3 * priorities[rows[i]] / 4, -0.4) / most, within(1e-6));
        }
        tree.weights(rows, 3, 0, weights);
        assertThat(weights).containsOnly(1);
        assertThat(tree.largest()).isEqualTo(2);
    }

    /** Full correction makes the weighted mean of anything the plain mean over rows, up to a factor. */
    @Test
    void fullWeightsUndoThePriorities() {
        SumTree tree = new SumTree(10);
        for (int i = 0; i < 10; i++) tree.set(i, 1 + i);
        int[] rows = new int[55_000];
        float[] weights = new float[rows.length];
        tree.sample(9, rows.length, rows);
        tree.weights(rows, rows.length, 1, weights);
        double sum = 0;
        double mass = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += weights[i] * rows[i];
            mass += weights[i];
        }
        assertThat(sum / mass).isCloseTo(4.5, within(1e-3));
    }

    @Test
    void mistakesAreNamed() {
        SumTree tree = new SumTree(3);
        assertThatThrownBy(() -> tree.sample(1, 1, new int[1])).isInstanceOf(IllegalStateException.class).hasMessageContaining("Maybe");
        assertThatThrownBy(() -> tree.find(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tree.set(3, 1)).hasMessageContaining("row is 3");
        assertThatThrownBy(() -> tree.set(0, Double.NaN)).hasMessageContaining("priority is NaN");
        assertThatThrownBy(() -> tree.set(0, -1)).hasMessageContaining("from 0.0");
        tree.set(0, 1);
        assertThatThrownBy(() -> tree.weights(new int[] {1}, 1, 0.5, new float[1])).hasMessageContaining("priority is 0.0");
        assertThatThrownBy(() -> tree.sample(1, 2, new int[1])).hasMessageContaining("count is 2");
    }

    @Test
    void nothingIsAllocated() {
        SumTree tree = new SumTree(100);
        int[] rows = new int[32];
        float[] weights = new float[32];
        assertThat(Allocation.onceWarm(() -> {
            for (int i = 0; i < 100; i++) tree.set(i, i + 1);
            tree.sample(5, 32, rows);
            tree.weights(rows, 32, 0.5, weights);
        })).isZero();
    }
}
