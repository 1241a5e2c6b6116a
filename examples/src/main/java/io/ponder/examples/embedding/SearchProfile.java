package io.ponder.examples.embedding;

import io.ponder.engine.plan.*;
import io.ponder.examples.games.ConnectFour;
import io.ponder.planners.tree.*;
import io.ponder.worldmodels.game.*;

/** Where the time of a search goes, and what it cost: 20 ms for the first move of Connect Four. */
public final class SearchProfile {
    public static void main(String[] arguments) {
        var model = GameModel.of(new ConnectFour());
        var recipe = SearchRecipes.uct(new GameRollouts(model)).withSimulations(100_000);
        int[] position = new int[model.game().positionSize()];
        model.game().start(position);
        try (var search = new TreeSearch(model, recipe, SearchExecution.rows(1).profiling())) {
            var request = new PlanRequest(model, 1).keys(42, 0);
            model.set(request.roots().resize(1), 0, position);
            Plan plan = search.plan(request, Budget.wallClock(java.time.Duration.ofMillis(20)));
            SearchResult result = search.result();
            System.out.printf("column %.0f; %s%n", plan.action(0, 0) + 1, plan.diagnostics());
            System.out.printf("selection %.0f %%, model and playouts %.0f %%, back-up %.0f %%; mean depth %.1f%n",
                    100 * result.selectShare(), 100 * result.modelShare(), 100 * result.backUpShare(), result.meanNodeDepth());
        }
    }
}
