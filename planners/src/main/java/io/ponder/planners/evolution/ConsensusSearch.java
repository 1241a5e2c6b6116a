package io.ponder.planners.evolution;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Consensus-based optimisation: particles drift towards their average, weighted by {@code exp(-alpha cost)}, with noise in proportion to
 * their distance from it in every variable.
 *
 * <p>Particles are {@code x = x - drift dt (x - c) + noise sqrt(dt) (x - c) z}. Costs are divided by the distance from the best to the
 * best quarter in each generation, so that alpha has no unit. It is meant for few variables and sparse rewards; it is no match for the others where there is a slope.
 *
 * <p>Source: Pinnau, Totzeck, Tse and Martin 2017, A consensus-based model for global optimization, with the componentwise noise of
 * Carrillo, Jin, Li and Zhu 2021.
 */
public final class ConsensusSearch implements EvolutionStrategy {
    private static final double ALPHA = 30;
    private static final double DRIFT = 1;
    private static final double NOISE = 0.7;
    private static final double USUAL_TIME_STEP = 0.1;

    private final int n;
    private final int population;
    private final double timeStep;
    private final StandardNormals normals;
    private final double[] particles;
    private final double[] proposed;
    private final Ranking ranking;
    private final double[] mean;
    private final double[] spread;
    private boolean scattered;
    private double effective;

    /** Creates particles that move by time steps of 0.1. */
    public ConsensusSearch(int dimension, int population) {
        this(dimension, population, USUAL_TIME_STEP);
    }

    /**
     * Creates the particles.
     *
     * @param dimension  variables n, at least 1
     * @param population particles, at least 2
     * @param timeStep   time dt of a generation, above 0 and at most 1; a large one gives up variety for a search of few generations
     */
    public ConsensusSearch(int dimension, int population, double timeStep) {
        this.timeStep = Checks.inRange("timeStep", timeStep, Double.MIN_NORMAL, 1);
        n = Checks.positive("dimension", dimension);
        this.population = Checks.inRange("population", population, 2, 1_000_000);
        normals = new StandardNormals(n, population);
        particles = new double[Math.multiplyExact(n, population)];
        proposed = new double[n * population];
        ranking = new Ranking(population);
        mean = new double[n];
        spread = new double[n];
        start(mean, 1);
    }

    @Override
    public String name() {
        return "cbo";
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
        Arrays.fill(spread, Checks.positive("sigma", newSigma));
        scattered = false;
    }

    @Override
    public void ask(long key, int first, int count, double[] points) {
        normals.fill(key, first, count);
        float[] z = normals.values();
        double noise = NOISE * Math.sqrt(timeStep);
        for (int k = first; k < first + count; k++) {
            int at = k * n;
            for (int i = 0; i < n; i++) {
                double away = scattered ? (particles[at + i] - mean[i]) * (1 - DRIFT * timeStep + noise * z[at + i]) : spread[i] * z[at + i];
                proposed[at + i] = mean[i] + away;
                points[at + i] = proposed[at + i];
            }
        }
    }

    @Override
    public void tell(int count, double[] costs) {
        Checks.inRange("count", count, 1, population);
        System.arraycopy(proposed, 0, particles, 0, count * n);
        ranking.sort(count, costs);
        double least = costs[ranking.at(0)];
        double range = costs[ranking.at(count / 4)] - least;
        if (Double.isFinite(least)) consent(count, costs, least, range > 0 && Double.isFinite(range) ? ALPHA / range : 0);
        Arrays.fill(spread, 0);
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < n; i++) {
                double away = particles[k * n + i] - mean[i];
                spread[i] += away * away / count;
            }
        }
        for (int i = 0; i < n; i++) spread[i] = Math.sqrt(spread[i]);
        scattered = true;
    }

    private void consent(int count, double[] costs, double least, double alpha) {
        Arrays.fill(mean, 0);
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < count; k++) {
            double w = Double.isFinite(costs[k]) ? Math.exp(-alpha * (costs[k] - least)) : 0;
            sum += w;
            squares += w * w;
            for (int i = 0; i < n; i++) mean[i] += w * particles[k * n + i];
        }
        for (int i = 0; i < n; i++) mean[i] /= sum;
        effective = sum * sum / squares;
    }

    /** Returns the consensus. */
    @Override
    public double mean(int i) {
        return mean[i];
    }

    /** Returns the root mean square distance of the particles from the consensus. */
    @Override
    public double deviation(int i) {
        return spread[i];
    }

    @Override
    public double effectiveSize() {
        return effective;
    }
}
