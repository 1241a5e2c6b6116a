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
 * agent j. A draw counts as half a win, and games as independent. Before any game nothing is known of an agent; each pair has half a
 * win and half a loss beside what it played, for two agents Jeffreys' prior of a proportion (1946), which keeps an agent that won or
 * lost every game finite and its interval wide (Brown, Cai and DasGupta 2001). Ratings are the maximum of the posterior, with mean 0:
 * only differences mean something. Intervals hold 95 % of the posterior, drawn by the Gibbs sampler of Caron and Doucet (2012).
 * Immutable.
 */
public final class EloRatings {
    /** Wins, and as many losses, that every pair has before its first game. */
    private static final double PRIOR_WINS = 0.5;

    private static final double SCALE = Math.log(10) / 400;
    private static final int FORGOTTEN = 500;
    private static final int DRAWS = 10_000;
    private static final long SEED = 0xE10L;
    private static final int SWEEPS = 10_000;
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
        double[][] played = new double[agents][agents];
        double[] scored = new double[agents];
        for (int a = 0; a < agents; a++) {
            Arrays.fill(played[a], 2 * PRIOR_WINS);
            played[a][a] = 0;
            scored[a] = (agents - 1) * PRIOR_WINS;
        }
        for (Encounter game : games) {
            Checks.inRange("first", game.first(), 0, agents - 1);
            Checks.inRange("second", game.second(), 0, agents - 1);
            played[game.first()][game.second()]++;
            played[game.second()][game.first()]++;
            scored[game.first()] += game.score();
            scored[game.second()] += 1 - game.score();
        }
        double[] ratings = likeliest(played, scored);
        double[][] drawn = draw(ratings, played, scored);
        double[] low = new double[agents];
        double[] high = new double[agents];
        for (int a = 0; a < agents; a++) {
            Arrays.sort(drawn[a]);
            low[a] = Interval.quantile(drawn[a], 0.025);
            high[a] = Interval.quantile(drawn[a], 0.975);
        }
        return new EloRatings(ratings, low, high);
    }

    /** Climbs the posterior, one agent at a time, by Newton's method: it is concave, so this finds its maximum. */
    private static double[] likeliest(double[][] played, double[] scored) {
        double[] ratings = new double[scored.length];
        double largest = scored.length > 1 ? Double.POSITIVE_INFINITY : 0;
        for (int sweep = 0; sweep < SWEEPS && largest > CONVERGED; sweep++) {
            largest = 0;
            for (int a = 0; a < ratings.length; a++) {
                double step = newtonStep(ratings, a, played[a], scored[a]);
                ratings[a] += step;
                largest = Math.max(largest, Math.abs(step));
            }
        }
        centre(ratings);
        return ratings;
    }

    private static double newtonStep(double[] ratings, int agent, double[] played, double scored) {
        double slope = SCALE * scored;
        double curvature = 0;
        for (int other = 0; other < ratings.length; other++) {
            if (played[other] == 0) continue;
            double expected = expectedScore(ratings[agent], ratings[other]);
            slope -= SCALE * played[other] * expected;
            curvature += SCALE * SCALE * played[other] * expected * (1 - expected);
        }
        return Math.max(-400, Math.min(400, slope / curvature));
    }

    /**
     * Draws ratings {@code [agents][DRAWS]} from the posterior. The strength of an agent is {@code 10^(r / 400)}: of two agents that run
     * towards a win with their strengths as rates, the first to arrive wins. Given the strengths, the time that a pair's games took is a
     * gamma variable, and given all times so is a strength.
     */
    private static double[][] draw(double[] start, double[][] played, double[] scored) {
        int agents = start.length;
        double[][] drawn = new double[agents][DRAWS];
        double[] strength = new double[agents];
        double[] rating = start.clone();
        double[] time = new double[agents];
        var random = new SplittableRandom(SEED);
        for (int draw = -FORGOTTEN; draw < DRAWS; draw++) {
            for (int a = 0; a < agents; a++) strength[a] = Math.exp(SCALE * rating[a]);
            Arrays.fill(time, 0);
            for (int a = 0; a < agents; a++) {
                for (int b = a + 1; b < agents; b++) {
                    double taken = Math.exp(logGamma(played[a][b], random)) / (strength[a] + strength[b]);
                    time[a] += taken;
                    time[b] += taken;
                }
            }
            for (int a = 0; a < agents; a++) rating[a] = agents == 1 ? 0 : (logGamma(scored[a], random) - Math.log(time[a])) / SCALE;
            centre(rating);
            if (draw >= 0) for (int a = 0; a < agents; a++) drawn[a][draw] = rating[a];
        }
        return drawn;
    }

    /** Returns the logarithm of a gamma variable (Marsaglia and Tsang 2000), which stays finite where a small shape makes the variable 0. */
    private static double logGamma(double shape, SplittableRandom random) {
        if (shape < 1) return logGamma(shape + 1, random) + Math.log(1 - random.nextDouble()) / shape;
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
        }
    }

    private static void centre(double[] ratings) {
        double mean = Arrays.stream(ratings).average().orElse(0);
        for (int a = 0; a < ratings.length; a++) ratings[a] -= mean;
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
