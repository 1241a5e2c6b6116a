package io.ponder.engine.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EpisodeRandomTest {
    @Test
    void theSameSeedStartsTheSameStream() {
        EpisodeRandom random = new EpisodeRandom();
        random.seed(3);
        long first = random.nextLong();
        random.nextLong();
        random.seed(3);

        assertThat(random.nextLong()).isEqualTo(first);
    }

    @Test
    void neighbouringSeedsGiveUnrelatedUniforms() {
        EpisodeRandom random = new EpisodeRandom();
        int count = 20_000;
        double product = 0;
        double sum = 0;
        double before = 0;
        for (int seed = 0; seed < count; seed++) {
            random.seed(seed);
            double centred = random.nextDouble() - 0.5;
            sum += centred;
            product += centred * before;
            before = centred;
        }

        // Five standard errors: uniforms have variance 1/12, their products 1/144.
        assertThat(sum / count).isCloseTo(0, within(5 * Math.sqrt(1.0 / 12 / count)));
        assertThat(product / count).isCloseTo(0, within(5.0 / 12 / Math.sqrt(count)));
    }
}
