package io.ponder.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestMatchTest {
    private static final List<String> NAMES = List.of("Pendulum-v1", "cartpole-swingup", "cem", "icem", "mppi");

    @Test
    void typingErrorsFindTheName() {
        assertThat(NearestMatch.of("pendulm-v1", NAMES)).isEqualTo("Pendulum-v1");
        assertThat(NearestMatch.of("Pendulum", NAMES)).isEqualTo("Pendulum-v1");
        assertThat(NearestMatch.of("swingup", NAMES)).isEqualTo("cartpole-swingup");
        assertThat(NearestMatch.of("mpip", NAMES)).isEqualTo("mppi");
    }

    @Test
    void nothingNearIsNoMatch() {
        assertThat(NearestMatch.of("zzzzzzzz", NAMES)).isNull();
        assertThat(NearestMatch.of("dqn", NAMES)).isNull();
        assertThat(NearestMatch.of("", NAMES)).isNull();
    }

    @Test
    void distanceCountsInsertDeleteReplaceAndSwapAsOne() {
        assertThat(NearestMatch.distance("seed", "seeds")).isEqualTo(1);
        assertThat(NearestMatch.distance("sedes", "seeds")).isEqualTo(1);
        assertThat(NearestMatch.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestMatch.distance("", "abc")).isEqualTo(3);
    }
}
