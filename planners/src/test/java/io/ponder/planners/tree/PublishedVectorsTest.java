package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.SelectionKernels;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The unit vectors of mctx's policies_test and qtransforms_test. */
class PublishedVectorsTest {
    private static final Offset<Float> SIX_DIGITS = within(1e-6f);
    private static final float NONE = Float.NEGATIVE_INFINITY;

    private static SearchResult search(SearchRecipe recipe, float[] logits, float[] rewards, float value, boolean[] illegal, float[] noise) {
        var bandit = new Bandit(new float[][] {logits}, new float[][] {rewards}, new float[] {value});
        var search = new TreeSearch(bandit, recipe, SearchExecution.rows(1));
        search.giveRootNoise(noise);
        search.plan(new PlanRequest(bandit, 1).observe(bandit, new float[1]).illegal(illegal), Budget.UNLIMITED);
        return search.result();
    }

    @Test
    void muzeroTakesTheOnlySimulatedAction() {
        SearchResult found = search(
                SearchRecipes.muzero().withSimulations(1).withNoise(null), new float[] {-1, 0, 2, 3}, new float[4], 0,
                new boolean[] {false, false, false, true}, new float[4]);

        assertThat(found.chosenEdge()).containsExactly(2);
        assertThat(found.policy()).containsExactly(0, 0, 1, 0);
    }

    @Test
    void gumbelWithMask() {
        var values = new CompletedQ(0.05, 60, true, true, 1e-8);
        var recipe = SearchRecipes.gumbel(new GumbelHalving(16, 1, values), values).withSimulations(17).withMaxDepth(3);

        SearchResult found = search(recipe, new float[] {0, -1, 2, 3}, new float[] {20, 3, -1, 10}, -5,
                new boolean[] {true, false, false, true}, new float[4]);

        assertThat(found.chosenEdge()).containsExactly(1);
        assertThat(found.visitCounts()).containsExactly(0, 9, 8, 0);
        assertThat(found.policy()).containsExactly(new float[] {0, 0.601869f, 0.398131f, 0}, SIX_DIGITS);
        int deepest = deepest(found.tree(), SearchTree.ROOT);
        assertThat(found.tree().depth(0, deepest)).isEqualTo(3);
        assertThat(found.tree().visits(0, deepest)).isEqualTo(6);
    }

    /** Returns the first of the deepest nodes below a node, in the order of the actions. */
    private static int deepest(SearchTree tree, int node) {
        int best = node;
        for (int a = 0; a < tree.width(); a++) {
            int child = tree.child(0, node, a);
            if (child < 0) continue;
            int below = deepest(tree, child);
            if (tree.depth(0, below) > tree.depth(0, best)) best = below;
        }
        return best;
    }

    @Test
    void gumbelWithoutMask() {
        var values = new CompletedQ(0.05, 60, true, true, 1e-8);
        var recipe = SearchRecipes.gumbel(new GumbelHalving(16, 1, values), values).withSimulations(17).withMaxDepth(3);

        // Without noise the four actions rank as with mctx's draw.
        SearchResult found = search(
                recipe, new float[] {0, -1, 2, 3}, new float[] {20, 3, -1, 10}, -5, new boolean[4], new float[4]);

        assertThat(found.chosenEdge()).containsExactly(3);
        assertThat(found.visitCounts()).containsExactly(6, 2, 2, 7);
        assertThat(found.policy()).containsExactly(new float[] {0.186629f, 0.004560f, 0.048382f, 0.760430f}, SIX_DIGITS);
    }

    @Test
    void theMixedValue() {
        var shape = new TreeShape(4, 0, 1, 1, 0, 0);
        var tree = new SearchTree(1, 2, shape);
        var context = new SearchContext(tree, new Roots(1, 4, false), SelectionKernels.get(), 1);
        tree.open(0, SearchTree.NO_PARENT, -1, (byte) 0, 0);
        tree.rawValue[0] = -0.8f;
        SelectionKernels.get().priors(4, new float[] {NONE, -1, 2, NONE}, 0, 1, tree.prior, 0);
        var completion = new Completion(context, new CompletedQ(1, 0, false, true, 1e-8));

        completion.complete(0);
        assertThat(completion.mixedValue).isEqualTo(-0.8f);

        float[] q = {20, 3, -1, 10};
        int[] visits = {0, 4, 4, 0};
        for (int a = 0; a < 4; a++) {
            tree.edgeVisits[a] = visits[a];
            tree.edgeValue[a] = 10f / 54 * q[a];
        }
        completion.complete(0);
        assertThat(completion.mixedValue).isCloseTo(-0.222271f, within(1e-6f));
    }

    @Test
    void temperatures() {
        var shape = new TreeShape(4, 0, 1, 1, 0, 0);
        var tree = new SearchTree(1, 2, shape);
        var context = new SearchContext(tree, new Roots(1, 4, false), SelectionKernels.get(), 1);
        tree.open(0, SearchTree.NO_PARENT, -1, (byte) 0, 0);
        for (int a = 0; a < 4; a++) tree.edgeVisits[a] = a;
        float[] probabilities = new float[4];

        new MostVisited(1).decider(context).decide(0, 0, true, probabilities);
        assertThat(probabilities).containsExactly(new float[] {0, 1 / 6f, 2 / 6f, 3 / 6f}, SIX_DIGITS);
        new MostVisited(2).decider(context).decide(0, 0, true, probabilities);
        double sum = 1 + Math.sqrt(2) + Math.sqrt(3);
        assertThat(probabilities).containsExactly(
                new float[] {0, (float) (1 / sum), (float) (Math.sqrt(2) / sum), (float) (Math.sqrt(3) / sum)}, SIX_DIGITS);
        assertThat(new MostVisited(0).decider(context).decide(0, 0, true, probabilities)).isEqualTo(3);
        assertThat(probabilities).containsExactly(0, 0, 0, 1);
    }
}
