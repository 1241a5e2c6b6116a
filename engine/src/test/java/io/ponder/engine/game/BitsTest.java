package io.ponder.engine.game;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BitsTest {
    @Test
    void selectFindsEverySetBit() {
        for (int i = 0; i < 20_000; i++) {
            long word = Bits.random(1, 3 * i);
            if (i % 3 == 1) word &= Bits.random(1, 3 * i + 1) & Bits.random(1, 3 * i + 2);
            if (i % 3 == 2) word |= Bits.random(1, 3 * i + 1) | Bits.random(1, 3 * i + 2);
            int n = 0;
            for (int bit = 0; bit < 64; bit++) {
                if ((word >>> bit & 1) != 0) assertThat(Bits.select(word, n++)).isEqualTo(bit);
            }
        }
        for (int bit = 0; bit < 64; bit++) assertThat(Bits.select(-1L, bit)).isEqualTo(bit);
    }

    @Test
    void wordsAreKeptInTwoEntries() {
        int[] position = {7, 0, 0, 7};

        Bits.setWord(position, 1, 0xFEDCBA98_76543210L);

        assertThat(position).containsExactly(7, 0x76543210, 0xFEDCBA98, 7);
        assertThat(Bits.word(position, 1)).isEqualTo(0xFEDCBA98_76543210L);
        position[1] = -1;
        position[2] = 0;
        assertThat(Bits.word(position, 1)).isEqualTo(0xFFFFFFFFL);
    }

    /** Chi-squared with 36 degrees of freedom: 80 is exceeded with probability 4e-5. */
    @Test
    void numbersBelowABoundAreEquallyLikely() {
        int[] counts = new int[37];
        int draws = 370_000;
        for (int i = 0; i < draws; i++) counts[Bits.below(37, Bits.random(5, i))]++;

        double statistic = 0;
        for (int count : counts) statistic += (count - 10_000.0) * (count - 10_000.0) / 10_000.0;
        assertThat(statistic).isLessThan(80);
    }

    @Test
    void uniformsStayBelowOne() {
        assertThat(Bits.uniform(0)).isZero();
        assertThat(Bits.uniform(-1)).isLessThan(1).isGreaterThan(0.9999999);
    }
}
