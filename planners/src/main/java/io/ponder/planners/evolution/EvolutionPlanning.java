package io.ponder.planners.evolution;

import io.ponder.engine.plan.Problem;
import io.ponder.planners.Execution;
import io.ponder.planners.Population;
import io.ponder.planners.SamplingPlanner;
import io.ponder.planners.SearchDistribution;
import io.ponder.planners.SearchSize;
import java.util.Arrays;

/**
 * Plans with an {@link EvolutionStrategy}: the variables are the entries of a sequence as distances from the warm start, in halves of
 * the range of an action, and every call is a search of its own.
 *
 * <p>A candidate is clipped to the bounds before it is rolled out, while the strategy learns from the point as it was, plus a penalty:
 * twice the interquartile range of the costs times the mean square of what was clipped, in deviations of the entry. The normals are
 * those of the row's key, drawn by the strategy; a noise source of the execution is not asked. Source of the penalty: Hansen,
 * Niederberger, Guzzella and Koumoutsakos 2009, A method for handling uncertainty in evolutionary optimization, section IV-B.
 */
public final class EvolutionPlanning implements SearchDistribution {
    /** Makes the strategy of one row. */
    @FunctionalInterface
    public interface Maker {
        /** Returns a new strategy for {@code dimension} variables and {@code population} points a generation. */
        EvolutionStrategy make(int dimension, int population);
    }

    private final EvolutionParameters parameters;
    private final SearchSize size;
    private final EvolutionStrategy[] strategies;
    private final double[][] points;
    private final float[][] base;
    private final double[] origin;
    private final double[] costs;
    private final double[] inverseVariance;
    private final Ranking ranking;

    /** Creates the distribution for {@code rows} environments of a problem. */
    public EvolutionPlanning(EvolutionParameters parameters, Maker maker, Problem problem, int rows) {
        this.parameters = parameters;
        int length = Math.multiplyExact(parameters.horizon(), problem.actionSize());
        size = new SearchSize(
                parameters.horizon(), parameters.iterations(), parameters.candidates(), Math.max(1, parameters.candidates() / 4));
        strategies = new EvolutionStrategy[rows];
        for (int b = 0; b < rows; b++) strategies[b] = maker.make(length, parameters.candidates());
        points = new double[rows][Math.multiplyExact(length, parameters.candidates())];
        base = new float[rows][length];
        origin = new double[length];
        costs = new double[parameters.candidates()];
        inverseVariance = new double[length];
        ranking = new Ranking(parameters.candidates());
    }

    /** Returns a planner; {@code maker} is the constructor of a strategy, such as {@code CmaEs::new}. */
    public static SamplingPlanner planner(Problem problem, EvolutionParameters parameters, Maker maker, Execution execution) {
        return new SamplingPlanner(problem, new EvolutionPlanning(parameters, maker, problem, execution.rows()), execution);
    }

    @Override
    public String name() {
        return strategies[0].name();
    }

    @Override
    public SearchSize size() {
        return size;
    }

    @Override
    public void init(Population population, int row) {
        System.arraycopy(population.mean(row), 0, base[row], 0, population.length());
        strategies[row].start(origin, parameters.deviation());
    }

    @Override
    public void sample(Population population, int row, int first, int count) {
        strategies[row].ask(population.key(row), first, count, points[row]);
        int n = population.length();
        float[] x = population.sequences();
        for (int i = 0; i < n; i++) {
            int at = population.at(row, i);
            float center = base[row][i];
            float scale = population.halfRange(i);
            for (int k = first; k < first + count; k++) {
                x[at + k] = Math.max(population.low(i), Math.min(population.high(i), (float) (center + scale * points[row][k * n + i])));
            }
        }
    }

    @Override
    public void update(Population population, int row) {
        int count = population.size();
        int from = population.costAt(row);
        for (int k = 0; k < count; k++) costs[k] = population.costs()[from + k];
        punish(population, row, count);
        EvolutionStrategy strategy = strategies[row];
        strategy.tell(count, costs);
        population.effectiveSampleSize(row, strategy.effectiveSize());
        float[] mean = population.mean(row);
        for (int i = 0; i < mean.length; i++) {
            double value = base[row][i] + population.halfRange(i) * strategy.mean(i);
            mean[i] = (float) Math.max(population.low(i), Math.min(population.high(i), value));
        }
    }

    /** Adds the price of what was clipped. */
    private void punish(Population population, int row, int count) {
        ranking.sort(count, costs);
        int finite = population.finite(row);
        double range = costs[ranking.at(Math.max(0, 3 * finite / 4 - 1))] - costs[ranking.at(finite / 4)];
        if (!(range > 0)) return;
        int n = population.length();
        Arrays.fill(inverseVariance, 0);
        for (int i = 0; i < n; i++) {
            double deviation = strategies[row].deviation(i);
            inverseVariance[i] = 1 / (deviation * deviation);
        }
        for (int k = 0; k < count; k++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double point = points[row][k * n + i];
                double value = base[row][i] + population.halfRange(i) * point;
                double outside = Math.max(0, value - population.high(i)) + Math.max(0, population.low(i) - value);
                if (outside > 0) sum += outside * outside / square(population.halfRange(i)) * inverseVariance[i];
            }
            costs[k] += 2 * range * sum / n;
        }
    }

    private static double square(double x) {
        return x * x;
    }
}
