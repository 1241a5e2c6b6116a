package io.ponder.examples.bench;

import io.ponder.engine.game.Game;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.examples.games.Games;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import java.util.List;
import java.util.Map;

/** One decision of UCT in the first position of a game: c = 1.4, one random rollout a leaf, no solver. */
final class UctCase implements BenchCase {
    private final String name;
    private final String game;
    private final int simulations;

    UctCase(String name, String game, int simulations) {
        this.name = name;
        this.game = game;
        this.simulations = simulations;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("simulations", simulations));
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        Game rules = Games.make(game);
        GameModel model = GameModel.of(rules);
        var recipe = SearchRecipes.uct(new GameRollouts(model)).withSimulations(Parameters.whole(parameters, "simulations"));
        var search = new TreeSearch(model, recipe, SearchExecution.rows(1));
        var request = new PlanRequest(model, 1);
        int[] position = new int[rules.positionSize()];
        rules.start(position);
        request.roots().resize(1);
        model.set(request.roots(), 0, position);
        double[] nanos = stopwatch.nanosPerCall(new Decisions(search, request));
        return Measurement.of("simulationsPerSecond", "1/s", nanos, t -> 1e9 * recipe.simulations() / t);
    }

    /** Decides again and again, each time with other random numbers. */
    private static final class Decisions implements Runnable {
        private final TreeSearch search;
        private final PlanRequest request;
        private int decision;

        Decisions(TreeSearch search, PlanRequest request) {
            this.search = search;
            this.request = request;
        }

        @Override
        public void run() {
            search.plan(request.keys(1, decision++), Budget.UNLIMITED);
        }
    }
}
