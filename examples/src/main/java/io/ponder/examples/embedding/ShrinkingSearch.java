package io.ponder.examples.embedding;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.TopK;
import io.ponder.planners.Execution;
import io.ponder.planners.Population;
import io.ponder.planners.SamplingPlanner;
import io.ponder.planners.SearchDistribution;
import io.ponder.planners.SearchSize;
import io.ponder.worldmodels.exact.ExactTasks;
import java.time.Duration;
import java.util.Arrays;

/** A sampling planner of one's own: looks around the mean plan, goes to the middle of the best, and looks closer around that. */
public final class ShrinkingSearch implements SearchDistribution {
    private static final int BEST = 8;

    private final SearchSize size;
    private final float[][] widths;
    private final int[] best = new int[BEST];

    public ShrinkingSearch(int horizon, int iterations, int candidates, double shrink, Problem problem) {
        size = new SearchSize(horizon, iterations, candidates, BEST);
        widths = new float[iterations][horizon * problem.actionSize()];
        for (int n = 0; n < iterations; n++) {
            for (int i = 0; i < widths[n].length; i++) {
                int a = i % problem.actionSize();
                widths[n][i] = (float) (0.5 * (problem.actionHigh(a) - problem.actionLow(a)) * Math.pow(shrink, n));
            }
        }
    }

    @Override
    public String name() {
        return "shrinking";
    }

    @Override
    public SearchSize size() {
        return size;
    }

    @Override
    public void init(Population population, int row) {} // The old plan, shifted, is already in place.

    @Override
    public void sample(Population population, int row, int first, int count) {
        population.fillNormal(row, first, count);
        population.scaleAndClip(row, first, count, population.mean(row), widths[Math.max(0, population.iteration())]);
    }

    @Override
    public void update(Population population, int row) {
        int count = Math.min(BEST, population.finite(row));
        TopK.smallest(population.size(), population.costs(), population.costAt(row), 1, count, best, 0);
        Arrays.fill(population.mean(row), 0);
        for (int i = 0; i < population.length(); i++) {
            for (int e = 0; e < count; e++) population.mean(row)[i] += population.sequences()[population.at(row, i) + best[e]] / count;
        }
        population.effectiveSampleSize(row, count);
    }

    public static void main(String[] arguments) {
        var task = ExactTasks.find("pendulum-v1");
        var model = task.model();
        var problem = Problem.of(model, task.actionLow(), task.actionHigh());
        var search = new ShrinkingSearch(20, 6, 200, 0.6, problem);
        // Batches, deadlines, warm starts, broken models and diagnostics come from the loop that all sampling planners share.
        try (var planner = new SamplingPlanner(problem, search, Execution.rows(3))) {
            float[] hangingTiltedUp = {-1, 0, 1, 0, 1, 0, 0, 0, 0};
            var request = new PlanRequest(model, 3).observe(model, hangingTiltedUp).keys(42, 0);
            Plan plan = planner.plan(request, Budget.wallClock(Duration.ofMillis(50)));
            for (int row = 0; row < 3; row++) System.out.printf("return %.1f%n", plan.predictedReturn()[row]);
            System.out.println(plan.diagnostics());
        }
    }
}
