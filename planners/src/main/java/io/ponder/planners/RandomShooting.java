package io.ponder.planners;

import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.SequenceLaw;
import io.ponder.engine.tensor.TopK;

/**
 * Draws sequences uniformly between the bounds, or of the discrete actions, and answers with the best one seen. The plain reference for all other planners; learns
 * nothing from one candidate to the next, nor from one call to the next.
 */
public final class RandomShooting implements SearchDistribution {
    private final SearchSize size;
    private final float[] leastCost;
    private final int[] least = new int[1];

    /** Creates the distribution for {@code rows} environments. */
    public RandomShooting(RandomShootingParameters parameters, int rows) {
        size = new SearchSize(parameters.horizon(), parameters.iterations(), parameters.candidates(), 1);
        leastCost = new float[rows];
    }

    /** Returns a planner. */
    public static SamplingPlanner planner(Problem problem, RandomShootingParameters parameters, Execution execution) {
        return new SamplingPlanner(problem, new RandomShooting(parameters, execution.rows()), execution);
    }

    @Override
    public String name() {
        return "random-shooting";
    }

    @Override
    public SearchSize size() {
        return size;
    }

    @Override
    public boolean answersWithBestSeen() {
        return true;
    }

    /** Returns true: indices are drawn as well as continuous actions. */
    @Override
    public boolean plans(int actionCount) {
        return true;
    }

    @Override
    public void init(Population population, int row) {
        leastCost[row] = Float.POSITIVE_INFINITY;
    }

    @Override
    public void sample(Population population, int row, int first, int count) {
        population.fillUniform(row, first, count);
    }

    @Override
    public void state(Population population, int row, SequenceLaw law) {
        law.uniform();
    }

    @Override
    public void update(Population population, int row) {
        int from = population.costAt(row);
        TopK.smallest(population.size(), population.costs(), from, 1, 1, least, 0);
        float cost = population.costs()[from + least[0]];
        if (cost >= leastCost[row]) return;
        leastCost[row] = cost;
        population.readCandidate(row, least[0], population.mean(row));
    }
}
