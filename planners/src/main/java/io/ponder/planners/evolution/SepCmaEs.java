package io.ponder.planners.evolution;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * The evolution strategy with a diagonal covariance: {@link CmaEs} that adapts the deviation of every variable and no correlation, at a
 * cost that grows with n alone and with a learning rate {@code (n + 2) / 3} times as large. For some hundred variables, and for
 * functions that do not mix them much.
 *
 * <p>Source: Ros and Hansen 2008, A simple modification in CMA-ES achieving linear time and space complexity.
 */
public final class SepCmaEs implements EvolutionStrategy {
    private final int n;
    private final int population;
    private final StandardNormals normals;
    private final Ranking ranking;
    private final Recombination weights;
    private final double normalLength;
    private final double[] mean;
    private final double[] deviation;
    private final double[] sigmaPath;
    private final double[] covariancePath;
    private final double[] meanNormal;
    private final double[] meanSquare;
    private double sigma;
    private int generation;
    private double rateSigma;
    private double damping;
    private double ratePath;
    private double rateCovariance;

    /**
     * Creates the strategy.
     *
     * @param dimension  variables n, at least 1
     * @param population points of a generation, at least 2
     */
    public SepCmaEs(int dimension, int population) {
        n = Checks.positive("dimension", dimension);
        this.population = Checks.inRange("population", population, 2, 1_000_000);
        normals = new StandardNormals(n, population);
        ranking = new Ranking(population);
        weights = new Recombination(population);
        normalLength = Recombination.normalLength(n);
        mean = new double[n];
        deviation = new double[n];
        sigmaPath = new double[n];
        covariancePath = new double[n];
        meanNormal = new double[n];
        meanSquare = new double[n];
        setRates();
        start(mean, 1);
    }

    @Override
    public String name() {
        return "sep-cma-es";
    }

    @Override
    public int dimension() {
        return n;
    }

    @Override
    public int population() {
        return population;
    }

    private void setRates() {
        double effective = weights.effective();
        rateSigma = (effective + 2) / (n + effective + 3);
        damping = 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + rateSigma;
        ratePath = 4 / (n + 4.0);
        double one = 2 / ((n + Math.sqrt(2)) * (n + Math.sqrt(2))) / effective;
        double mu = (1 - 1 / effective) * Math.min(1, (2 * effective - 1) / ((n + 2.0) * (n + 2.0) + effective));
        rateCovariance = Math.min(1, (one + mu) * (n + 2) / 3);
    }

    @Override
    public void start(double[] newMean, double newSigma) {
        Checks.same("length of mean", newMean.length, "dimension", n);
        System.arraycopy(newMean, 0, mean, 0, n);
        sigma = Checks.positive("sigma", newSigma);
        Arrays.fill(deviation, 1);
        Arrays.fill(sigmaPath, 0);
        Arrays.fill(covariancePath, 0);
        generation = 0;
    }

    @Override
    public void ask(long key, int first, int count, double[] points) {
        normals.fill(key, first, count);
        float[] z = normals.values();
        for (int k = first; k < first + count; k++) {
            int at = k * n;
            for (int i = 0; i < n; i++) points[at + i] = mean[i] + sigma * deviation[i] * z[at + i];
        }
    }

    @Override
    public void tell(int count, double[] costs) {
        if (weights.resize(Checks.inRange("count", count, 1, population))) setRates();
        ranking.sort(count, costs);
        average();
        double taken = Math.sqrt(rateSigma * (2 - rateSigma) * weights.effective());
        for (int i = 0; i < n; i++) {
            mean[i] += sigma * deviation[i] * meanNormal[i];
            sigmaPath[i] = (1 - rateSigma) * sigmaPath[i] + taken * meanNormal[i];
        }
        double length = length(sigmaPath);
        double expected = Math.sqrt(1 - Math.pow(1 - rateSigma, 2.0 * (generation + 1))) * normalLength;
        boolean steady = length < (1.4 + 2.0 / (n + 1)) * expected;
        adapt(steady ? Math.sqrt(ratePath * (2 - ratePath) * weights.effective()) : 0);
        sigma *= Math.exp(rateSigma / damping * (length / normalLength - 1));
        generation++;
    }

    private void average() {
        Arrays.fill(meanNormal, 0);
        Arrays.fill(meanSquare, 0);
        float[] z = normals.values();
        for (int r = 0; r < weights.parents(); r++) {
            int at = ranking.at(r) * n;
            double w = weights.weight(r);
            for (int i = 0; i < n; i++) {
                double weighted = w * z[at + i];
                meanNormal[i] += weighted;
                meanSquare[i] += weighted * z[at + i];
            }
        }
    }

    private void adapt(double followed) {
        double one = rateCovariance / weights.effective();
        double mu = rateCovariance - one;
        for (int i = 0; i < n; i++) {
            double d = deviation[i];
            double p = (1 - ratePath) * covariancePath[i] + followed * d * meanNormal[i];
            covariancePath[i] = p;
            deviation[i] = Math.sqrt((1 - rateCovariance) * d * d + one * p * p + mu * meanSquare[i] * d * d);
        }
    }

    private static double length(double[] x) {
        double sum = 0;
        for (double v : x) sum += v * v;
        return Math.sqrt(sum);
    }

    @Override
    public double mean(int i) {
        return mean[i];
    }

    @Override
    public double deviation(int i) {
        return sigma * deviation[i];
    }

    @Override
    public double effectiveSize() {
        return weights.effective();
    }
}
