package io.ponder.planners;

import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.SequenceLaw;
import io.ponder.engine.tensor.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Model predictive path integral control: draws sequences around the mean plan and moves it to their average, weighted by
 * {@code exp(-cost / temperature)}.
 *
 * <p>Candidates are {@code v = clip(U + L z + noise mean)}; their cost is that of the rollout plus the {@link ControlCost}; the new
 * mean plan is the weighted average of the clipped v. The normals z are independent from step to step, or coloured over time
 * ({@link MppiParameters#noiseExponent}). Then the covariance of a sequence is the product of that of an action and that of the
 * steps, and so is its inverse, which the control cost asks for.
 *
 * <p>Source: Williams, Wagener, Goldfain, Drews, Rehg, Boots and Theodorou 2017, Information theoretic MPC for model-based
 * reinforcement learning, algorithm 2. Coloured noise is that of {@link ICem}.
 */
public final class Mppi implements SearchDistribution {
    private final MppiParameters parameters;
    private final SearchSize size;
    private final Kernels kernels = Kernels.get();
    private final int actionSize;
    private final double[][] factor;
    private final double[][] precision;
    private final boolean diagonal;
    private final @Nullable ColouredNoise colour;
    private final double[][] stepPrecision;
    private final double[] pricedMean;
    private final float[] normals;
    private final double[] noiseMean;
    private final float[] deviation;
    private final float[][] center;
    private final float[][] price;
    private final float[] controlCost;
    private final float[] totalCost;
    private final float[] weights;
    private final float[] temperature;
    private final Temperature solver;

    /** Creates the distribution for {@code rows} environments of a problem. */
    public Mppi(MppiParameters parameters, Problem problem, int rows) {
        this.parameters = parameters;
        // An average over a few candidates would throw the mean plan about.
        size = new SearchSize(parameters.horizon(), parameters.iterations(), parameters.candidates(), Math.max(1, parameters.candidates() / 4));
        actionSize = problem.actionSize();
        int length = parameters.horizon() * actionSize;
        double[][] covariance = parameters.noise().covariance(problem);
        factor = ActionNoise.cholesky(covariance);
        diagonal = isDiagonal(covariance);
        precision = new double[actionSize][];
        for (int a = 0; a < actionSize; a++) {
            double[] unit = new double[actionSize];
            unit[a] = 1;
            precision[a] = ActionNoise.solve(factor, unit);
        }
        boolean coloured = parameters.noiseExponent() > 0;
        colour = coloured ? new ColouredNoise(parameters.noiseExponent(), parameters.horizon()) : null;
        boolean charged = coloured && parameters.controlCost() != ControlCost.NONE;
        stepPrecision = charged && colour != null ? colour.precision() : new double[0][];
        pricedMean = new double[actionSize];
        noiseMean = parameters.noise().mean(problem);
        deviation = new float[length];
        for (int i = 0; i < length; i++) deviation[i] = (float) factor[i % actionSize][i % actionSize];
        center = new float[rows][length];
        price = new float[rows][length];
        int columns = Math.multiplyExact(rows, parameters.candidates());
        normals = new float[coloured ? Math.multiplyExact(length, columns) : 0];
        controlCost = new float[columns];
        totalCost = new float[columns];
        weights = new float[columns];
        temperature = new float[rows];
        solver = new Temperature(parameters.candidates());
    }

    private static boolean isDiagonal(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) for (int j = 0; j < i; j++) if (matrix[i][j] != 0) return false;
        return true;
    }

    /** Returns a planner. */
    public static SamplingPlanner planner(Problem problem, MppiParameters parameters, Execution execution) {
        return new SamplingPlanner(problem, new Mppi(parameters, problem, execution.rows()), execution);
    }

    @Override
    public String name() {
        return "mppi";
    }

    @Override
    public SearchSize size() {
        return size;
    }

    @Override
    public void init(Population population, int row) {
        prepare(population, row);
    }

    /** Computes what all candidates of an iteration share: their center, and the price of each entry of a deviation. */
    private void prepare(Population population, int row) {
        float[] mean = population.mean(row);
        for (int i = 0; i < mean.length; i++) {
            int a = i % actionSize;
            center[row][i] = mean[i] + (float) noiseMean[a];
            if (stepPrecision.length > 0) continue;
            double sum = 0;
            for (int c = 0; c < actionSize; c++) sum += precision[a][c] * mean[i - a + c];
            price[row][i] = (float) sum;
        }
        for (int t = 0; t < stepPrecision.length; t++) priceColoured(mean, t, price[row]);
    }

    /** Writes the prices of step t, which depend on the mean plan of all steps. */
    private void priceColoured(float[] mean, int t, float[] out) {
        Arrays.fill(pricedMean, 0);
        for (int s = 0; s < stepPrecision.length; s++) {
            for (int c = 0; c < actionSize; c++) pricedMean[c] += stepPrecision[t][s] * mean[s * actionSize + c];
        }
        for (int a = 0; a < actionSize; a++) {
            double sum = 0;
            for (int c = 0; c < actionSize; c++) sum += precision[a][c] * pricedMean[c];
            out[t * actionSize + a] = (float) sum;
        }
    }

    @Override
    public void sample(Population population, int row, int first, int count) {
        if (colour == null) {
            population.fillNormal(row, first, count);
        } else {
            population.fillNormal(row, first, count, normals);
            int stride = actionSize * population.rows() * population.size();
            for (int a = 0; a < actionSize; a++) {
                colour.transform(count, normals, population.sequences(), population.at(row, a) + first, stride);
            }
        }
        if (!diagonal) correlate(population, row, first, count);
        population.scaleAndClip(row, first, count, center[row], deviation);
        if (parameters.zeroCandidate() && first == 0) {
            for (int i = 0; i < population.length(); i++) population.sequences()[population.at(row, i)] = 0;
            population.clip(row, 0, 1);
        }
        if (parameters.controlCost() != ControlCost.NONE) addControlCost(population, row, first, count);
    }

    /** Mixes the normals of each step with the factor, up to the diagonal that {@link Population#scaleAndClip} multiplies by. */
    private void correlate(Population population, int row, int first, int count) {
        float[] x = population.sequences();
        for (int from = 0; from < population.length(); from += actionSize) {
            for (int a = actionSize - 1; a > 0; a--) {
                for (int c = 0; c < a; c++) {
                    float mix = (float) (factor[a][c] / factor[a][a]);
                    kernels.axpy(count, mix, x, population.at(row, from + c) + first, x, population.at(row, from + a) + first);
                }
            }
        }
    }

    /** Writes {@code sum_t U_t' C^-1 e_t} of some candidates, while they are in the cache; C is the covariance of all steps. */
    private void addControlCost(Population population, int row, int first, int count) {
        float[] x = population.sequences();
        float[] mean = population.mean(row);
        int to = population.costAt(row) + first;
        Arrays.fill(controlCost, to, to + count, 0);
        double shared = 0;
        for (int i = 0; i < mean.length; i++) {
            float p = price[row][i];
            if (p == 0) continue;
            int from = population.at(row, i) + first;
            if (parameters.controlCost() == ControlCost.INFORMATION_THEORETIC) {
                kernels.axpy(count, p, x, from, controlCost, to);
                shared += (double) p * mean[i];
            } else {
                for (int k = 0; k < count; k++) controlCost[to + k] += p * Math.abs(x[from + k] - mean[i]);
            }
        }
        float constant = (float) shared;
        for (int k = to; k < to + count; k++) controlCost[k] -= constant;
    }

    /** Correlated or coloured noise and the zero candidate are not in the law's list, nor is a price of distances from anything but the center. */
    @Override
    public void state(Population population, int row, SequenceLaw law) {
        if (!diagonal || colour != null || parameters.zeroCandidate()) return;
        if (parameters.controlCost() == ControlCost.ABSOLUTE && !Arrays.equals(center[row], population.mean(row))) return;
        law.normal(row, center[row], deviation);
        if (parameters.controlCost() != ControlCost.NONE) {
            boolean linear = parameters.controlCost() == ControlCost.INFORMATION_THEORETIC;
            law.price(row, linear ? SequenceLaw.Price.LINEAR : SequenceLaw.Price.ABSOLUTE, price[row]);
        }
        law.average(parameters.temperature(), parameters.effectiveShare());
    }

    /** Takes over the prices that another device has computed. */
    private void readPrices(Population population, int row, SequenceLaw law) {
        if (parameters.controlCost() == ControlCost.NONE) return;
        int from = population.costAt(row);
        double shared = 0;
        if (parameters.controlCost() == ControlCost.INFORMATION_THEORETIC) {
            float[] mean = population.mean(row);
            for (int i = 0; i < mean.length; i++) shared += (double) price[row][i] * mean[i];
        }
        float constant = (float) shared;
        for (int k = from; k < from + population.size(); k++) controlCost[k] = law.prices()[k] - constant;
    }

    @Override
    public void update(Population population, int row) {
        int from = population.costAt(row);
        int size = population.size();
        SequenceLaw answered = population.answered();
        if (answered != null) readPrices(population, row, answered);
        double lambda = parameters.temperature();
        if (parameters.effectiveShare() > 0) {
            double wanted = Math.max(1, parameters.effectiveShare() * population.finite(row));
            boolean charged = parameters.controlCost() != ControlCost.NONE;
            lambda = solver.solve(population.costs(), charged ? controlCost : null, from, size, wanted);
        }
        temperature[row] = (float) lambda;
        double sum = weigh(population, row, lambda);
        population.effectiveSampleSize(row, sum * sum / kernels.dot(size, weights, from, weights, from));
        float[] mean = population.mean(row);
        if (answered != null) {
            System.arraycopy(answered.average(), row * mean.length, mean, 0, mean.length);
        } else {
            average(population, row, sum, mean);
        }
        kernels.scale(size, (float) (1 / sum), weights, from, weights, from);
        prepare(population, row);
    }

    /** Writes the average of the sequences of a row. */
    private void average(Population population, int row, double sum, float[] out) {
        float[] x = population.sequences();
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (kernels.dot(population.size(), weights, population.costAt(row), x, population.at(row, i)) / sum);
        }
    }

    /** Writes the total costs and the weights, of which the largest is 1; returns their sum. */
    private double weigh(Population population, int row, double lambda) {
        int from = population.costAt(row);
        int size = population.size();
        float[] costs = population.costs();
        System.arraycopy(costs, from, totalCost, from, size);
        if (parameters.controlCost() != ControlCost.NONE) {
            kernels.axpy(size, (float) lambda, controlCost, from, totalCost, from);
        }
        float least = kernels.min(size, totalCost, from);
        float inverse = (float) (1 / lambda);
        for (int k = from; k < from + size; k++) weights[k] = (least - totalCost[k]) * inverse;
        kernels.exp(size, weights, from, weights, from);
        return kernels.sum(size, weights, from);
    }

    /** Returns the weights of the last iteration {@code [B * K]}, laid out as {@link Population#costs}; those of a row sum to 1. */
    public float[] weights() {
        return weights;
    }

    /** Returns the costs of the last iteration with their control costs, {@code [B * K]}. */
    public float[] totalCosts() {
        return totalCost;
    }

    /** Returns the temperature of the last update of a row. */
    public float temperature(int row) {
        return temperature[row];
    }
}
