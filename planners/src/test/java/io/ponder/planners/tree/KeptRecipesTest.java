package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a tree must obey after a search went on in a kept subtree, for the rules that need more than moving nodes. */
class KeptRecipesTest {
    private static final int ROWS = 12;
    private static final int MORE = 60;
    /** Means of a few hundred floats of size about 3. */
    private static final double TOLERANCE = 1e-4;
    private static final HashModel.Options GAME = new HashModel.Options(7, 0, 1, 0.2f, 0, 0, 0.5f, 0.97f, 0);
    private static final HashModel.Options DICE = new HashModel.Options(4, 3, 1, 0.2f, 0, 0, 0, 1, 0);
    private static final HashModel.Options THREE = new HashModel.Options(5, 0, 3, 0.2f, 0, 0, 0, 1, 0);

    private int[] kept = {};

    /** Searches, keeps the subtree behind the best edge (and a likely outcome, and two more moves among three), and searches on. */
    private SearchTree searchOn(HashModel model, SearchRecipe recipe, int depth) {
        return searchOn(model, recipe, depth, 0).result().tree();
    }

    private TreeSearch searchOn(HashModel model, SearchRecipe recipe, int depth, float shift) {
        var search = new TreeSearch(model, recipe.withSimulations(300), SearchExecution.rows(ROWS).keeping(300));
        float[] states = new float[ROWS];
        for (int b = 0; b < ROWS; b++) states[b] = 40 + b;
        var request = new PlanRequest(model, ROWS).observe(model, states);
        search.plan(request, Budget.UNLIMITED);
        SearchTree tree = search.result().tree();
        kept = new int[ROWS];
        for (int b = 0; b < ROWS; b++) {
            int[] path = new int[depth];
            int node = 0;
            for (int d = 0; d < depth; d++) {
                path[d] = MostVisited.mostVisited(tree, tree.slot(b, node));
                node = tree.child(b, node, path[d]);
            }
            for (int d = 0; d < 3; d++) request.roots().tags()[d * ROWS + b] = tree.tag(b, node, d);
            kept[b] = search.keepSubtree(b, path);
        }
        search.plan(request.keys(8, 1), Budget.iterations(MORE));
        return search;
    }

    private static void checkLaws(SearchTree tree, int row, boolean means) {
        for (int node = 0; node < tree.nodes(row); node++) {
            if (!tree.exists(row, node) || tree.kind(row, node) == NodeKind.TERMINAL) continue;
            if (node > 0) assertThat(tree.child(row, tree.parent(row, node), tree.parentEdge(row, node))).isEqualTo(node);
            int visits = 1;
            double sum = tree.rawValue(row, node);
            for (int e = 0; e < tree.edges(row, node); e++) {
                visits += tree.edgeVisits(row, node, e);
                sum += tree.edgeVisits(row, node, e) * (double) tree.edgeValue(row, node, e);
            }
            assertThat(tree.visits(row, node)).isEqualTo(visits);
            if (means) assertThat((double) tree.value(row, node)).isCloseTo(sum / visits, within(TOLERANCE));
        }
    }

    @Test
    void visitsAndMeansAddUp() {
        for (SearchRecipe recipe : List.of(
                SearchRecipes.muzero().withNoise(null), SearchRecipes.gumbel(), SearchRecipes.muzero().withRoot(Thompson.DEFAULT),
                SearchRecipes.muzero().withNoise(null).withBackUp(BackUpRule.DEFAULT.withOpponents(Opponents.PARANOID)))) {
            for (HashModel.Options options : List.of(GAME, DICE, THREE)) {
                int depth = options == DICE ? 2 : options == THREE ? 3 : 1;
                SearchTree tree = searchOn(new HashModel(options), recipe, depth);
                for (int b = 0; b < ROWS; b++) {
                    assertThat(kept[b]).isGreaterThan(10);
                    assertThat(tree.visits(b, 0)).isEqualTo(kept[b] + MORE);
                    checkLaws(tree, b, options != THREE);
                }
            }
        }
    }

    @Test
    void theRootsNewEvaluationTakesThePlaceOfTheImaginedOne() {
        var model = new HashModel(THREE);
        var search = new TreeSearch(model, SearchRecipes.muzero().withNoise(null), SearchExecution.rows(1).keeping(50));
        var request = new PlanRequest(model, 1).observe(model, new float[] {5});
        search.plan(request, Budget.UNLIMITED);
        SearchTree tree = search.result().tree();
        int edge = search.result().chosenEdge()[0];
        int child = tree.child(0, 0, edge);
        double[] before = new double[3];
        for (int p = 0; p < 3; p++) before[p] = tree.value(0, child, p);
        int visits = search.keepSubtree(0, edge);
        // The environment came to another state than the model had imagined: nothing but its evaluation differs.
        request.observe(model, new float[] {77});
        request.roots().tags()[2] = 1;
        var fresh = new TreeSearch(model, SearchRecipes.muzero().withNoise(null).withSimulations(1), SearchExecution.rows(1));
        double[] imagined = new double[3];
        for (int p = 0; p < 3; p++) imagined[p] = before[p] * visits;
        for (int p = 0; p < 3; p++) {
            for (int e = 0; e < 5; e++) {
                int below = tree.child(0, 0, e);
                if (below < 0) continue;
                imagined[p] -= tree.edgeVisits(0, 0, e) * ((double) tree.rewards[below * 3 + p] + tree.discount(0, below) * tree.value(0, below, p));
            }
        }
        search.plan(request, Budget.iterations(1));
        fresh.plan(request, Budget.UNLIMITED);

        assertThat(tree.visits(0, 0)).isEqualTo(visits + 1);
        assertThat(tree.rawValue(0, 0)).isEqualTo(fresh.result().tree().rawValue(0, 0)).isNotCloseTo((float) imagined[1], within(0.01f));
        int last = tree.nodes(0) - 1;
        double sum = tree.rawValue(0, 0) - imagined[1] + before[1] * visits;
        // One more simulation came in.
        int at = last;
        double returned = tree.values[at * 3 + 1];
        for (; at != 0; at = tree.parent(0, at)) returned = tree.rewards[at * 3 + 1] + tree.discount(0, at) * returned;
        assertThat((double) tree.value(0, 0, 1)).isCloseTo((sum + returned) / (visits + 1), within(TOLERANCE));
    }

    @Test
    void sequentialHalvingIsOverTheNewSimulations() {
        for (HashModel.Options options : List.of(GAME, THREE)) {
            var model = new HashModel(options);
            var search = searchOn(model, SearchRecipes.gumbel(), options == THREE ? 3 : 1, 0);
            SearchTree tree = search.result().tree();
            for (int b = 0; b < ROWS; b++) {
                int legal = 0;
                int most = 0;
                int[] more = new int[options.actions()];
                for (int a = 0; a < more.length; a++) {
                    if (tree.prior(b, 0, a) != SearchTree.ILLEGAL) legal++;
                    more[a] = tree.edgeVisits(b, 0, a) - before(search, b, a);
                    most = Math.max(most, more[a]);
                }
                var rounds = new HalvingRounds(1);
                int[] reached = new int[MORE];
                for (int i = 0; i < MORE; i++) reached[rounds.required(0, legal, MORE, MORE, i)]++;
                for (int v = 0; v < MORE; v++) {
                    int with = 0;
                    for (int n : more) if (n > v) with++;
                    assertThat(with).isEqualTo(reached[v]);
                }
                assertThat(more[search.result().chosenEdge()[b]]).isEqualTo(most);
            }
        }
    }

    private static int before(TreeSearch search, int row, int edge) {
        return search.roots().edgeVisitsBefore[row * search.result().width() + edge];
    }

    @Test
    void aParanoidTreeIsOnePlayers() {
        var model = new HashModel(THREE);
        var recipe = SearchRecipes.muzero().withBackUp(BackUpRule.DEFAULT.withOpponents(Opponents.PARANOID));
        searchOn(model, recipe, 1);
        assertThat(kept).containsOnly(0);
        searchOn(model, recipe, 3);
        assertThat(kept).doesNotContain(0);
    }

    @Test
    void boundsThatAreProvenStay() {
        var options = new HashModel.Options(3, 0, 1, 0, 0.45f, 0, 1, 1, 0);
        var recipe = SearchRecipes.muzero().withNoise(null).withProofs(new ProofBounds(-50, 50));
        SearchTree tree = searchOn(new HashModel(options), recipe, 1);
        int proven = 0;
        for (int b = 0; b < ROWS; b++) {
            for (int node = 0; node < tree.nodes(b); node++) {
                if (!tree.exists(b, node)) continue;
                double exact = tree.kind(b, node) == NodeKind.TERMINAL ? 0 : Double.NEGATIVE_INFINITY;
                if (!tree.proven(b, node)) continue;
                for (int e = 0; e < tree.edges(b, node); e++) {
                    int child = tree.child(b, node, e);
                    if (child < 0 || !tree.proven(b, child)) continue;
                    exact = Math.max(exact, tree.reward(b, child) + tree.discount(b, child) * tree.lowerBound(b, child, 0));
                }
                if (tree.kind(b, node) != NodeKind.TERMINAL) proven++;
                assertThat((double) tree.lowerBound(b, node, 0)).isCloseTo(exact, within(TOLERANCE));
            }
        }
        assertThat(proven).isGreaterThan(20);
    }
}
