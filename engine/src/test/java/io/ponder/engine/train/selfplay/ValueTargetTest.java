package io.ponder.engine.train.selfplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Value targets against sums written out by hand. */
class ValueTargetTest {
    private static final double G = 0.9;

    private static ValueTarget target(int steps, double lambda) {
        return new ValueTarget(new TargetParameters(0, steps, lambda, G, false));
    }

    @Test
    void sumsRewardsAndTheValueBehindThem() {
        PlayedEpisode episode = EpisodeMaker.running(0, false, 1, 2, 4, 8);
        assertThat(target(2, 1).target(episode, 0)).isCloseTo(1 + G * 2 + G * G * 2, within(1e-6));
        assertThat(target(1, 1).target(episode, 1)).isCloseTo(2 + G * 2, within(1e-6));
        // The newest root value ends the sum while the episode runs.
        assertThat(target(9, 1).target(episode, 2)).isCloseTo(4 + G * 3, within(1e-6));
    }

    @Test
    void anEndIsWorthNothingAndACutItsRootValue() {
        assertThat(target(9, 1).target(EpisodeMaker.terminated(0, false, 1, 2, 4), 1)).isCloseTo(2 + G * 4, within(1e-6));
        assertThat(target(9, 1).target(EpisodeMaker.cut(0, false, 1, 2, 4), 1)).isCloseTo(2 + G * 4 + G * G * 3, within(1e-6));
    }

    @Test
    void theSignFlipsWhereTheMoverChanges() {
        // The last mover wins 1: +1 for itself, -1 for the other.
        PlayedEpisode episode = EpisodeMaker.terminated(0, true, 0, 0, 1);
        ValueTarget outcome = new ValueTarget(TargetParameters.outcomes(0));
        assertThat(outcome.target(episode, 2)).isEqualTo(1);
        assertThat(outcome.target(episode, 1)).isEqualTo(-1);
        assertThat(outcome.target(episode, 0)).isEqualTo(1);
        // Bootstrapped: position 1 belongs to the other player.
        assertThat(target(1, 1).target(EpisodeMaker.running(0, true, 0, 0), 0)).isCloseTo(-G * 1, within(1e-6));
    }

    @Test
    void lambdaMixesTheReturnsOfOneToNSteps() {
        PlayedEpisode episode = EpisodeMaker.terminated(0, false, 1, 2, 4);
        double lambda = 0.3;
        double one = 1 + G * 1;
        double two = 1 + G * 2 + G * G * 2;
        double three = 1 + G * 2 + G * G * 4;
        double expected = (1 - lambda) * one + (1 - lambda) * lambda * two + lambda * lambda * three;
        assertThat(target(9, lambda).target(episode, 0)).isCloseTo(expected, within(1e-6));
        assertThat(target(9, 0).target(episode, 0)).isCloseTo(one, within(1e-6));
    }
}
