package io.ponder.planners.tree;

import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.EdgeScore;
import io.ponder.engine.plan.TreeSnapshot;
import io.ponder.engine.tensor.SelectionKernels;
import java.util.Arrays;

/**
 * Computes the scores of a recipe's rules for single nodes of a {@link TreeSnapshot}: those of {@link Puct} and {@link Ucb1} at
 * decisions, as far as they depend on nothing but the node; NaN for others. Edges that are not legal have none.
 *
 * <p>Immutable. Every call allocates.
 *
 * @param recipe what made the tree
 */
public record RuleScores(SearchRecipe recipe) implements EdgeScore {
    @Override
    public double score(TreeSnapshot.Node node, int edge) {
        if (node.kind() != NodeKind.DECISION) return Double.NaN;
        int width = 1;
        for (TreeSnapshot.Edge legal : node.edges()) width = Math.max(width, legal.index() + 1);
        if (edge < 0 || edge >= width) return Double.NaN;
        var tree = new SearchTree(1, 1, new TreeShape(width, 0, 1, 0, 0, 0));
        tree.clear(0);
        tree.open(SearchTree.ROOT, SearchTree.NO_PARENT, Selector.NONE, node.kind(), 0);
        tree.visits[SearchTree.ROOT] = node.visits();
        tree.value[SearchTree.ROOT] = node.value();
        tree.rawValue[SearchTree.ROOT] = node.rawValue();
        Arrays.fill(tree.prior, 0, width, SearchTree.ILLEGAL);
        for (TreeSnapshot.Edge legal : node.edges()) {
            tree.prior[legal.index()] = legal.prior();
            tree.edgeVisits[legal.index()] = legal.visits();
            tree.edgeValue[legal.index()] = legal.value();
        }
        if (tree.prior[edge] == SearchTree.ILLEGAL) return Double.NaN;
        var context = new SearchContext(tree, new Roots(1, width, false), SelectionKernels.get(), node.visits());
        float[] out = new float[Math.max(width, SelectionKernels.STATISTICS)];
        SelectionRule rule = node.parent() < 0 ? recipe.root() : recipe.interior();
        return rule.scores(context, 0, SearchTree.ROOT, out) ? out[edge] : Double.NaN;
    }
}
