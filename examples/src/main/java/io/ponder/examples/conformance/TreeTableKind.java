package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.planners.tree.SearchRecipe;
import java.util.stream.IntStream;

/**
 * Replays mctx's searches over tables of logits, values and transitions: every node, visit count and action must be equal, with all rows
 * together, each row alone, three rows, and 64 shuffled ones.
 */
final class TreeTableKind implements GoldenKind {
    private static final int SMALL = 3;
    private static final int LARGE = 64;

    @Override
    public String name() {
        return "tree searches";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        return file.hasFields("algorithm", "options", "model", "root_states", "expected");
    }

    @Override
    public Verdict replay(GoldenFile file) {
        JsonNode json = file.content();
        JsonNode options = file.field("options");
        String algorithm = Golden.text(file.field("algorithm"), "algorithm");
        int simulations = Golden.integer(Golden.field(options, "num_simulations", "options"), "num_simulations");
        SearchRecipe recipe = TreeOptions.recipe(algorithm, options, simulations);
        var model = new TreeTableModel(file.field("model"));
        int rows = file.field("root_states").size();
        replay(json, model, recipe, IntStream.range(0, rows).toArray());
        for (int row = 0; row < rows; row++) replay(json, model, recipe, new int[] {row});
        replay(json, model, recipe, IntStream.range(0, SMALL).map(b -> (b + 1) % rows).toArray());
        replay(json, model, recipe, IntStream.range(0, LARGE).map(b -> CounterRandom.below(rows, 64, 0, b, 0)).toArray());
        return Verdict.pass();
    }

    private static void replay(JsonNode json, TreeTableModel model, SearchRecipe recipe, int[] rows) {
        var batch = new TreeBatch(model, recipe, json, rows);
        for (int b = 0; b < rows.length; b++) {
            String where = "expected[" + rows[b] + "]" + (rows.length == 1 ? "" : " in a batch of " + rows.length);
            JsonNode expected = Golden.field(json, "expected", "file").path(rows[b]);
            new TreeComparison(batch.search().result(), b, model.spec().actionCount()).compare(expected, where);
        }
    }
}
