package io.ponder.examples.arena;

import io.ponder.engine.Checks;
import io.ponder.examples.comparison.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rates agents by their games.
 *
 * <p>The model is that of Bradley and Terry (1952) on Elo's scale: agent i scores {@code 1 / (1 + 10^((r_j - r_i) / 400))} against
 * agent j. The ratings are the maximum of the posterior with a normal prior of 600 points, which keeps agents that won or lost every
 * game finite, and have mean 0. Only differences mean something. A draw counts as half a win. Intervals are bootstrap intervals
 * over the games. Immutable.
 */
public final class EloRatings {
    /** Ratings of an agent that is unlikely to be further from the mean than this, one standard deviation, before any game. */
    private static final double PRIOR_DEVIATION = 600;

    private static final double SCALE = Math.log(10) / 400;
    private static final int RESAMPLES = 300;
    private static final long SEED = 0xE10L;
    private static final int SWEEPS = 500;
    private static final double CONVERGED = 1e-3;

    private final double[] ratings;
    private final double[] low;
    private final double[] high;

    private EloRatings(double[] ratings, double[] low, double[] high) {
        this.ratings = ratings;
        this.low = low;
        this.high = high;
    }

    /** Rates {@code agents} agents by their games, in which each of them is named by its number. */
    public static EloRatings of(int agents, List<Encounter> games) {
        Checks.positive("agents", agents);
        for (Encounter game : games) {
            Checks.inRange("first", game.first(), 0, agents - 1);
            Checks.inRange("second", game.second(), 0, agents - 1);
        }
        double[] ratings = rate(agents, games);
        double[][] resampled = new double[agents][RESAMPLES];
        var random = new SplittableRandom(SEED);
        Encounter[] drawn = new Encounter[games.size()];
        for (int r = 0; r < RESAMPLES; r++) {
            for (int g = 0; g < drawn.length; g++) drawn[g] = games.get(random.nextInt(drawn.length));
            double[] sample = rate(agents, Arrays.asList(drawn));
            for (int a = 0; a < agents; a++) resampled[a][r] = sample[a];
        }
        double[] low = new double[agents];
        double[] high = new double[agents];
        for (int a = 0; a < agents; a++) {
            Arrays.sort(resampled[a]);
            low[a] = Interval.quantile(resampled[a], 0.025);
            high[a] = Interval.quantile(resampled[a], 0.975);
        }
        return new EloRatings(ratings, low, high);
    }

    /** Climbs the posterior, one agent at a time, by Newton's method: it is concave, so this finds its maximum. */
    private static double[] rate(int agents, List<Encounter> games) {
        double[][] played = new double[agents][agents];
        double[] scored = new double[agents];
        for (Encounter game : games) {
            played[game.first()][game.second()]++;
            played[game.second()][game.first()]++;
            scored[game.first()] += game.score();
            scored[game.second()] += 1 - game.score();
        }
        double[] ratings = new double[agents];
        double largest = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < SWEEPS && largest > CONVERGED; sweep++) {
            largest = 0;
            for (int a = 0; a < agents; a++) {
                double step = newtonStep(ratings, a, played[a], scored[a]);
                ratings[a] += step;
                largest = Math.max(largest, Math.abs(step));
            }
        }
        double mean = Arrays.stream(ratings).average().orElse(0);
        for (int a = 0; a < agents; a++) ratings[a] -= mean;
        return ratings;
    }

    private static double newtonStep(double[] ratings, int agent, double[] played, double scored) {
        double precision = 1 / (PRIOR_DEVIATION * PRIOR_DEVIATION);
        double slope = SCALE * scored - precision * ratings[agent];
        double curvature = precision;
        for (int other = 0; other < ratings.length; other++) {
            if (played[other] == 0) continue;
            double expected = expectedScore(ratings[agent], ratings[other]);
            slope -= SCALE * played[other] * expected;
            curvature += SCALE * SCALE * played[other] * expected * (1 - expected);
        }
        return Math.max(-400, Math.min(400, slope / curvature));
    }

    /** Returns what an agent of rating {@code own} scores on average against one of rating {@code other}. */
    public static double expectedScore(double own, double other) {
        return 1 / (1 + Math.exp(SCALE * (other - own)));
    }

    /** Returns the rating of an agent; the mean over all agents is 0. */
    public double rating(int agent) {
        return ratings[agent];
    }

    /** Returns the lower end of the 95 % interval of a rating. */
    public double low(int agent) {
        return low[agent];
    }

    /** Returns the upper end of the 95 % interval of a rating. */
    public double high(int agent) {
        return high[agent];
    }
}
