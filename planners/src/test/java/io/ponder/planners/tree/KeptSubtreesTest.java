package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.TreeSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptSubtreesTest {
    private static final HashModel.Options GAME = new HashModel.Options(5, 0, 1, 0.2f, 0.05f, 0, 0.5f, 0.97f, 0);
    private static final HashModel.Options DICE = new HashModel.Options(3, 4, 2, 0.2f, 0.05f, 0, 0, 1, 0);

    private static TreeSearch search(HashModel model, int reserved) {
        return new TreeSearch(model, SearchRecipes.muzero().withNoise(null).withSimulations(120), SearchExecution.rows(2).keeping(reserved));
    }

    private static PlanRequest request(HashModel model) {
        return new PlanRequest(model, 2).observe(model, new float[] {11, 12});
    }

    /** Returns the nodes of a tree by their paths from a node. */
    private static Map<String, TreeSnapshot.Node> paths(TreeSnapshot tree, int root) {
        Map<Integer, String> path = new HashMap<>(Map.of(root, "."));
        Map<String, TreeSnapshot.Node> out = new HashMap<>();
        for (TreeSnapshot.Node node : tree.nodes()) {
            if (node.index() != root && !path.containsKey(node.parent())) continue;
            if (node.index() != root) path.put(node.index(), path.get(node.parent()) + "/" + node.edge());
            out.put(path.get(node.index()), node);
        }
        return out;
    }

    @Test
    void theSubtreeMovesWhole() {
        for (HashModel.Options options : List.of(GAME, DICE)) {
            var model = new HashModel(options);
            var search = search(model, 0);
            search.plan(request(model), Budget.UNLIMITED);
            SearchTree tree = search.result().tree();
            TreeSnapshot other = tree.snapshot(0);
            TreeSnapshot before = tree.snapshot(1);
            int edge = search.result().chosenEdge()[1];
            int node = tree.child(1, 0, edge);
            Map<String, TreeSnapshot.Node> expected = paths(before, node);

            int visits = search.keepSubtree(1, edge);

            assertThat(visits).isEqualTo(tree.visits(1, 0)).isGreaterThan(10);
            Map<String, TreeSnapshot.Node> moved = paths(tree.snapshot(1), 0);
            assertThat(moved.keySet()).isEqualTo(expected.keySet());
            moved.forEach((path, now) -> {
                TreeSnapshot.Node then = expected.get(path);
                assertThat(now.visits()).isEqualTo(then.visits());
                assertThat(now.value()).isEqualTo(then.value());
                assertThat(now.reward()).isEqualTo(then.reward());
                assertThat(now.edges().stream().map(e -> e.visits() + " " + e.value() + " " + e.prior()).toList())
                        .isEqualTo(then.edges().stream().map(e -> e.visits() + " " + e.value() + " " + e.prior()).toList());
            });
            assertThat(tree.snapshot(0)).isEqualTo(other);
        }
    }

    @Test
    void theNextSearchGoesOnFromThere() {
        var model = new HashModel(GAME);
        var search = search(model, 120);
        var request = request(model);
        search.plan(request, Budget.UNLIMITED);
        SearchTree tree = search.result().tree();
        int edge = search.result().chosenEdge()[1];
        int node = tree.child(1, 0, edge);
        // The environment does what the model says.
        for (int d = 0; d < 3; d++) request.roots().tags()[d * 2 + 1] = tree.tag(1, node, d);
        int kept = search.keepSubtree(1, edge);

        search.plan(request.keys(9, 1), Budget.UNLIMITED);

        assertThat(tree.visits(1, 0)).isEqualTo(kept + 120);
        assertThat(tree.visits(0, 0)).isEqualTo(121);
        assertThat(tree.nodes(1)).isGreaterThan(tree.nodes(0));
        assertThat(tree.kind(1, 0)).isEqualTo(NodeKind.DECISION);
        for (int i = 1; i < tree.nodes(1); i++) {
            if (!tree.exists(1, i)) continue;
            assertThat(tree.child(1, tree.parent(1, i), tree.parentEdge(1, i))).isEqualTo(i);
        }
        search.keepSubtree(1, search.result().chosenEdge()[1]);
        search.resetAll();
        search.plan(request, Budget.UNLIMITED);
        assertThat(tree.visits(1, 0)).isEqualTo(121);
    }

    @Test
    void anEdgeWithoutNodeStartsAnewAndOtherRecipesRefuse() {
        var model = new HashModel(GAME);
        var search = search(model, 0);
        assertThat(search.keepSubtree(0, 1)).isZero();
        search.plan(request(model), Budget.iterations(1));
        int other = search.result().chosenEdge()[0] == 0 ? 1 : 0;
        assertThat(search.keepSubtree(0, other)).isZero();
        search.plan(request(model), Budget.UNLIMITED);
        assertThat(search.result().tree().visits(0, 0)).isEqualTo(121);

        var sampled = new TreeSearch(model, SearchRecipes.sampledMuzero(3), SearchExecution.rows(1));
        assertThatThrownBy(() -> sampled.keepSubtree(0, 0)).isInstanceOf(IllegalStateException.class).hasMessageContaining("Maybe");
    }

    @Test
    void aRootOneOfWhoseVisitedEdgesIsIllegalNowStartsAnew() {
        var model = new HashModel(GAME);
        var search = search(model, 120);
        var request = request(model);
        search.plan(request, Budget.UNLIMITED);
        SearchTree tree = search.result().tree();
        int edge = search.result().chosenEdge()[1];
        int node = tree.child(1, 0, edge);
        for (int d = 0; d < 3; d++) request.roots().tags()[d * 2 + 1] = tree.tag(1, node, d);
        int visited = 0;
        while (tree.edgeVisits(1, node, visited) == 0) visited++;
        search.keepSubtree(1, edge);
        boolean[] illegal = new boolean[2 * 5];
        illegal[visited * 2 + 1] = true;

        search.plan(request.illegal(illegal), Budget.UNLIMITED);

        assertThat(tree.visits(1, 0)).isEqualTo(121);
        assertThat(tree.edgeVisits(1, 0, visited)).isZero();
        var fresh = search(model, 120);
        fresh.plan(request, Budget.UNLIMITED);
        assertThat(tree.snapshot(1)).isEqualTo(fresh.result().tree().snapshot(1));
    }

    @Test
    void closedEdgesKeepTheirPriors() {
        var model = new HashModel(new HashModel.Options(3, 0, 1, 0, 0.45f, 0, 1, 1, 0));
        var recipe = SearchRecipes.muzero().withNoise(null).withProofs(new ProofBounds(-50, 50)).withSimulations(300);
        int closed = 0;
        for (int state = 40; state < 52; state++) {
            var search = new TreeSearch(model, recipe, SearchExecution.rows(1));
            search.plan(new PlanRequest(model, 1).observe(model, new float[] {state}), Budget.UNLIMITED);
            SearchTree tree = search.result().tree();
            int edge = MostVisited.mostVisited(tree, 0);
            Map<String, TreeSnapshot.Node> expected = paths(tree.snapshot(0), tree.child(0, 0, edge));
            if (search.keepSubtree(0, edge) == 0) continue;
            for (var now : paths(tree.snapshot(0), 0).entrySet()) {
                assertThat(now.getValue().edges().stream().map(TreeSnapshot.Edge::prior).toList())
                        .isEqualTo(expected.get(now.getKey()).edges().stream().map(TreeSnapshot.Edge::prior).toList());
            }
            for (int place = 0; place < tree.nodes(0) * 3; place++) {
                if (tree.child[place] >= 0 && tree.prior[place] == SearchTree.ILLEGAL) closed++;
            }
        }
        assertThat(closed).isGreaterThan(20);
    }

    @Test
    void scoresAndWeightsOfOwnActionsMove() {
        var tree = new SearchTree(1, 3, new TreeShape(4, 0, 2, 0, 0, 0), BackUpRule.DEFAULT, new int[] {2, 2}, EdgeStorage.DENSE, 2);
        tree.clear(0);
        tree.used[0] = 3;
        for (int node = 0; node < 3; node++) tree.open(node, node - 1, node == 0 ? Selector.NONE : 0, NodeKind.SIMULTANEOUS, 0);
        JointStatistics joint = tree.joint;
        assertThat(joint).isNotNull();
        for (int i = 0; i < joint.score.length; i++) {
            joint.score[i] = i;
            joint.weight[i] = 100 + i;
        }

        assertThat(new Rerooting(tree).keep(0, 1)).isEqualTo(2);

        for (int i = 0; i < 8; i++) {
            assertThat(joint.score[i]).isEqualTo(4 + i);
            assertThat(joint.weight[i]).isEqualTo(104 + i);
        }
    }
}
