package io.ponder.examples.search;

import io.ponder.engine.game.Game;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchResult;
import io.ponder.planners.tree.SearchTree;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.worldmodels.game.GameModel;

/** Searches one position of a known game at a time. */
final class KnownSearch {
    final Game game;
    final GameModel model;
    final TreeSearch search;
    final PlanRequest request;

    KnownSearch(GameModel model, SearchRecipe recipe) {
        this(model, recipe, SearchExecution.rows(1));
    }

    KnownSearch(GameModel model, SearchRecipe recipe, SearchExecution execution) {
        this.model = model;
        game = model.game();
        search = new TreeSearch(model, recipe, execution);
        request = new PlanRequest(model, execution.rows());
        request.roots().resize(execution.rows());
    }

    /** Searches from where some moves lead to. */
    Plan after(long seed, int... moves) {
        return from(seed, position(game, moves));
    }

    Plan from(long seed, int[] position) {
        return from(seed, position, Budget.UNLIMITED);
    }

    Plan from(long seed, int[] position, Budget budget) {
        for (int row = 0; row < request.rows(); row++) model.set(request.roots(), row, position);
        return search.plan(request.keys(seed, 0), budget);
    }

    SearchResult result() {
        return search.result();
    }

    SearchTree tree() {
        return search.result().tree();
    }

    int chosen() {
        return search.result().chosenEdge()[0];
    }

    /** Returns the position that some moves lead to. */
    static int[] position(Game game, int... moves) {
        int[] position = new int[game.positionSize()];
        game.start(position);
        for (int move : moves) game.play(position, move);
        return position;
    }
}
