package io.ponder.planners.evolution;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Limited-memory matrix adaptation: an evolution strategy that learns {@code 4 + floor(3 ln n)} directions instead of a whole matrix, at
 * a cost of n ln n a point. For a thousand variables and more, such as the weights of a small policy.
 *
 * <p>A point is {@code m + sigma d}, d a standard normal z to which each direction t gives {@code d = (1 - c) d + c t (t'd)}; directions
 * follow the mean step at rates that fall fourfold from one to the next. Made for populations well below n.
 *
 * <p>Source: Loshchilov, Glasmachers and Beyer 2017, Limited-memory matrix adaptation for large scale black-box optimization, algorithm 1.
 */
public final class LmMaEs implements EvolutionStrategy {
    private final int n;
    private final int population;
    private final int directions;
    private final StandardNormals normals;
    private final Ranking ranking;
    private final Recombination weights;
    private final double[] mean;
    private final double[] steps;
    private final double[] path;
    private final double[] meanNormal;
    private final double[][] direction;
    private final double[] rateOfDirection;
    private final double[] shareOfDirection;
    private final double ratePath;
    private double sigma;
    private int generation;

    /**
     * Creates the strategy.
     *
     * @param dimension  variables n, at least 1
     * @param population points of a generation, at least 2; rates are capped where it is not well below n
     */
    public LmMaEs(int dimension, int population) {
        n = Checks.positive("dimension", dimension);
        this.population = Checks.inRange("population", population, 2, 1_000_000);
        directions = EvolutionStrategy.usualPopulation(n);
        normals = new StandardNormals(n, population);
        ranking = new Ranking(population);
        weights = new Recombination(population);
        mean = new double[n];
        steps = new double[Math.multiplyExact(n, population)];
        path = new double[n];
        meanNormal = new double[n];
        direction = new double[directions][n];
        rateOfDirection = new double[directions];
        shareOfDirection = new double[directions];
        int memory = Math.min(population, EvolutionStrategy.usualPopulation(n));
        for (int j = 0; j < directions; j++) {
            shareOfDirection[j] = Math.min(0.9, 1 / (Math.pow(1.5, j) * n));
            rateOfDirection[j] = Math.min(0.9, memory / (Math.pow(4, j) * n));
        }
        ratePath = Math.min(0.9, 2.0 * memory / n);
        start(mean, 1);
    }

    @Override
    public String name() {
        return "lm-ma-es";
    }

    @Override
    public int dimension() {
        return n;
    }

    @Override
    public int population() {
        return population;
    }

    @Override
    public void start(double[] newMean, double newSigma) {
        Checks.same("length of mean", newMean.length, "dimension", n);
        System.arraycopy(newMean, 0, mean, 0, n);
        sigma = Checks.positive("sigma", newSigma);
        Arrays.fill(path, 0);
        for (double[] t : direction) Arrays.fill(t, 0);
        generation = 0;
    }

    @Override
    public void ask(long key, int first, int count, double[] points) {
        normals.fill(key, first, count);
        for (int k = first; k < first + count; k++) {
            int at = k * n;
            for (int i = 0; i < n; i++) steps[at + i] = normals.values()[at + i];
            for (int j = 0; j < Math.min(generation, directions); j++) bend(at, direction[j], shareOfDirection[j]);
            for (int i = 0; i < n; i++) points[at + i] = mean[i] + sigma * steps[at + i];
        }
    }

    private void bend(int at, double[] t, double share) {
        double along = 0;
        for (int i = 0; i < n; i++) along += t[i] * steps[at + i];
        double taken = share * along;
        for (int i = 0; i < n; i++) steps[at + i] = (1 - share) * steps[at + i] + taken * t[i];
    }

    @Override
    public void tell(int count, double[] costs) {
        weights.resize(Checks.inRange("count", count, 1, population));
        ranking.sort(count, costs);
        Arrays.fill(meanNormal, 0);
        for (int r = 0; r < weights.parents(); r++) {
            int at = ranking.at(r) * n;
            double w = weights.weight(r);
            for (int i = 0; i < n; i++) {
                mean[i] += sigma * w * steps[at + i];
                meanNormal[i] += w * normals.values()[at + i];
            }
        }
        double squares = 0;
        double taken = Math.sqrt(weights.effective() * ratePath * (2 - ratePath));
        for (int i = 0; i < n; i++) {
            path[i] = (1 - ratePath) * path[i] + taken * meanNormal[i];
            squares += path[i] * path[i];
        }
        for (int j = 0; j < directions; j++) {
            double rate = rateOfDirection[j];
            double share = Math.sqrt(weights.effective() * rate * (2 - rate));
            double[] t = direction[j];
            for (int i = 0; i < n; i++) t[i] = (1 - rate) * t[i] + share * meanNormal[i];
        }
        sigma *= Math.exp(ratePath / 2 * (squares / n - 1));
        generation++;
    }

    @Override
    public double mean(int i) {
        return mean[i];
    }

    /** Returns the common step size: what the directions add is not counted. */
    @Override
    public double deviation(int i) {
        return sigma;
    }

    @Override
    public double effectiveSize() {
        return weights.effective();
    }
}
