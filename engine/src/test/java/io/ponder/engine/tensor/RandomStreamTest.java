package io.ponder.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    @Test
    void restoredStreamContinuesWhereItWas() {
        RandomStream stream = new RandomStream(1, 2);
        for (int i = 0; i < 10; i++) {
            stream.nextLong();
        }

        RandomStream restored = RandomStream.restore(stream.key(), stream.position());

        for (int i = 0; i < 10; i++) {
            assertThat(restored.nextLong()).isEqualTo(stream.nextLong());
        }
        assertThat(stream.position()).isEqualTo(20);
    }

    @Test
    void doublesAndGaussiansFollowTheirDistributions() {
        RandomStream stream = new RandomStream(3, 4);
        int n = 100_000;
        float[] uniform = new float[n];
        float[] normal = new float[n];
        for (int i = 0; i < n; i++) {
            uniform[i] = (float) stream.nextDouble();
            normal[i] = (float) stream.nextGaussian();
        }

        assertThat(Statistics.kolmogorovSmirnov(uniform, x -> x)).isLessThan(Statistics.KOLMOGOROV_LIMIT / Math.sqrt(n));
        assertThat(Statistics.kolmogorovSmirnov(normal, Statistics::normalCdf)).isLessThan(Statistics.KOLMOGOROV_LIMIT / Math.sqrt(n));
    }

    @Test
    void shuffleKeepsTheEntriesAndTheRest() {
        int[] values = IntStream.range(0, 100).toArray();

        new RandomStream(5, 6).shuffle(values, 10, 90);

        assertThat(Arrays.copyOf(values, 10)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(Arrays.copyOfRange(values, 10, 90)).isNotEqualTo(IntStream.range(10, 90).toArray())
                .containsExactlyInAnyOrder(IntStream.range(10, 90).toArray());
        assertThat(values[90]).isEqualTo(90);
    }

    @Test
    void shuffleIsFair() {
        int[] counts = new int[10];
        RandomStream stream = new RandomStream(7, 8);
        for (int i = 0; i < 20_000; i++) {
            int[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
            stream.shuffle(values, 0, 10);
            counts[values[3]]++;
        }
        assertThat(Statistics.chiSquared(counts)).isLessThan(Statistics.chiSquaredLimit(9));
    }
}
