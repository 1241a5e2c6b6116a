package io.ponder.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterRandomTest {
    /** Known answers of Random123, Threefry2x32-20: counter, key, output. */
    private static final long[][] KNOWN = {
        {0, 0, 0, 0, 0x6b200159L, 0x99ba4efeL},
        {0xffffffffL, 0xffffffffL, 0xffffffffL, 0xffffffffL, 0x1cb996fcL, 0xbb002be7L},
        {0x243f6a88L, 0x85a308d3L, 0x13198a2eL, 0x03707344L, 0xc4923a9cL, 0x483df7a0L},
    };

    @Test
    void blockEqualsKnownAnswers() {
        for (long[] k : KNOWN) {
            long block = CounterRandom.block((int) k[2], (int) k[3], (int) k[0], (int) k[1]);

            assertThat(block & 0xffffffffL).isEqualTo(k[4]);
            assertThat(block >>> 32).isEqualTo(k[5]);
        }
    }

    @Test
    void uniformNeverReachesZeroOrOne() {
        assertThat(CounterRandom.uniform(0)).isEqualTo(0x1p-24f);
        assertThat(CounterRandom.uniform(-1)).isEqualTo(1 - 0x1p-24f).isLessThan(1);
    }

    @Test
    void drawsOfOneBlockAreItsTwoWords() {
        long block = CounterRandom.block(7, 8, 123, 5);

        assertThat(CounterRandom.word(7, 8, 123, 10)).isEqualTo((int) block);
        assertThat(CounterRandom.word(7, 8, 123, 11)).isEqualTo((int) (block >>> 32));
    }
}
