package io.ponder.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static int[] rows(int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) rows[i] = 3 * i + 1;
        return rows;
    }

    private static int[] draw(int count, long seed, int member) {
        int[] out = new int[count];
        Bootstrap.draw(rows(count), count, seed, member, out);
        return out;
    }

    @Test
    void aResampleHoldsAbout632OfAThousandRows() {
        int count = 20_000;
        for (int member = 0; member < 3; member++) {
            long distinct = java.util.Arrays.stream(draw(count, 5, member)).distinct().count();
            // 1 - 1/e; the standard deviation of the share is 0.31 / sqrt(count) = 0.0022.
            assertThat(distinct / (double) count).isBetween(0.6321 - 0.009, 0.6321 + 0.009);
        }
    }

    @Test
    void everyRowIsEquallyLikely() {
        int count = 50;
        int repeats = 4000;
        int[] times = new int[count];
        for (int seed = 0; seed < repeats; seed++) for (int row : draw(count, seed, 1)) times[(row - 1) / 3]++;

        double chiSquared = 0;
        for (int observed : times) chiSquared += Math.pow(observed - repeats, 2) / repeats;
        // 49 degrees of freedom: the 99.9 % quantile is 85.4.
        assertThat(chiSquared).isLessThan(85.4);
    }

    @Test
    void everyDrawIsUniformOnItsOwn() {
        int count = 10;
        int[] times = new int[count];
        for (int seed = 0; seed < 10_000; seed++) times[(draw(count, seed, 0)[2] - 1) / 3]++;

        for (int observed : times) assertThat(observed).isBetween(880, 1120);
    }

    @Test
    void growthKeepsDrawsInProportion() {
        int[] small = draw(8000, 9, 2);
        int[] large = draw(10_000, 9, 2);

        int kept = 0;
        for (int i = 0; i < small.length; i++) {
            if (small[i] == large[i]) kept++;
            else assertThat(large[i]).isGreaterThanOrEqualTo(3 * 8000 + 1);
        }
        // N / N' = 0.8 with a standard deviation of 0.0045.
        assertThat(kept / 8000.0).isBetween(0.782, 0.818);
    }

    @Test
    void membersAndSeedsDrawDifferently() {
        assertThat(draw(100, 1, 0)).isNotEqualTo(draw(100, 1, 1)).isNotEqualTo(draw(100, 2, 0)).isEqualTo(draw(100, 1, 0));
    }

    @Test
    void nothingIsDrawnFromNothing() {
        assertThat(draw(0, 1, 0)).isEmpty();
        assertThat(draw(1, 1, 0)).containsExactly(1);
    }
}
