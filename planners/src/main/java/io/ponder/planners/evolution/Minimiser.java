package io.ponder.planners.evolution;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.CounterRandom;
import java.util.function.ToDoubleFunction;

/**
 * Minimises a function with an {@link EvolutionStrategy}: asks, evaluates one point after the other, tells, until the cost is low enough
 * or the evaluations are used up. A search whose deviations have all but vanished stops too. Thread-safe where the function is; one
 * strategy serves one search at a time.
 */
public final class Minimiser {
    /** Share of the first deviation below which nothing moves any more. */
    private static final double VANISHED = 1e-16;

    private Minimiser() {}

    /**
     * What was found.
     *
     * @param point       {@code [n]} the best point seen
     * @param cost        its cost
     * @param evaluations points evaluated up to and with the first one whose cost reached the target, or all of them
     * @param reached     whether the target was reached
     */
    public record Minimum(double[] point, double cost, long evaluations, boolean reached) {}

    /**
     * Searches.
     *
     * @param function       returns the cost of a point; it must not keep the array
     * @param start          {@code [n]} where the search begins. Not modified.
     * @param sigma          standard deviation of every variable at the start
     * @param seed           seed of the random numbers
     * @param target         cost at which the search ends
     * @param mostEvaluations evaluations after which it ends, at least 1
     */
    public static Minimum minimise(
            EvolutionStrategy strategy, ToDoubleFunction<double[]> function, double[] start, double sigma, long seed, double target,
            long mostEvaluations) {
        if (mostEvaluations < 1) throw new IllegalArgumentException("mostEvaluations is " + mostEvaluations + ", but it must be at least 1.");
        int n = Checks.same("length of start", start.length, "dimension", strategy.dimension());
        double[] points = new double[n * strategy.population()];
        double[] costs = new double[strategy.population()];
        double[] point = new double[n];
        double[] best = start.clone();
        double least = Double.POSITIVE_INFINITY;
        long evaluations = 0;
        strategy.start(start, sigma);
        for (int generation = 0; ; generation++) {
            int count = (int) Math.min(strategy.population(), mostEvaluations - evaluations);
            strategy.ask(CounterRandom.key(seed, generation), 0, count, points);
            for (int k = 0; k < count; k++) {
                System.arraycopy(points, k * n, point, 0, n);
                costs[k] = function.applyAsDouble(point);
                evaluations++;
                if (!(costs[k] < least)) continue;
                least = costs[k];
                System.arraycopy(points, k * n, best, 0, n);
                if (least <= target) return new Minimum(best, least, evaluations, true);
            }
            if (evaluations >= mostEvaluations) return new Minimum(best, least, evaluations, false);
            strategy.tell(count, costs);
            double widest = 0;
            for (int i = 0; i < n; i++) widest = Math.max(widest, strategy.deviation(i));
            if (!(widest > VANISHED * sigma)) return new Minimum(best, least, evaluations, false);
        }
    }
}
