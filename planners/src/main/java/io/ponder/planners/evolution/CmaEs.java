package io.ponder.planners.evolution;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * The evolution strategy with covariance matrix adaptation, active form: points are {@code m + sigma A z}, and the covariance
 * {@code A A'} moves towards the successful steps and away from the worst ones.
 *
 * <p>Instead of decomposing the covariance, the root A itself is adapted: with E the change of the covariance in the coordinates of z,
 * halved, {@code A = A (I + E)} has the covariance of the tutorial up to terms in E squared, which its small learning rates make
 * small. A generation costs {@code 2 n^2} multiplications a point and no decomposition. The evolution path of the rank-one update is kept
 * in the coordinates of z too, and moved along when A changes.
 *
 * <p>The search commutes with translations, rotations and changes of scale of the space (up to the random numbers), and depends on the
 * order of the costs alone. Memory: n^2 numbers.
 *
 * <p>Source: Hansen 2016, The CMA evolution strategy: a tutorial, equations 43 to 58 and table 1 (constants and weights); the adaptation
 * of the root is that of Beyer and Sendhoff 2017, Simplify your covariance matrix adaptation evolution strategy.
 */
public final class CmaEs implements EvolutionStrategy {
    private final int n;
    private final int population;
    private final StandardNormals normals;
    private final Ranking ranking;
    private final Recombination weights;
    private final double normalLength;
    private final double[] mean;
    /** Column j of A from {@code j * n} on, so that products run along the columns. */
    private final double[] root;
    private final double[] steps;
    private final double[] sigmaPath;
    private final double[] covariancePath;
    private final double[] meanNormal;
    private final double[] direction;
    private final double[] moved;
    private final double[] factor;
    private double sigma;
    private int generation;
    private double rateSigma;
    private double damping;
    private double ratePath;
    private double rateOne;
    private double rateMu;
    private double negativeScale;

    /**
     * Creates the strategy.
     *
     * @param dimension  variables n, at least 1
     * @param population points of a generation, at least 2
     */
    public CmaEs(int dimension, int population) {
        n = Checks.positive("dimension", dimension);
        this.population = Checks.inRange("population", population, 2, 1_000_000);
        normals = new StandardNormals(n, population);
        ranking = new Ranking(population);
        weights = new Recombination(population);
        normalLength = Recombination.normalLength(n);
        mean = new double[n];
        root = new double[Math.multiplyExact(n, n)];
        steps = new double[Math.multiplyExact(n, population)];
        sigmaPath = new double[n];
        covariancePath = new double[n];
        meanNormal = new double[n];
        direction = new double[n];
        moved = new double[n];
        factor = new double[population];
        setRates();
        start(mean, 1);
    }

    @Override
    public String name() {
        return "cma-es";
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
        rateSigma = (effective + 2) / (n + effective + 5);
        damping = 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + rateSigma;
        ratePath = (4 + effective / n) / (n + 4 + 2 * effective / n);
        rateOne = 2 / ((n + 1.3) * (n + 1.3) + effective);
        rateMu = Math.min(1 - rateOne, 2 * (0.25 + effective + 1 / effective - 2) / ((n + 2.0) * (n + 2.0) + effective));
        double most = Math.min(1 + rateOne / rateMu, 1 + 2 * weights.effectiveNegative() / (effective + 2));
        most = Math.min(most, (1 - rateOne - rateMu) / (n * rateMu));
        negativeScale = weights.negativeSum() == 0 ? 0 : most / weights.negativeSum();
    }

    @Override
    public void start(double[] newMean, double newSigma) {
        Checks.same("length of mean", newMean.length, "dimension", n);
        System.arraycopy(newMean, 0, mean, 0, n);
        sigma = Checks.positive("sigma", newSigma);
        Arrays.fill(root, 0);
        for (int i = 0; i < n; i++) root[i * n + i] = 1;
        Arrays.fill(sigmaPath, 0);
        Arrays.fill(covariancePath, 0);
        generation = 0;
    }

    @Override
    public void ask(long key, int first, int count, double[] points) {
        normals.fill(key, first, count);
        for (int k = first; k < first + count; k++) {
            int at = k * n;
            multiplyRoot(normals.values(), at, steps, at);
            for (int i = 0; i < n; i++) points[at + i] = mean[i] + sigma * steps[at + i];
        }
    }

    /** Computes {@code out = A z}, four columns at a time. */
    private void multiplyRoot(float[] z, int zAt, double[] out, int at) {
        Arrays.fill(out, at, at + n, 0);
        int j = 0;
        for (; j + 3 < n; j += 4) {
            int c = j * n;
            addFour(n, out, at, root, c, c + n, c + 2 * n, c + 3 * n, z[zAt + j], z[zAt + j + 1], z[zAt + j + 2], z[zAt + j + 3]);
        }
        for (; j < n; j++) addOne(n, out, at, root, j * n, z[zAt + j]);
    }

    private static void addFour(
            int n, double[] out, int at, double[] x, int x0, int x1, int x2, int x3, double f0, double f1, double f2, double f3) {
        for (int i = 0; i < n; i++) out[at + i] += f0 * x[x0 + i] + f1 * x[x1 + i] + (f2 * x[x2 + i] + f3 * x[x3 + i]);
    }

    private static void addOne(int n, double[] out, int at, double[] x, int from, double f) {
        for (int i = 0; i < n; i++) out[at + i] += f * x[from + i];
    }

    @Override
    public void tell(int count, double[] costs) {
        if (weights.resize(Checks.inRange("count", count, 1, population))) setRates();
        ranking.sort(count, costs);
        moveMean();
        boolean steady = movePaths();
        adapt(count, steady);
        sigma *= Math.exp(rateSigma / damping * (length(sigmaPath) / normalLength - 1));
        generation++;
    }

    private void moveMean() {
        Arrays.fill(meanNormal, 0);
        for (int r = 0; r < weights.parents(); r++) {
            int at = ranking.at(r) * n;
            double w = weights.weight(r);
            addOne(n, mean, 0, steps, at, sigma * w);
            for (int i = 0; i < n; i++) meanNormal[i] += w * normals.values()[at + i];
        }
    }

    /** Moves both paths; tells whether sigma is steady enough for the rank-one update to take part. */
    private boolean movePaths() {
        double taken = Math.sqrt(rateSigma * (2 - rateSigma) * weights.effective());
        for (int i = 0; i < n; i++) sigmaPath[i] = (1 - rateSigma) * sigmaPath[i] + taken * meanNormal[i];
        double expected = Math.sqrt(1 - Math.pow(1 - rateSigma, 2.0 * (generation + 1))) * normalLength;
        boolean steady = length(sigmaPath) < (1.4 + 2.0 / (n + 1)) * expected;
        double followed = steady ? Math.sqrt(ratePath * (2 - ratePath) * weights.effective()) : 0;
        for (int i = 0; i < n; i++) covariancePath[i] = (1 - ratePath) * covariancePath[i] + followed * meanNormal[i];
        return steady;
    }

    /** Adapts the root: {@code A += A E} with {@code 2 E = c1 (p p' - I) + cmu sum w (z z' - I)}. */
    private void adapt(int count, boolean steady) {
        double sum = 0;
        for (int r = 0; r < count; r++) {
            double w = weights.weight(r);
            int k = ranking.at(r);
            if (w < 0) w *= negativeScale;
            sum += w;
            // A bad step counts by its direction alone, so that the covariance stays positive.
            factor[k] = 0.5 * rateMu * (w < 0 ? w * n / Math.max(squares(k * n), 1e-300) : w);
        }
        double kept = steady ? 1 : 1 - ratePath * (2 - ratePath);
        double decay = 0.5 * (rateOne * kept + rateMu * sum);
        double one = 0.5 * rateOne;
        Arrays.fill(direction, 0);
        for (int j = 0; j < n; j++) addOne(n, direction, 0, root, j * n, covariancePath[j]);
        moveCoordinates(count, decay, one);
        float[] z = normals.values();
        for (int j = 0; j < n; j++) {
            int column = j * n;
            double stay = 1 - decay;
            double along = one * moved[j];
            for (int i = 0; i < n; i++) root[column + i] = stay * root[column + i] + along * direction[i];
            int k = 0;
            for (; k + 3 < count; k += 4) {
                int s = k * n;
                addFour(n, root, column, steps, s, s + n, s + 2 * n, s + 3 * n, factor[k] * z[s + j],
                        factor[k + 1] * z[s + n + j], factor[k + 2] * z[s + 2 * n + j], factor[k + 3] * z[s + 3 * n + j]);
            }
            for (; k < count; k++) addOne(n, root, column, steps, k * n, factor[k] * z[k * n + j]);
        }
    }

    /** Keeps the path of the old coordinates in {@code moved}, then subtracts E p from it: the same path in the new coordinates. */
    private void moveCoordinates(int count, double decay, double one) {
        System.arraycopy(covariancePath, 0, moved, 0, n);
        double own = one * length(moved) * length(moved);
        for (int i = 0; i < n; i++) covariancePath[i] += (decay - own) * moved[i];
        for (int k = 0; k < count; k++) {
            double along = 0;
            for (int i = 0; i < n; i++) along += normals.values()[k * n + i] * moved[i];
            double share = factor[k] * along;
            for (int i = 0; i < n; i++) covariancePath[i] -= share * normals.values()[k * n + i];
        }
    }

    private double squares(int at) {
        double sum = 0;
        for (int i = at; i < at + n; i++) sum += (double) normals.values()[i] * normals.values()[i];
        return sum;
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
        double sum = 0;
        for (int j = 0; j < n; j++) sum += root[j * n + i] * root[j * n + i];
        return sigma * Math.sqrt(sum);
    }

    @Override
    public double effectiveSize() {
        return weights.effective();
    }
}
