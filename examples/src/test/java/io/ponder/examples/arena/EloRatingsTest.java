package io.ponder.examples.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EloRatingsTest {
    /** The prior pulls a difference of 191 points after 400 games by less than a point. */
    private static final Offset<Double> ONE_POINT = Offset.offset(1.0);

    @Test
    void threeQuartersOfThePointsAre191Points() {
        List<Encounter> games = new ArrayList<>();
        for (int i = 0; i < 4000; i++) games.add(i % 2 == 0 ? new Encounter(0, 1, i % 8 == 0 ? 0 : 1) : new Encounter(1, 0, i % 8 == 1 ? 1 : 0));
        EloRatings ratings = EloRatings.of(2, games);
        // Exactly 400 log10(3).
        assertThat(ratings.rating(0) - ratings.rating(1)).isCloseTo(400 * Math.log10(3), ONE_POINT);
        assertThat(ratings.rating(0) + ratings.rating(1)).isCloseTo(0, Offset.offset(1e-9));
    }

    @Test
    void recoversKnownRatingsWithinTheirIntervals() {
        double[] truth = {-300, -100, 50, 350};
        var random = new SplittableRandom(5);
        List<Encounter> games = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            int first = random.nextInt(4);
            int second = (first + 1 + random.nextInt(3)) % 4;
            games.add(new Encounter(first, second, random.nextDouble() < EloRatings.expectedScore(truth[first], truth[second]) ? 1 : 0));
        }
        EloRatings ratings = EloRatings.of(4, games);
        for (int a = 0; a < 4; a++) {
            assertThat(truth[a]).isBetween(ratings.low(a) - 10, ratings.high(a) + 10);
            assertThat(ratings.high(a) - ratings.low(a)).isBetween(5.0, 60.0);
        }
    }

    @Test
    void whoWonEveryGameIsRatedFinitely() {
        List<Encounter> games = new ArrayList<>();
        for (int i = 0; i < 20; i++) games.add(new Encounter(0, 1, 1));
        EloRatings ratings = EloRatings.of(2, games);
        assertThat(ratings.rating(0) - ratings.rating(1)).isBetween(300.0, 2000.0);
    }

    @Test
    void drawsOnlyMeanEqualStrength() {
        EloRatings ratings = EloRatings.of(2, List.of(new Encounter(0, 1, 0.5), new Encounter(1, 0, 0.5)));
        assertThat(ratings.rating(0)).isCloseTo(0, Offset.offset(1e-6));
    }

    @Test
    void refusesAgentsThatDoNotExistAndScoresBeyondOne() {
        assertThatThrownBy(() -> EloRatings.of(2, List.of(new Encounter(0, 2, 1)))).hasMessageContaining("second is 2");
        assertThatThrownBy(() -> new Encounter(0, 1, 1.5)).hasMessageContaining("score is 1.5");
        assertThatThrownBy(() -> new Encounter(1, 1, 1)).hasMessageContaining("cannot play itself");
    }
}
