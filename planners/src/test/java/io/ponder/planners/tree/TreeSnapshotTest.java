package io.ponder.planners.tree;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.TreeSnapshot;
import io.ponder.engine.storage.TreeSnapshotJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeSnapshotTest {
    private static TreeSnapshot tree(HashModel.Options options, SearchRecipe recipe, int state) {
        var model = new HashModel(options);
        var search = new TreeSearch(model, recipe, SearchExecution.rows(1));
        search.plan(new PlanRequest(model, 1).observe(model, new float[] {state}), Budget.UNLIMITED);
        return search.result().tree().snapshot(0);
    }

    @Test
    void jsonKeepsEveryNumber() {
        var dice = new HashModel.Options(4, 3, 2, 0.3f, 0.1f, 0, 0, 0.9f, 0);
        for (SearchRecipe recipe : List.of(SearchRecipes.muzero(), SearchRecipes.gumbel(), SearchRecipes.sampledMuzero(5))) {
            TreeSnapshot tree = tree(dice, recipe, 3);

            assertThat(TreeSnapshotJson.read(TreeSnapshotJson.write(tree))).isEqualTo(tree);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TreeSnapshotJson.read("{\"format\": \"x\"}")).withMessageContaining("ponder.tree/1");
        assertThatIllegalArgumentException().isThrownBy(() -> TreeSnapshotJson.read("{")).withMessageContaining("not JSON");
    }

    @Test
    void equalTreesHaveNoDifferenceAndOthersAFirstOne() {
        TreeSnapshot first = tree(HashModel.Options.PLAIN, SearchRecipes.muzero(), 3);
        TreeSnapshot again = tree(HashModel.Options.PLAIN, SearchRecipes.muzero(), 3);
        TreeSnapshot bolder = tree(
                HashModel.Options.PLAIN, SearchRecipes.muzero().withInterior(Puct.DEFAULT.withExploration(4, 19652)), 3);
        TreeSnapshot longer = tree(HashModel.Options.PLAIN, SearchRecipes.muzero().withSimulations(60), 3);

        assertThat(first.firstDifference(again)).isNull();
        var difference = requireNonNull(first.firstDifference(bolder));
        int i = difference.simulation();
        assertThat(i).isBetween(2, 50);
        assertThat(first.nodes().subList(0, i).stream().map(n -> n.parent() + " " + n.edge()))
                .containsExactlyElementsOf(bolder.nodes().subList(0, i).stream().map(n -> n.parent() + " " + n.edge()).toList());
        assertThat(difference.what()).contains("Simulation " + i).contains("prior");
        assertThat(requireNonNull(first.firstDifference(longer)).simulation()).isEqualTo(51);
    }

    @Test
    void summaryAndDrawingNameTheBestLine() {
        TreeSnapshot tree = tree(HashModel.Options.PLAIN, SearchRecipes.muzero(), 3);
        List<TreeSnapshot.Edge> line = tree.principalVariation();

        assertThat(line).isNotEmpty();
        assertThat(line.get(0).visits()).isEqualTo(tree.root().edges().stream().mapToInt(TreeSnapshot.Edge::visits).max().orElse(0));
        assertThat(tree.summary()).contains("51 nodes").contains("visited 51 times").contains("best line: " + line.get(0).index());
        assertThat(tree.toGraphviz()).startsWith("digraph").contains("n0 -> n" + line.get(0).child()).endsWith("}\n");
    }
}
