package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchTree;
import io.ponder.planners.tree.TreeSearch;

/**
 * Replays the trees that mctx publishes: the tree is the model. Every visit count and expansion must be equal, alone, beside rows that may
 * only take the first or the first two actions, and among 64 shuffled rows.
 */
final class PublishedTreeKind implements GoldenKind {
    /** The files round their numbers to 10 digits; a replay in doubles is within 4e-7. */
    private static final double TOLERANCE = 1e-5;

    @Override
    public String name() {
        return "published trees";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        return file.hasFields("algorithm", "algorithm_config", "env_config", "tree");
    }

    @Override
    public Verdict replay(GoldenFile file) {
        JsonNode tree = file.field("tree");
        double discount = Golden.number(Golden.field(file.field("env_config"), "discount", "env_config"), "discount");
        var model = new PublishedTreeModel(tree, (float) discount);
        int simulations = Golden.integer(Golden.field(tree, "visit", "tree"), "visit") - 1;
        String algorithm = Golden.text(file.field("algorithm"), "algorithm");
        SearchRecipe recipe = TreeOptions.recipe(algorithm, file.field("algorithm_config"), simulations);
        int actions = model.spec().actionCount();
        replay(model, recipe, new int[] {actions});
        replay(model, recipe, new int[] {actions, 1, 2});
        int[] shuffled = new int[64];
        for (int b = 0; b < shuffled.length; b++) {
            shuffled[b] = b % 4 == 1 ? actions : 1 + CounterRandom.below(actions, 7, 0, b, 0);
        }
        replay(model, recipe, shuffled);
        return Verdict.pass();
    }

    /** Searches rows that may take the first {@code allowed[b]} actions at the root, and compares those that may take all. */
    private static void replay(PublishedTreeModel model, SearchRecipe recipe, int[] allowed) {
        int rows = allowed.length;
        int actions = model.spec().actionCount();
        boolean[] illegal = new boolean[actions * rows];
        for (int a = 0; a < actions; a++) {
            for (int b = 0; b < rows; b++) illegal[a * rows + b] = a >= allowed[b];
        }
        var search = new TreeSearch(model, recipe, SearchExecution.rows(rows));
        search.plan(new PlanRequest(model, rows).observe(model, new float[rows]).illegal(illegal), Budget.UNLIMITED);
        for (int b = 0; b < rows; b++) {
            if (allowed[b] == actions) compare(model, search.result().tree(), b, "row " + b + " of " + rows);
        }
    }

    private static void compare(PublishedTreeModel model, SearchTree tree, int row, String where) {
        int compared = 0;
        for (int node = 0; node < tree.nodes(row); node++) {
            if (!tree.exists(row, node)) continue;
            int published = tree.tag(row, node, 0);
            String at = where + ", node " + node;
            if (published == PublishedTreeModel.OUTSIDE) throw new Difference(at + ": the published tree has no such node");
            JsonNode expected = model.nodes().get(published);
            Difference.requireEqual(at + ".evaluation_index", Golden.integer(expected.path("evaluation_index"), at), node);
            Difference.requireEqual(at + ".visit", Golden.integer(expected.path("visit"), at), tree.visits(row, node));
            Difference.requireClose(at + ".value_view", Golden.number(expected.path("value_view"), at), tree.value(row, node), TOLERANCE);
            for (int a = 0; a < tree.width(); a++) {
                int child = tree.child(row, node, a);
                int expectedChild = model.child(published, a);
                boolean same = child < 0 ? expectedChild < 0 : tree.tag(row, child, 0) == expectedChild;
                if (!same) throw new Difference(at + ": the child at action " + a + " differs");
            }
            compared++;
        }
        Difference.requireEqual(where + ", number of nodes", model.nodes().size(), compared);
    }
}
