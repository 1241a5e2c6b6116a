package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.tensor.CounterRandom;
import org.junit.jupiter.api.Test;

class KernelRandomTest {
    @Test
    void bothHalvesTogetherAreTheBlocksOfTheEngine() {
        for (int i = 0; i < 1000; i++) {
            int key0 = CounterRandom.word(1, 2, i, 0);
            int key1 = CounterRandom.word(1, 2, i, 1);
            long expected = CounterRandom.block(key0, key1, i - 500, 7 * i);

            assertThat(KernelRandom.finish(key0, key1, KernelRandom.begin(key0, key1, i - 500, 7 * i))).isEqualTo(expected);
        }
    }
}
