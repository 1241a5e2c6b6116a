package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.model.NodeKind;
import io.ponder.planners.tree.SearchResult;
import io.ponder.planners.tree.SearchTree;

/** Compares one row of a search with what mctx found. */
final class TreeComparison {
    /** Ours are floats, summed in another order than mctx's floats; a replay in doubles is within 3e-6 of mctx. */
    private static final double TOLERANCE = 1e-5;

    /** Scaling by the range of a node's values makes a difference of them larger; relative where above 1. */
    private static final double TRANSFORMED_TOLERANCE = 1e-5;

    private final SearchResult result;
    private final SearchTree tree;
    private final int row;
    private final int actions;

    TreeComparison(SearchResult result, int row, int actions) {
        this.result = result;
        this.tree = result.tree();
        this.row = row;
        this.actions = actions;
    }

    /** Throws at the first difference. */
    void compare(JsonNode expected, String where) {
        compareTree(Golden.field(expected, "tree", where), where + ".tree");
        compareRoot(expected, where);
        JsonNode action = expected.path("action");
        if (action.isNumber()) Difference.requireEqual(where + ".action", Golden.integer(action, where), result.chosenEdge()[row]);
    }

    private void compareRoot(JsonNode expected, String where) {
        int rows = tree.rows();
        double[] visits = Golden.numbers(Golden.field(expected, "root_visit_counts", where), actions, where + ".root_visit_counts");
        double[] values = Golden.numbers(Golden.field(expected, "root_qvalues", where), actions, where + ".root_qvalues");
        double[] weights = Golden.numbers(Golden.field(expected, "action_weights", where), actions, where + ".action_weights");
        double[] logits = Golden.numbers(Golden.field(expected, "root_prior_logits", where), actions, where + ".root_prior_logits");
        double[] transformed = Golden.numbers(
                Golden.field(expected, "root_transformed_qvalues", where), actions, where + ".root_transformed_qvalues");
        float[] ours = result.transformedValues(row);
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (double logit : logits) largest = Math.max(largest, logit);
        for (double logit : logits) sum += Math.exp(logit - largest);
        for (int a = 0; a < actions; a++) {
            int place = a * rows + row;
            String at = "[" + a + "]";
            Difference.requireEqual(where + ".root_visit_counts" + at, (int) visits[a], result.visitCounts()[place]);
            Difference.requireClose(where + ".root_qvalues" + at, values[a], result.edgeValues()[place], TOLERANCE);
            Difference.requireClose(where + ".root_transformed_qvalues" + at, transformed[a], ours[a],
                    TRANSFORMED_TOLERANCE * Math.max(1, Math.abs(transformed[a])));
            Difference.requireClose(where + ".action_weights" + at, weights[a], result.policy()[place], TOLERANCE);
            Difference.requireClose(where + ".root_prior_logits" + at + " as a probability",
                    Math.exp(logits[a] - largest) / sum, result.priors()[place], TOLERANCE);
        }
        double value = Golden.number(Golden.field(expected, "root_value", where), where + ".root_value");
        Difference.requireClose(where + ".root_value", value, result.rootValues()[row], TOLERANCE);
        if (!expected.path("action_probabilities").isArray()) return;
        double[] chances = Golden.numbers(expected.get("action_probabilities"), actions, where + ".action_probabilities");
        for (int a = 0; a < actions; a++) {
            Difference.requireClose(where + ".action_probabilities[" + a + "]", chances[a], result.probabilities()[a * rows + row],
                    TOLERANCE);
        }
    }

    private void compareTree(JsonNode expected, String where) {
        JsonNode nodes = Golden.array(expected, "nodes", where);
        int used = 0;
        for (int node = 0; node < tree.nodes(row); node++) if (tree.exists(row, node)) used++;
        Difference.requireEqual(where + ", number of nodes", nodes.size(), used);
        for (int i = 0; i < nodes.size(); i++) {
            int node = Golden.integer(nodes.get(i), where + ".nodes");
            if (node >= tree.nodes(row) || !tree.exists(row, node)) throw new Difference(where + ": node " + node + " was not made");
            compareNode(expected, i, node, where + ", node " + node);
        }
    }

    private void compareNode(JsonNode expected, int i, int node, String where) {
        requireInteger(expected, "states", i, tree.tag(row, node, 0), where);
        requireInteger(expected, "parents", i, tree.parent(row, node), where);
        requireInteger(expected, "node_visits", i, tree.visits(row, node), where);
        boolean decision = tree.kind(row, node) == NodeKind.DECISION;
        if (expected.has("is_decision")) requireInteger(expected, "is_decision", i, decision ? 1 : 0, where);
        int edge = tree.parentEdge(row, node);
        // mctx lays the chance outcomes behind the actions.
        boolean fromChance = node != SearchTree.ROOT && tree.kind(row, tree.parent(row, node)) == NodeKind.CHANCE;
        requireInteger(expected, "action_from_parent", i, fromChance ? actions + edge : edge, where);
        double value = Golden.number(Golden.field(expected, "node_values", where).path(i), where);
        Difference.requireClose(where + ".node_values", value, tree.value(row, node), TOLERANCE);
        JsonNode children = Golden.field(expected, "children_index", where).path(i);
        JsonNode visits = Golden.field(expected, "children_visits", where).path(i);
        int first = decision ? 0 : actions;
        for (int w = 0; w < children.size(); w++) {
            boolean ours = w >= first && w < first + tree.edges(row, node);
            int child = ours ? tree.child(row, node, w - first) : SearchTree.UNVISITED;
            int count = ours ? tree.edgeVisits(row, node, w - first) : 0;
            Difference.requireEqual(where + ".children_index[" + w + "]", Golden.integer(children.get(w), where), child);
            Difference.requireEqual(where + ".children_visits[" + w + "]", Golden.integer(visits.path(w), where), count);
        }
    }

    private static void requireInteger(JsonNode object, String field, int i, int actual, String where) {
        int expected = Golden.integer(Golden.field(object, field, where).path(i), where + "." + field);
        Difference.requireEqual(where + "." + field, expected, actual);
    }
}
