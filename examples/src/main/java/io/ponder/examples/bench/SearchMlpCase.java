package io.ponder.examples.bench;

import io.ponder.planners.tree.SearchRecipes;
import java.util.List;
import java.util.Map;

/** A whole MuZero search with small networks: 50 simulations, 4 actions, latent 64, dynamics and prediction of 2 x 128 relu. */
final class SearchMlpCase implements BenchCase {
    private static final int SIMULATIONS = 50;

    @Override
    public String name() {
        return "search-mlp";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("roots", 1), Parameters.of("roots", 16), Parameters.of("roots", 256));
    }

    @Override
    public boolean threaded() {
        return true;
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        int roots = Parameters.whole(parameters, "roots");
        return TreeCase.measure(new MlpTreeModel(), SearchRecipes.muzero().withSimulations(SIMULATIONS), roots, 0, threads, stopwatch);
    }
}
