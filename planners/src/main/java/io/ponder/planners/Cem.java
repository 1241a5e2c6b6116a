package io.ponder.planners;

import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.SequenceLaw;

/**
 * The cross-entropy method: draws sequences from a normal distribution, entry by entry, and fits it to the best of them; answers with
 * the mean. The mean is carried over to the next call, the deviation starts afresh.
 *
 * <p>Source: Rubinstein and Kroese 2004; as a planner with learned models, Chua et al. 2018 (PETS).
 */
public final class Cem implements SearchDistribution {
    private final CemParameters parameters;
    private final SearchSize size;
    private final Elites elites;
    private final float[][] deviation;

    /** Creates the distribution for {@code rows} environments of a problem. */
    public Cem(CemParameters parameters, Problem problem, int rows) {
        this.parameters = parameters;
        size = new SearchSize(parameters.horizon(), parameters.iterations(), parameters.candidates(), parameters.elites());
        elites = new Elites(parameters.elites(), parameters.candidates());
        deviation = new float[rows][parameters.horizon() * problem.actionSize()];
    }

    /** Returns a planner. */
    public static SamplingPlanner planner(Problem problem, CemParameters parameters, Execution execution) {
        return new SamplingPlanner(problem, new Cem(parameters, problem, execution.rows()), execution);
    }

    @Override
    public String name() {
        return "cem";
    }

    @Override
    public SearchSize size() {
        return size;
    }

    @Override
    public void init(Population population, int row) {
        for (int i = 0; i < population.length(); i++) {
            deviation[row][i] = (float) parameters.deviation() * population.halfRange(i);
        }
    }

    @Override
    public void sample(Population population, int row, int first, int count) {
        population.fillNormal(row, first, count);
        population.scaleAndClip(row, first, count, population.mean(row), deviation[row]);
    }

    @Override
    public void state(Population population, int row, SequenceLaw law) {
        law.normal(row, population.mean(row), deviation[row]);
    }

    @Override
    public void update(Population population, int row) {
        elites.select(population, row, 1);
        population.effectiveSampleSize(row, elites.count());
        elites.fit(
                population, row, parameters.smoothing(), parameters.leastDeviation(), population.mean(row), deviation[row]);
    }

    /** Returns the standard deviations of a row after the last call, {@code [T x A]}. */
    public float[] deviation(int row) {
        return deviation[row];
    }
}
