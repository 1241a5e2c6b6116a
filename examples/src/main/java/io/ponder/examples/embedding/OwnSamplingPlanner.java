package io.ponder.examples.embedding;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.plan.*;
import io.ponder.planners.*;
import java.time.Duration;
import java.util.Arrays;

/**
 * A planner of one's own: moves to the best of some perturbations of the plan, and perturbs less where none is better. Bounds, batches,
 * deadlines, warm starts, threads and diagnostics come from {@link SamplingPlanner}.
 */
public final class OwnSamplingPlanner implements SearchDistribution {
    private final SearchSize size = new SearchSize(20, 30, 64, 8);
    private final float[][] deviation;

    OwnSamplingPlanner(Problem problem, int rows) {
        deviation = new float[rows][size.horizon() * problem.actionSize()];
    }

    @Override
    public String name() {
        return "shrinking-search";
    }

    @Override
    public SearchSize size() {
        return size;
    }

    @Override
    public void init(Population population, int row) {
        for (int i = 0; i < population.length(); i++) deviation[row][i] = 0.7f * population.halfRange(i);
    }

    @Override
    public void sample(Population population, int row, int first, int count) {
        population.fillNormal(row, first, count);
        population.scaleAndClip(row, first, count, population.mean(row), deviation[row]);
        if (first == 0) population.writeCandidate(row, 0, population.mean(row));
    }

    @Override
    public void update(Population population, int row) {
        int best = 0;
        float[] costs = population.costs();
        int from = population.costAt(row);
        for (int k = 1; k < population.size(); k++) if (costs[from + k] < costs[from + best]) best = k;
        if (best > 0) population.readCandidate(row, best, population.mean(row));
        else for (int i = 0; i < population.length(); i++) deviation[row][i] *= 0.7f;
    }

    public static void main(String[] arguments) {
        var cart = LambdaModel.of(2, 1, (x, force, next) -> {
            next[1] = x[1] + 0.1f * force[0];
            next[0] = x[0] + 0.1f * next[1];
            return -(next[0] * next[0] + 0.1 * next[1] * next[1]);
        });
        var problem = Problem.of(cart, new float[] {-1}, new float[] {1});
        int rows = 8; // Eight carts at once, each from another place.
        float[] observations = new float[2 * rows];
        for (int b = 0; b < rows; b++) observations[b] = 0.25f * (b + 1);
        try (var planner = new SamplingPlanner(problem, new OwnSamplingPlanner(problem, rows), Execution.rows(rows))) {
            var request = new PlanRequest(cart, rows).observe(cart, observations).keys(42, 0);
            Plan plan = planner.plan(request, Budget.wallClock(Duration.ofSeconds(5)));
            System.out.println(planner.name() + " promises " + Arrays.toString(plan.predictedReturn()));
        }
    }
}
