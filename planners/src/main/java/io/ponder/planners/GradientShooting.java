package io.ponder.planners;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.TopK;
import java.util.Arrays;

/**
 * Improves several plans by Adam, L-BFGS or plain steps, with gradients through the model, projected to the bounds after every step;
 * answers with the best plan met on the way. The first plan is the warm start, the others are drawn around the rest action.
 *
 * <p>Far cheaper than sampling where plans have many entries and the return is smooth; useless where the reward is flat or jumps. A
 * plan whose gradient is not finite stays where it is.
 *
 * <p>Source: see {@link GradientMethod}; shooting with gradients through learned models, for instance Bharadhwaj, Xie and Shkurti
 * 2020.
 */
public final class GradientShooting implements SearchDistribution {
    private final SearchSize size;
    private final ColouredNoise colour;
    private final int starts;
    private final float[] deviation;
    private final float[] rest;
    private final float[] normals;
    private final float[][] next;
    private final GradientStep step;
    private final float[][] seeds;
    private final boolean[][] seeded;
    private final int[] drawn;
    private final float[] leastCost;
    private final int[] least = new int[1];

    /** Creates the distribution for {@code rows} environments of a problem. */
    public GradientShooting(GradientParameters parameters, Problem problem, int rows) {
        starts = parameters.starts();
        size = new SearchSize(parameters.horizon(), parameters.iterations(), starts, starts);
        int actionSize = problem.actionSize();
        int length = parameters.horizon() * actionSize;
        colour = new ColouredNoise(parameters.noiseExponent(), parameters.horizon());
        deviation = new float[length];
        rest = new float[length];
        for (int i = 0; i < length; i++) {
            float halfRange = 0.5f * problem.actionHigh(i % actionSize) - 0.5f * problem.actionLow(i % actionSize);
            deviation[i] = (float) parameters.deviation() * halfRange;
            rest[i] = problem.restAction(i % actionSize);
        }
        normals = new float[Math.multiplyExact(length, Math.multiplyExact(rows, starts))];
        next = new float[rows][length * starts];
        step = parameters.method() == GradientMethod.LBFGS
                ? new QuasiNewtonStep(parameters, rows, length)
                : new FirstOrderStep(parameters, rows, length);
        seeds = new float[rows * starts][length];
        seeded = new boolean[rows][starts];
        drawn = new int[rows];
        leastCost = new float[rows];
    }

    /**
     * Returns a planner.
     *
     * @throws IllegalArgumentException if the model is not differentiable
     */
    public static SamplingPlanner planner(Problem problem, GradientParameters parameters, Execution execution) {
        return new SamplingPlanner(problem, new GradientShooting(parameters, problem, execution.rows()), execution);
    }

    @Override
    public String name() {
        return "gradient";
    }

    @Override
    public SearchSize size() {
        return size;
    }

    @Override
    public boolean answersWithBestSeen() {
        return true;
    }

    @Override
    public boolean needsGradients() {
        return true;
    }

    @Override
    public void init(Population population, int row) {
        drawn[row] = 0;
        leastCost[row] = Float.POSITIVE_INFINITY;
        step.reset(row);
    }

    @Override
    public void sample(Population population, int row, int first, int count) {
        if (first + count > drawn[row]) draw(population, row, first, count);
        for (int k = first; k < Math.min(drawn[row], first + count); k++) {
            for (int i = 0; i < population.length(); i++) {
                population.sequences()[population.at(row, i) + k] = next[row][i * starts + k];
            }
        }
    }

    private void draw(Population population, int row, int first, int count) {
        population.fillNormal(row, first, count, normals);
        int actionSize = population.actionSize();
        int stride = actionSize * population.rows() * population.size();
        for (int a = 0; a < actionSize; a++) {
            colour.transform(count, normals, population.sequences(), population.at(row, a) + first, stride);
        }
        population.scaleAndClip(row, first, count, rest, deviation);
        if (first == 0) population.writeCandidate(row, 0, population.mean(row));
        for (int k = first; k < first + count; k++) if (seeded[row][k]) population.writeCandidate(row, k, seeds[row * starts + k]);
    }

    @Override
    public void update(Population population, int row) {
        for (int k = 0; k < population.size(); k++) step.step(population, row, k, next[row]);
        Arrays.fill(seeded[row], false);
        drawn[row] = population.size();
        keepBest(population, row);
    }

    /**
     * Makes a sequence one of the starts of a row in the next call.
     *
     * @param sequence {@code [T x A]} within the bounds. Not modified.
     */
    public void seed(int row, int start, float[] sequence) {
        Checks.inRange("row", row, 0, seeded.length - 1);
        Checks.inRange("start", start, 0, starts - 1);
        Checks.length("sequence", sequence, seeds[0].length, "horizon x actionSize");
        System.arraycopy(sequence, 0, seeds[row * starts + start], 0, seeds[0].length);
        seeded[row][start] = true;
    }

    /** Makes the best plan so far the mean plan: the warm start of the next call. */
    private void keepBest(Population population, int row) {
        int from = population.costAt(row);
        TopK.smallest(population.size(), population.costs(), from, 1, 1, least, 0);
        float cost = population.costs()[from + least[0]];
        if (cost >= leastCost[row]) return;
        leastCost[row] = cost;
        population.readCandidate(row, least[0], population.mean(row));
    }
}
