package io.ponder.examples.tuning;

import io.ponder.engine.Checks;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.Evaluation;
import io.ponder.examples.comparison.Task;
import io.ponder.planners.evolution.CmaEs;
import io.ponder.planners.evolution.EvolutionStrategy;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Searches the numbers of a planner with CMA-ES: a point's cost is the negative mean return on a few starts, the same ones for every point;
 * places outside the ranges are moved to their ends and cost a little more. A generation is evaluated in parallel in the common pool. The
 * result does not depend on the number of threads.
 */
public final class EvolutionTuner {
    /** Standard deviation of the first points, as a share of the ranges. */
    private static final double SIGMA = 0.2;
    private static final long TUNING_STREAM = 1;
    private static final long HELD_OUT_STREAM = 2;
    private static final long SEARCH_STREAM = 3;

    private final Task task;
    private final TunablePlanner planner;
    private final long seed;

    /**
     * What was found.
     *
     * @param before  values that are usual
     * @param after   values that were best on the starts of the search
     * @param returnsBefore returns on the held-out starts with the usual values
     * @param returnsAfter  returns on the same starts with the tuned ones
     */
    public record Result(double[] before, double[] after, double[] returnsBefore, double[] returnsAfter) {
        /** Returns how much better each held-out start became. */
        public double[] differences() {
            double[] out = new double[returnsAfter.length];
            for (int i = 0; i < out.length; i++) out[i] = returnsAfter[i] - returnsBefore[i];
            return out;
        }
    }

    /** Creates a tuner of a planner on a task; the seed decides starts, points and plans. */
    public EvolutionTuner(Task task, TunablePlanner planner, long seed) {
        this.task = task;
        this.planner = planner;
        this.seed = seed;
    }

    /**
     * Tunes.
     *
     * @param evaluations points to try, at least 1
     * @param starts      starts of the search, at least 1
     * @param heldOut     starts of the scores before and after, at least 1; none of them is a start of the search
     * @param news        told a line about every generation
     */
    public Result tune(int evaluations, int starts, int heldOut, Consumer<String> news) {
        Checks.positive("evaluations", evaluations);
        int n = planner.parameters().size();
        var strategy = new CmaEs(n, EvolutionStrategy.usualPopulation(n));
        double[] usual = planner.usual();
        double[] best = usual.clone();
        long[] seeds = seeds(TUNING_STREAM, starts);
        double least = -mean(returns(usual, seeds));
        news.accept("usual values: mean return " + number(-least));
        strategy.start(places(usual), SIGMA);
        int tried = 0;
        double[] points = new double[n * strategy.population()];
        for (int generation = 0; tried < evaluations; generation++) {
            int count = Math.min(strategy.population(), evaluations - tried);
            strategy.ask(CounterRandom.key(CounterRandom.key(seed, SEARCH_STREAM), generation), 0, count, points);
            double[] plain = IntStream.range(0, count).parallel().mapToDouble(k -> -mean(returns(values(points, k * n), seeds))).toArray();
            double spread = Arrays.stream(plain).max().orElse(0) - Arrays.stream(plain).min().orElse(0);
            double[] costs = new double[count];
            for (int k = 0; k < count; k++) {
                if (plain[k] < least) {
                    least = plain[k];
                    best = values(points, k * n);
                }
                costs[k] = plain[k] + spread * outside(points, k * n);
            }
            strategy.tell(count, costs);
            tried += count;
            news.accept(tried + " of " + evaluations + ": best mean return " + number(-least));
        }
        long[] others = seeds(HELD_OUT_STREAM, heldOut);
        return new Result(usual, best, returns(usual, others), returns(best, others));
    }

    private long[] seeds(long stream, int count) {
        long key = CounterRandom.key(seed, stream);
        return IntStream.range(0, Checks.positive("starts", count)).mapToLong(i -> CounterRandom.key(key, i)).toArray();
    }

    private double[] places(double[] values) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) out[i] = planner.parameters().get(i).place(values[i]);
        return out;
    }

    private double[] values(double[] points, int at) {
        double[] out = new double[planner.parameters().size()];
        for (int i = 0; i < out.length; i++) out[i] = planner.parameters().get(i).value(points[at + i]);
        return out;
    }

    /** Returns the squared distance of a point from the ranges, in deviations of the first points. */
    private double outside(double[] points, int at) {
        double sum = 0;
        for (int i = 0; i < planner.parameters().size(); i++) {
            double beyond = Math.max(0, Math.max(-points[at + i], points[at + i] - 1)) / SIGMA;
            sum += beyond * beyond;
        }
        return sum;
    }

    private double[] returns(double[] values, long[] seeds) {
        WorldModel model = task.exact().model();
        try (Planner made = planner.create(task.problem(model), values)) {
            return Evaluation.fromSeeds(task.environment().get(), seeds)
                    .score(made, model, Budget.modelSteps(planner.modelSteps()), seed)
                    .returns();
        }
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).average().orElse(Double.NaN);
    }

    /** Writes a number with four significant digits. */
    public static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
