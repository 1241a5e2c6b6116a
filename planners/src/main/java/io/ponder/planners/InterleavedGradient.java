package io.ponder.planners;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Problem;

/**
 * Lets every candidate of another method take a few gradient steps before the method learns from it: Grad-CEM where that method is CEM.
 * Every iteration of the method becomes one that draws and some that step; all of them are evaluated with their gradients, so that they are
 * charged as three rollouts each.
 *
 * <p>Source: Bharadhwaj, Xie and Shkurti 2020, Model-predictive control via cross-entropy and gradient-based planning.
 */
public final class InterleavedGradient implements SearchDistribution {
    private final SearchDistribution inner;
    private final int steps;
    private final double rate;
    private final int capacity;
    private final float[][] next;
    private final SearchSize size;
    private final int[] stepped;

    /**
     * Creates the distribution.
     *
     * @param inner draws and learns; belongs to this one from now on, and must draw on the CPU
     * @param steps gradient steps of a candidate, at least 1
     * @param rate  root mean square of the move of a step, in half ranges, more than 0
     */
    public InterleavedGradient(SearchDistribution inner, int steps, double rate, Problem problem, int rows) {
        this.inner = inner;
        this.steps = Checks.positive("steps", steps);
        this.rate = Checks.positive("rate", rate);
        capacity = inner.size().candidates();
        next = new float[rows][Math.multiplyExact(inner.size().horizon() * problem.actionSize(), capacity)];
        stepped = new int[rows];
        SearchSize own = inner.size();
        size = new SearchSize(own.horizon(), Math.multiplyExact(own.iterations(), steps + 1), own.candidates(), own.fewestCandidates());
    }

    /**
     * Returns a planner of this kind with CEM inside.
     *
     * @throws IllegalArgumentException if the model is not differentiable
     */
    public static SamplingPlanner gradCem(Problem problem, CemParameters parameters, int steps, double rate, Execution execution) {
        var cem = new Cem(parameters, problem, execution.rows());
        return new SamplingPlanner(problem, new InterleavedGradient(cem, steps, rate, problem, execution.rows()), execution);
    }

    @Override
    public String name() {
        return "grad-" + inner.name();
    }

    @Override
    public SearchSize size() {
        return size;
    }

    @Override
    public int candidates(int iteration) {
        return inner.candidates(iteration / (steps + 1));
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
        stepped[row] = 0;
        inner.init(population, row);
    }

    @Override
    public void sample(Population population, int row, int first, int count) {
        boolean draws = population.iteration() < 0 || population.iteration() % (steps + 1) == 0;
        if (draws || first + count > stepped[row]) inner.sample(population, row, first, count);
        if (draws) return;
        for (int k = first; k < Math.min(stepped[row], first + count); k++) {
            for (int i = 0; i < population.length(); i++) {
                population.sequences()[population.at(row, i) + k] = next[row][i * capacity + k];
            }
        }
    }

    @Override
    public void update(Population population, int row) {
        if (population.iteration() % (steps + 1) == steps || population.last()) {
            inner.update(population, row);
            return;
        }
        for (int k = 0; k < population.size(); k++) step(population, row, k);
        stepped[row] = population.size();
    }

    private void step(Population population, int row, int k) {
        double norm = Math.sqrt(GradientStep.squaredNorm(population, row, k));
        double move = norm > 0 && norm < Double.POSITIVE_INFINITY ? rate * Math.sqrt(population.length()) / norm : 0;
        for (int i = 0; i < population.length(); i++) {
            int at = population.at(row, i) + k;
            float x = population.sequences()[at];
            if (move > 0) {
                double unit = population.halfRange(i);
                x -= (float) (move * population.gradients()[at] * unit * unit);
                x = Math.max(population.low(i), Math.min(population.high(i), x));
            }
            next[row][i * capacity + k] = x;
        }
    }
}
