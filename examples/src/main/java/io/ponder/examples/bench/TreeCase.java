package io.ponder.examples.bench;

import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchResult;
import io.ponder.planners.tree.TreeSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/** Whole searches over nearly free models, so that the tree is timed: from the root states to action, policy and root value. */
final class TreeCase implements BenchCase {
    private static final int[][] SIZES = {
        {1, 18, 50}, {1, 7, 50}, {1, 7, 800}, {64, 18, 50}, {256, 18, 50}, {512, 50, 180}, {256, 82, 200}
    };
    /** Trees that are searched together: with their model columns they stay in the second-level cache. */
    private static final int BLOCK = 8;
    /** How long the shares of time are measured. */
    private static final long PROFILE_NANOS = 500_000_000;

    private final String name;
    private final SearchRecipe recipe;

    private TreeCase(String name, SearchRecipe recipe) {
        this.name = name;
        this.recipe = recipe;
    }

    static TreeCase muzero() {
        return new TreeCase("tree-muzero", SearchRecipes.muzero());
    }

    static TreeCase gumbel() {
        return new TreeCase("tree-gumbel", SearchRecipes.gumbel());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        List<Map<String, Object>> sets = new ArrayList<>();
        for (String model : List.of("zeros", "table")) {
            for (int[] size : SIZES) {
                sets.add(Parameters.of("model", model, "roots", size[0], "actions", size[1], "simulations", size[2]));
            }
        }
        return sets;
    }

    @Override
    public boolean threaded() {
        return true;
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        int roots = Parameters.whole(parameters, "roots");
        int simulations = Parameters.whole(parameters, "simulations");
        var model = new CheapTreeModel(Parameters.text(parameters, "model"), Parameters.whole(parameters, "actions"));
        return measure(model, recipe.withSimulations(simulations), roots, BLOCK, threads, stopwatch);
    }

    /** Times searches of {@code roots} roots, the first from state 0, the second from state 1 and so on. */
    static Measurement measure(
            WorldModel model, SearchRecipe recipe, int roots, int block, int threads, Stopwatch stopwatch) {
        var pool = threads > 1 ? new ForkJoinPool(threads) : null;
        try {
            var execution = SearchExecution.rows(roots).inBlocksOf(block);
            if (pool != null) execution = execution.onThreads(pool, threads);
            var search = new TreeSearch(model, recipe, execution);
            float[] states = new float[model.spec().observationSize() * roots];
            for (int b = 0; b < roots; b++) states[b] = b;
            var request = new PlanRequest(model, roots).observe(model, states);
            double perCall = (double) roots * recipe.simulations();
            double[] nanos = stopwatch.nanosPerCall(() -> search.plan(request, Budget.UNLIMITED));
            double[] shares = shares(model, recipe, execution, request);
            return Measurement.of("nanosPerSimulation", "ns", nanos, t -> t / perCall)
                    .with("meanNodeDepth", search.result().meanNodeDepth()).with("selectShare", shares[0])
                    .with("modelShare", shares[1]).with("backUpShare", shares[2]);
        } finally {
            if (pool != null) pool.shutdown();
        }
    }

    /** Searches again with a clock in it, whose calls take time themselves, and returns the mean shares of selection, model and back-up. */
    private static double[] shares(WorldModel model, SearchRecipe recipe, SearchExecution execution, PlanRequest request) {
        var search = new TreeSearch(model, recipe, execution.profiling());
        SearchResult result = search.result();
        double[] sums = new double[3];
        int searches = 0;
        long end = System.nanoTime() + PROFILE_NANOS;
        do {
            search.plan(request, Budget.UNLIMITED);
            sums[0] += result.selectShare();
            sums[1] += result.modelShare();
            sums[2] += result.backUpShare();
            searches++;
        } while (System.nanoTime() < end);
        for (int i = 0; i < 3; i++) sums[i] /= searches;
        return sums;
    }
}
