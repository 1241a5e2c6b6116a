package io.ponder.planners;

import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Moves the mean plan to a weighted average of sequences around it: the family of {@link Mppi} in which the shape of the noise over
 * time, its tails, its annealing and adaptation, the weights and a price of jerky plans are parts to choose. The constants of
 * {@link PathIntegralParameters} are the published members; {@link Mppi} itself has the control cost and the closed form.
 *
 * <p>A candidate is {@code clip(U + d G z)}: d the deviation of each entry, G the {@link NoiseShape}, z standard normals, which
 * {@code logDeviation} multiplies by {@code exp(s g - s^2)}, g standard normals too, so that their variance stays 1.
 */
public final class PathIntegral implements SearchDistribution {
    private final PathIntegralParameters parameters;
    private final SearchSize size;
    private final Kernels kernels = Kernels.get();
    private final int actionSize;
    private final int normalsPerEntry;
    private final float[] mixture;
    private final float[] normals;
    private final float[][] deviation;
    private final float[][] drawn;
    private final float @Nullable [] price;
    private final float[] weights;
    private final CandidateWeights weigher;
    private final float[] annealing;

    /** Creates the distribution for {@code rows} environments of a problem. */
    public PathIntegral(PathIntegralParameters parameters, Problem problem, int rows) {
        this.parameters = parameters;
        // An average over a few candidates would throw the mean plan about.
        size = new SearchSize(
                parameters.horizon(), parameters.iterations(), parameters.candidates(), Math.max(1, parameters.candidates() / 4));
        actionSize = problem.actionSize();
        int horizon = parameters.horizon();
        int length = Math.multiplyExact(horizon, actionSize);
        normalsPerEntry = parameters.shape().normals(horizon);
        boolean plain = parameters.shape().isWhite() && parameters.logDeviation() == 0;
        mixture = plain ? new float[0] : parameters.shape().mixture(horizon);
        int columns = Math.multiplyExact(rows, parameters.candidates());
        int drawsPerNormal = parameters.logDeviation() > 0 ? 2 : 1;
        normals = new float[plain ? 0 : Math.multiplyExact(drawsPerNormal * normalsPerEntry * actionSize, columns)];
        deviation = new float[rows][length];
        drawn = new float[rows][length];
        price = parameters.rateShare() > 0 ? new float[columns] : null;
        weights = new float[columns];
        weigher = new CandidateWeights(parameters.weighting(), parameters.candidates());
        annealing = new float[horizon];
        for (int t = 0; t < horizon; t++) {
            annealing[t] = (float) Math.exp(-parameters.horizonAnnealing() * (horizon - 1 - t) / horizon);
        }
    }

    /** Returns a planner. */
    public static SamplingPlanner planner(Problem problem, PathIntegralParameters parameters, Execution execution) {
        return new SamplingPlanner(problem, new PathIntegral(parameters, problem, execution.rows()), execution);
    }

    @Override
    public String name() {
        return parameters.name();
    }

    @Override
    public SearchSize size() {
        return size;
    }

    @Override
    public void init(Population population, int row) {
        for (int i = 0; i < population.length(); i++) deviation[row][i] = (float) parameters.deviation() * population.halfRange(i);
        prepare(row, 0);
    }

    /** Writes the deviations that an iteration draws with. */
    private void prepare(int row, int iteration) {
        double progress = (double) iteration / Math.max(1, parameters.iterations() - 1);
        float factor = (float) Math.exp(-parameters.iterationAnnealing() * Math.min(1, progress));
        for (int i = 0; i < drawn[row].length; i++) drawn[row][i] = factor * annealing[i / actionSize] * deviation[row][i];
    }

    @Override
    public void sample(Population population, int row, int first, int count) {
        if (mixture.length == 0) population.fillNormal(row, first, count);
        else mix(population, row, first, count);
        population.scaleAndClip(row, first, count, population.mean(row), drawn[row]);
        if (parameters.meanAmong() && first == 0) population.writeCandidate(row, 0, population.mean(row));
    }

    private void mix(Population population, int row, int first, int count) {
        int used = normalsPerEntry * actionSize;
        boolean tailed = parameters.logDeviation() > 0;
        population.fillNormal(row, first, count, tailed ? 2 * used : used, normals);
        if (tailed) {
            float s = (float) parameters.logDeviation();
            for (int i = 0; i < used; i++) {
                int at = population.at(row, i) + first;
                int factor = population.at(row, used + i) + first;
                for (int k = 0; k < count; k++) normals[factor + k] = s * normals[factor + k] - s * s;
                kernels.exp(count, normals, factor, normals, factor);
                kernels.times(count, normals, at, normals, factor, normals, at);
            }
        }
        int stride = actionSize * population.rows() * population.size();
        for (int a = 0; a < actionSize; a++) {
            int at = population.at(row, a) + first;
            kernels.multiply(parameters.horizon(), count, normalsPerEntry, mixture, 0, normalsPerEntry, normals, at, stride,
                    population.sequences(), at, stride, false);
        }
    }

    @Override
    public void update(Population population, int row) {
        int from = population.costAt(row);
        int count = population.size();
        if (price != null) priceChanges(population, row, from, count, price);
        double effective = weigher.weigh(population.costs(), price, from, count, population.finite(row), weights);
        population.effectiveSampleSize(row, effective);
        if (parameters.adaptation() > 0) adapt(population, row, from, count);
        float[] mean = population.mean(row);
        for (int i = 0; i < mean.length; i++) {
            mean[i] = kernels.dot(count, weights, from, population.sequences(), population.at(row, i));
        }
        prepare(row, population.iteration() + 1);
    }

    /** Moves every deviation by the ratio of the weighted variance to that of all candidates. */
    private void adapt(Population population, int row, int from, int count) {
        float[] x = population.sequences();
        float[] mean = population.mean(row);
        for (int i = 0; i < mean.length; i++) {
            int at = population.at(row, i);
            double center = kernels.dot(count, weights, from, x, at);
            double chosen = 0;
            double all = 0;
            for (int k = 0; k < count; k++) {
                double near = x[at + k] - center;
                double away = x[at + k] - mean[i];
                chosen += weights[from + k] * near * near;
                all += away * away;
            }
            all /= count;
            if (!(all > 0)) continue;
            double a = parameters.adaptation();
            double factor = Math.sqrt(1 - a + a * Math.min(1, chosen / all));
            float floor = (float) parameters.leastDeviation() * population.halfRange(i);
            deviation[row][i] = Math.max(floor, (float) (factor * deviation[row][i]));
        }
    }

    /**
     * Writes the price of changes from step to step, in temperatures. A price in the cost's own units would decide alone where many costs
     * are equal, as while a pole stands, and the smoothest plan that stands for the horizon is the one that falls right after it.
     */
    private void priceChanges(Population population, int row, int from, int count, float[] out) {
        float[] x = population.sequences();
        Arrays.fill(out, from, from + count, 0);
        for (int i = actionSize; i < population.length(); i++) {
            float half = population.halfRange(i);
            if (!(half > 0)) continue;
            int now = population.at(row, i);
            int before = population.at(row, i - actionSize);
            for (int k = 0; k < count; k++) {
                float change = (x[now + k] - x[before + k]) / half;
                out[from + k] += change * change;
            }
        }
        double average = kernels.sum(count, out, from) / count;
        if (average > 0) kernels.scale(count, (float) (parameters.rateShare() / average), out, from, out, from);
    }

    /** Returns the weights of the last iteration {@code [B * K]}, laid out as {@link Population#costs}; those of a row sum to 1. */
    public float[] weights() {
        return weights;
    }

    /** Returns the standard deviations of a row after the last call, {@code [T x A]}, without annealing. */
    public float[] deviation(int row) {
        return deviation[row];
    }
}
