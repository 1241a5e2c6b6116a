package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.TreeSearch;

/** Searches some rows of a golden file together. */
final class TreeBatch {
    private final TreeSearch search;
    private final int[] rows;
    private final JsonNode file;
    private final int actions;

    /**
     * Searches.
     *
     * @param file "root_states", "invalid_actions" and "noise", an entry for every row of the file
     * @param rows the row of the file that each row of the batch repeats
     */
    TreeBatch(WorldModel model, SearchRecipe recipe, JsonNode file, int[] rows) {
        this.rows = rows.clone();
        this.file = file;
        actions = model.spec().actionCount();
        int edges = Math.max(actions, chanceCount(model));
        search = new TreeSearch(model, recipe, SearchExecution.rows(rows.length));
        float[] states = new float[rows.length];
        for (int b = 0; b < rows.length; b++) {
            states[b] = Golden.integer(Golden.field(file, "root_states", "file").get(rows[b]), "root_states");
        }
        var request = new PlanRequest(model, rows.length).observe(model, states).explore(true);
        if (file.path("invalid_actions").isArray()) request.illegal(mask());
        // Without noise nothing may be drawn: exploring is only asked for because of the temperature.
        search.giveRootNoise(file.path("noise").isArray() ? noise(edges) : new float[edges * rows.length]);
        search.plan(request, Budget.UNLIMITED);
    }

    private static int chanceCount(WorldModel model) {
        var heads = model.as(LatentHeads.class);
        return heads == null ? 0 : heads.chanceCount();
    }

    private boolean[] mask() {
        boolean[] mask = new boolean[actions * rows.length];
        for (int b = 0; b < rows.length; b++) {
            double[] row = Golden.numbers(file.get("invalid_actions").get(rows[b]), actions, "invalid_actions");
            for (int a = 0; a < actions; a++) mask[a * rows.length + b] = row[a] != 0;
        }
        return mask;
    }

    private float[] noise(int edges) {
        float[] noise = new float[edges * rows.length];
        for (int b = 0; b < rows.length; b++) {
            double[] row = Golden.numbers(file.get("noise").get(rows[b]), actions, "noise");
            for (int a = 0; a < actions; a++) noise[a * rows.length + b] = (float) row[a];
        }
        return noise;
    }

    /** Returns the planner after its search. */
    TreeSearch search() {
        return search;
    }
}
