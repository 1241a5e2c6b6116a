package io.ponder.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowSamplerTest {
    @Test
    void uniformRowsAreUniform() {
        int[] out = new int[70_000];
        new RowSampler(3).uniform(7, out.length, out);

        int[] times = new int[7];
        for (int row : out) times[row]++;
        // 10 000 expected of each, standard deviation 93.
        for (int observed : times) assertThat(observed).isBetween(9600, 10_400);
    }

    @Test
    void rowsOfAListComeFromTheList() {
        int[] out = new int[100];
        new RowSampler(3).uniform(new int[] {5, 9, 77}, 2, 100, out);

        assertThat(out).contains(5, 9).doesNotContain(77).containsOnly(5, 9);
    }

    @Test
    void shuffleIsAPermutationAndEveryOrderIsEquallyLikely() {
        var sampler = new RowSampler(8);
        int[] times = new int[6];
        for (int i = 0; i < 12_000; i++) {
            int[] rows = {0, 1, 2};
            sampler.shuffle(rows, 3);
            assertThat(rows).containsExactlyInAnyOrder(0, 1, 2);
            times[rows[0] * 2 + (rows[1] > rows[2] ? 1 : 0)]++;
        }
        // 2 000 expected of each, standard deviation 41.
        for (int observed : times) assertThat(observed).isBetween(1830, 2170);
    }

    @Test
    void aSamplerContinuesWhereItWasSetTo() {
        var sampler = new RowSampler(8);
        int[] first = new int[10];
        int[] second = new int[10];
        int[] again = new int[10];
        sampler.uniform(1000, 10, first);
        sampler.uniform(1000, 10, second);
        new RowSampler(8).draws(1).uniform(1000, 10, again);

        assertThat(again).isEqualTo(second).isNotEqualTo(first);
        assertThat(sampler.draws()).isEqualTo(2);
    }
}
