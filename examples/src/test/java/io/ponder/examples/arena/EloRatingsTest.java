package io.ponder.examples.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EloRatingsTest {
    /** The prior pulls a difference of 191 points after 400 games by less than a point. */
    private static final Offset<Double> ONE_POINT = Offset.offset(1.0);

    /** What 10 000 draws leave open of the end of an interval, as a share of its width. */
    private static final double SAMPLING = 0.04;

    private static final int GRID = 400_000;
    private static final double WIDEST = 4000;

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

    @ParameterizedTest
    @CsvSource({"20, 0, 0", "0, 0, 20", "0, 20, 0", "0, 2, 0", "13, 5, 2", "1500, 0, 500"})
    void intervalsOfTwoAgentsAreThoseOfTheIntegratedPosterior(int wins, int draws, int losses) {
        List<Encounter> games = new ArrayList<>();
        add(games, 0, 1, wins, draws, losses);
        EloRatings ratings = EloRatings.of(2, games);

        double[] difference = new double[GRID];
        double[] weight = new double[GRID];
        double won = wins + 0.5 * draws;
        for (int i = 0; i < GRID; i++) {
            difference[i] = -WIDEST + 2 * WIDEST * (i + 0.5) / GRID;
            weight[i] = Math.exp(logPosterior(difference[i], won, wins + draws + losses) - logPosterior(ratings.rating(0) * 2, won, wins + draws + losses));
        }
        double low = quantile(difference, weight, 0.025) / 2;
        double high = quantile(difference, weight, 0.975) / 2;
        Offset<Double> near = Offset.offset(SAMPLING * (high - low));
        assertThat(ratings.low(0)).isCloseTo(low, near);
        assertThat(ratings.high(0)).isCloseTo(high, near);
        assertThat(ratings.low(1)).isCloseTo(-high, near);
        assertThat(ratings.high(1)).isCloseTo(-low, near);
        assertThat(ratings.rating(0)).isBetween(low, high);
    }

    @Test
    void intervalsOfThreeAgentsAreThoseOfTheIntegratedPosterior() {
        List<Encounter> games = new ArrayList<>();
        add(games, 0, 1, 6, 0, 0);
        add(games, 1, 2, 3, 2, 1);
        add(games, 2, 0, 1, 0, 9);
        EloRatings ratings = EloRatings.of(3, games);

        int side = 1200;
        double[] first = new double[side * side];
        double[] weight = new double[side * side];
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                double toSecond = -WIDEST + 2 * WIDEST * (i + 0.5) / side;
                double toThird = -WIDEST + 2 * WIDEST * (j + 0.5) / side;
                first[i * side + j] = (toSecond + toThird) / 3;
                weight[i * side + j] = Math.exp(
                        logPosterior(toSecond, 6, 6) + logPosterior(toThird - toSecond, 4, 6) + logPosterior(toThird, 9, 10));
            }
        }
        double low = quantile(first, weight, 0.025);
        double high = quantile(first, weight, 0.975);
        Offset<Double> near = Offset.offset(SAMPLING * (high - low));
        assertThat(ratings.low(0)).isCloseTo(low, near);
        assertThat(ratings.high(0)).isCloseTo(high, near);
    }

    private static void add(List<Encounter> games, int first, int second, int wins, int draws, int losses) {
        for (int i = 0; i < wins; i++) games.add(new Encounter(first, second, 1));
        for (int i = 0; i < draws; i++) games.add(new Encounter(second, first, 0.5));
        for (int i = 0; i < losses; i++) games.add(new Encounter(second, first, 1));
    }

    /** Half a win and half a loss more than was played, of a difference in Elo that may be anything. */
    private static double logPosterior(double difference, double won, double played) {
        double expected = 1 / (1 + Math.pow(10, -difference / 400));
        return (won + 0.5) * Math.log(expected) + (played - won + 0.5) * Math.log1p(-expected);
    }

    private static double quantile(double[] values, double[] weights, double q) {
        Integer[] order = new Integer[values.length];
        for (int i = 0; i < order.length; i++) order[i] = i;
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double left = q * Arrays.stream(weights).sum();
        for (int i : order) {
            left -= weights[i];
            if (left <= 0) return values[i];
        }
        return values[order[order.length - 1]];
    }

    @Test
    void moreWinsRaiseTheLowerEndAndTheOrderOfTheAgentsDoesNotMatter() {
        double low = Double.NEGATIVE_INFINITY;
        for (int count : new int[] {2, 20, 200}) {
            List<Encounter> games = new ArrayList<>();
            List<Encounter> swapped = new ArrayList<>();
            add(games, 0, 1, count, 0, 0);
            add(swapped, 1, 0, count, 0, 0);
            EloRatings ratings = EloRatings.of(2, games);
            assertThat(EloRatings.of(2, swapped).rating(1)).isCloseTo(ratings.rating(0), Offset.offset(1e-2));
            assertThat(ratings.low(0)).isGreaterThan(low + 100);
            assertThat(ratings.high(0)).isGreaterThan(ratings.rating(0) + 100);
            low = ratings.low(0);
        }
    }

    @Test
    void withoutAGameNothingIsKnown() {
        EloRatings ratings = EloRatings.of(3, List.of());
        for (int a = 0; a < 3; a++) {
            assertThat(ratings.rating(a)).isZero();
            assertThat(ratings.low(a)).isLessThan(-300);
            assertThat(ratings.high(a)).isGreaterThan(300);
        }
        assertThat(EloRatings.of(1, List.of()).high(0)).isZero();
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
