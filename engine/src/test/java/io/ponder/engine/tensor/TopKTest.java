package io.ponder.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopKTest {
    @Test
    void equalsTheFrontOfAStableSort() {
        Random random = new Random(1);
        for (int count : Implementations.SIZES) {
            float[] values = new float[3 + 2 * count];
            for (int i = 0; i < count; i++) {
                // Few different values, so that there are many ties.
                values[3 + 2 * i] = random.nextInt(Math.max(1, count / 3)) - 2;
            }
            int[] ascending = IntStream.range(0, count).boxed()
                    .sorted(Comparator.comparingDouble(i -> values[3 + 2 * i])).mapToInt(i -> i).toArray();
            int[] descending = IntStream.range(0, count).boxed()
                    .sorted(Comparator.comparingDouble(i -> -values[3 + 2 * i])).mapToInt(i -> i).toArray();
            for (int k : new int[] {0, 1, 2, count / 10, count / 2, count}) {
                if (k > count) continue;
                int[] indices = new int[k + 2];

                TopK.smallest(count, values, 3, 2, k, indices, 1);
                assertThat(Arrays.copyOfRange(indices, 1, 1 + k)).isEqualTo(Arrays.copyOf(ascending, k));
                assertThat(indices[0] + indices[k + 1]).as("entries beside the answer").isZero();
                TopK.largest(count, values, 3, 2, k, indices, 1);
                assertThat(Arrays.copyOfRange(indices, 1, 1 + k)).isEqualTo(Arrays.copyOf(descending, k));
            }
        }
    }

    @Test
    void notANumberComesLastInBothDirections() {
        float[] values = {Float.NaN, 2, Float.POSITIVE_INFINITY, Float.NaN, Float.NEGATIVE_INFINITY, 1};
        int[] indices = new int[6];

        TopK.smallest(6, values, 0, 1, 6, indices, 0);
        assertThat(indices).containsExactly(4, 5, 1, 2, 0, 3);
        TopK.largest(6, values, 0, 1, 6, indices, 0);
        assertThat(indices).containsExactly(2, 1, 5, 4, 0, 3);
    }

    @Test
    void moreThanThereAreIsRefused() {
        assertThatThrownBy(() -> TopK.largest(3, new float[3], 0, 1, 4, new int[4], 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("k is 4");
    }
}
