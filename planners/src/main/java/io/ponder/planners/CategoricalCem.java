package io.ponder.planners;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Problem;
import java.util.Arrays;

/**
 * The cross-entropy method for discrete actions: draws every step of a sequence from a categorical distribution of its own, moves the
 * probabilities to the frequencies of the best sequences, and answers with the best sequence seen. The next call begins near that
 * sequence, shifted, and tries it again as candidate 0.
 *
 * <p>An update is {@code p = s p + (1 - s) f}, then {@code p = (1 - m) p + m / n}: f the frequencies among the elites, s the smoothing,
 * m the floor's share, n the number of actions. The answer is no mean or mode, because steps of good sequences depend on each other.
 *
 * <p>Source: Rubinstein and Kroese 2004, chapter 2.
 */
public final class CategoricalCem implements SearchDistribution {
    private final CategoricalCemParameters parameters;
    private final SearchSize size;
    private final int actionCount;
    private final Elites elites;
    private final float[] leastCost;
    private final float[][] probability;

    /** Creates the distribution for {@code rows} environments of a problem. */
    public CategoricalCem(CategoricalCemParameters parameters, Problem problem, int rows) {
        this.parameters = parameters;
        size = new SearchSize(parameters.horizon(), parameters.iterations(), parameters.candidates(), parameters.elites());
        actionCount = problem.actionCount();
        elites = new Elites(parameters.elites(), parameters.candidates());
        leastCost = new float[rows];
        probability = new float[rows][Math.multiplyExact(parameters.horizon(), actionCount)];
    }

    /**
     * Returns a planner.
     *
     * @throws IllegalArgumentException if the actions of the problem are continuous
     */
    public static SamplingPlanner planner(Problem problem, CategoricalCemParameters parameters, Execution execution) {
        return new SamplingPlanner(problem, new CategoricalCem(parameters, problem, execution.rows()), execution);
    }

    @Override
    public String name() {
        return "categorical-cem";
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
    public boolean plans(int count) {
        return count > 0 && count == actionCount;
    }

    @Override
    public void init(Population population, int row) {
        leastCost[row] = Float.POSITIVE_INFINITY;
        Arrays.fill(probability[row], 1f / actionCount);
        for (int t = 0; t < carriedSteps(population, row); t++) {
            int from = t * actionCount;
            float rest = (float) (1 - parameters.carried()) / actionCount;
            Arrays.fill(probability[row], from, from + actionCount, rest);
            probability[row][from + (int) population.mean(row)[t]] += (float) parameters.carried();
        }
    }

    /** Returns the steps of a row that the last plan reaches. */
    private int carriedSteps(Population population, int row) {
        return population.fresh(row) ? 0 : Math.max(0, size.horizon() - population.elapsedSteps(row));
    }

    @Override
    public void sample(Population population, int row, int first, int count) {
        population.fillFractions(row, first, count);
        float[] x = population.sequences();
        for (int t = 0; t < size.horizon(); t++) {
            int at = population.at(row, t);
            int before = population.at(row, Math.max(0, t - 1));
            float repeat = t == 0 ? 0 : (float) parameters.repeat();
            for (int k = first; k < first + count; k++) {
                float fraction = x[at + k];
                x[at + k] = fraction < repeat ? x[before + k] : draw(probability[row], t, (fraction - repeat) / (1 - repeat));
            }
        }
        if (first > 0 || population.iteration() != 0) return;
        for (int t = 0; t < carriedSteps(population, row); t++) x[population.at(row, t)] = population.mean(row)[t];
    }

    private int draw(float[] table, int t, float fraction) {
        int from = t * actionCount;
        int action = 0;
        for (float left = fraction - table[from]; left >= 0 && action < actionCount - 1; left -= table[from + action]) action++;
        return action;
    }

    @Override
    public void update(Population population, int row) {
        elites.select(population, row, 1);
        population.effectiveSampleSize(row, elites.count());
        float[] table = probability[row];
        float smoothing = (float) parameters.smoothing();
        float share = (1 - smoothing) / elites.count();
        float floor = (float) parameters.leastShare();
        for (int i = 0; i < table.length; i++) table[i] *= smoothing;
        for (int t = 0; t < size.horizon(); t++) {
            int at = population.at(row, t);
            for (int e = 0; e < elites.count(); e++) {
                table[t * actionCount + (int) population.sequences()[at + elites.candidate(e)]] += share;
            }
        }
        for (int i = 0; i < table.length; i++) table[i] = (1 - floor) * table[i] + floor / actionCount;
        keepBest(population, row);
    }

    private void keepBest(Population population, int row) {
        float cost = population.costs()[population.costAt(row) + elites.candidate(0)];
        if (cost >= leastCost[row]) return;
        leastCost[row] = cost;
        population.readCandidate(row, elites.candidate(0), population.mean(row));
    }

    /**
     * Returns the probability of an action in a step of a row after the last call.
     *
     * @throws IllegalArgumentException if there is no such step or action
     */
    public float probability(int row, int step, int action) {
        Checks.inRange("step", step, 0, size.horizon() - 1);
        return probability[row][step * actionCount + Checks.inRange("action", action, 0, actionCount - 1)];
    }
}
