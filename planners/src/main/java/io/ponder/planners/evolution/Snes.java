package io.ponder.planners.evolution;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Separable natural evolution strategy: follows the natural gradient of the expected utility of the ranks, with one deviation a
 * variable and no memory of earlier steps.
 *
 * <p>Utilities are {@code max(0, ln(m/2 + 1) - ln rank)}, normalised, minus {@code 1/m}; the mean moves by {@code d sum u z}, and every
 * deviation is multiplied by {@code exp(rate/2 sum u (z^2 - 1))} with rate {@code (3 + ln n) / (5 sqrt n)}.
 *
 * <p>Source: Wierstra, Schaul, Glasmachers, Sun, Peters and Schmidhuber 2014, Natural evolution strategies, algorithm 6.
 */
public final class Snes implements EvolutionStrategy {
    private final int n;
    private final int population;
    private final StandardNormals normals;
    private final Ranking ranking;
    private final double[] utility;
    private final double rate;
    private final double[] mean;
    private final double[] deviation;
    private final double[] slope;
    private final double[] curvature;
    private double effective;

    /**
     * Creates the strategy.
     *
     * @param dimension  variables n, at least 1
     * @param population points of a generation, at least 2
     */
    public Snes(int dimension, int population) {
        n = Checks.positive("dimension", dimension);
        this.population = Checks.inRange("population", population, 2, 1_000_000);
        normals = new StandardNormals(n, population);
        ranking = new Ranking(population);
        utility = new double[population];
        rate = (3 + Math.log(n)) / (5 * Math.sqrt(n));
        mean = new double[n];
        deviation = new double[n];
        slope = new double[n];
        curvature = new double[n];
        start(mean, 1);
    }

    @Override
    public String name() {
        return "snes";
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
        Arrays.fill(deviation, Checks.positive("sigma", newSigma));
    }

    @Override
    public void ask(long key, int first, int count, double[] points) {
        normals.fill(key, first, count);
        float[] z = normals.values();
        for (int k = first; k < first + count; k++) {
            int at = k * n;
            for (int i = 0; i < n; i++) points[at + i] = mean[i] + deviation[i] * z[at + i];
        }
    }

    @Override
    public void tell(int count, double[] costs) {
        ranking.sort(Checks.inRange("count", count, 1, population), costs);
        double sum = 0;
        double squares = 0;
        for (int r = 0; r < count; r++) {
            utility[r] = Math.max(0, Math.log(count / 2.0 + 1) - Math.log(r + 1));
            sum += utility[r];
            squares += utility[r] * utility[r];
        }
        effective = sum * sum / squares;
        Arrays.fill(slope, 0);
        Arrays.fill(curvature, 0);
        float[] z = normals.values();
        for (int r = 0; r < count; r++) {
            double u = utility[r] / sum - 1.0 / count;
            int at = ranking.at(r) * n;
            for (int i = 0; i < n; i++) {
                double weighted = u * z[at + i];
                slope[i] += weighted;
                curvature[i] += weighted * z[at + i];
            }
        }
        for (int i = 0; i < n; i++) {
            mean[i] += deviation[i] * slope[i];
            // Utilities sum to 0, so that the curvature needs no minus 1.
            deviation[i] *= Math.exp(0.5 * rate * curvature[i]);
        }
    }

    @Override
    public double mean(int i) {
        return mean[i];
    }

    @Override
    public double deviation(int i) {
        return deviation[i];
    }

    @Override
    public double effectiveSize() {
        return effective;
    }
}
