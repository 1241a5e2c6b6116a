package io.ponder.examples.papers;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.TreeSearch;

/**
 * Search on top of a trained policy and its value model: what a decoder earns of the best leaf, with a value model that errs by
 * 0.3. The control is the search with the exploration constant of the paper, which is far too large for returns between 0 and
 * 1.
 */
final class ValueGuidedExperiment {
    private static final int SIMULATIONS = 20;
    private static final double NOISE = 0.3;
    private static final double LITTLE_NOISE = 0.05;

    private ValueGuidedExperiment() {}

    static Experiment experiment() {
        return Experiment.named("ppo-mcts", "Value-guided search on a trained policy")
                .paper("Liu et al.: Don't throw away your value model! Generating more preferable text with value-guided"
                        + " Monte-Carlo tree search decoding, 2023")
                .claim("With a noisy value model, a few simulations before each choice beat one step of looking ahead, which"
                        + " beats the policy.")
                .metric("return of the decoded leaf as a share of the best", Direction.HIGHER)
                .method("search, c = 0.5").baseline("one step ahead").control("search, c = 8")
                .reference("policy, sampled").reference("policy, likeliest")
                .reference("best of 20 by value").reference("search, rollouts")
                .detail("little noise: search").detail("little noise: one step ahead")
                .atLeastAbove(0.02, "one step ahead").atLeastAbove(0.12, "policy, sampled")
                .require("one step ahead beats the policy's samples by 0.05",
                        outcome -> outcome.mean("one step ahead") >= outcome.mean("policy, sampled") + 0.05)
                .remark("With a value model that errs by 0.05 only (the details), there is nothing for the search to average"
                        + " out. Rollouts of the policy instead of so noisy a value model are better still here, for more"
                        + " model steps.")
                .inTests(2)
                .trial((seed, scale, curves) -> trial(seed, scale == Scale.SMALL ? 15 : 40));
    }

    private static double[] trial(long seed, int trees) {
        double[] sum = new double[9];
        for (int i = 0; i < trees; i++) {
            long key = CounterRandom.key(seed, i);
            var tree = new DecodingTree(key, NOISE);
            var random = new RandomStream(key, 1);
            add(sum, 0, trees, tree, searched(tree, SearchRecipes.valueGuided(0.5, 10), key));
            add(sum, 1, trees, tree, oneStep(tree));
            add(sum, 2, trees, tree, searched(tree, SearchRecipes.valueGuided(8, 10), key));
            add(sum, 3, trees, tree, sampled(tree, random));
            add(sum, 4, trees, tree, greedy(tree));
            add(sum, 5, trees, tree, bestOf(tree, 20, random));
            add(sum, 6, trees, tree, searched(tree, SearchRecipes.valueGuided(0.5, 10).withLeaf(new PolicyRollout(tree)), key));
            var clear = new DecodingTree(key, LITTLE_NOISE);
            add(sum, 7, trees, clear, searched(clear, SearchRecipes.valueGuided(0.5, 10), key));
            add(sum, 8, trees, clear, oneStep(clear));
        }
        return sum;
    }

    private static void add(double[] sum, int arm, int trees, DecodingTree tree, int leaf) {
        sum[arm] += tree.exact(leaf) / tree.best() / trees;
    }

    /** Searches a fresh tree before each choice and returns the leaf. */
    private static int searched(DecodingTree tree, SearchRecipe recipe, long key) {
        int node = 0;
        try (var search = new TreeSearch(tree, recipe.withSimulations(SIMULATIONS), SearchExecution.rows(1))) {
            var request = new PlanRequest(tree, 1);
            for (int step = 0; !tree.leaf(node); step++) {
                DecodingTree.set(request.keys(key, step).roots().resize(1), 0, node);
                node = DecodingTree.child(node, (int) search.plan(request, Budget.UNLIMITED).action(0, 0));
            }
        }
        return node;
    }

    private static int oneStep(DecodingTree tree) {
        int node = 0;
        while (!tree.leaf(node)) {
            int best = 0;
            for (int a = 1; a < DecodingTree.CHOICES; a++) {
                if (tree.seen(DecodingTree.child(node, a)) > tree.seen(DecodingTree.child(node, best))) best = a;
            }
            node = DecodingTree.child(node, best);
        }
        return node;
    }

    private static int greedy(DecodingTree tree) {
        int node = 0;
        while (!tree.leaf(node)) node = DecodingTree.child(node, tree.greedy(node));
        return node;
    }

    private static int sampled(DecodingTree tree, RandomStream random) {
        int node = 0;
        while (!tree.leaf(node)) node = DecodingTree.child(node, tree.draw(node, random.nextDouble()));
        return node;
    }

    /** Samples some leaves and takes the one whose parent the value model likes best: it does not see returns. */
    private static int bestOf(DecodingTree tree, int count, RandomStream random) {
        int best = sampled(tree, random);
        for (int i = 1; i < count; i++) {
            int other = sampled(tree, random);
            if (judged(tree, other) > judged(tree, best)) best = other;
        }
        return best;
    }

    private static double judged(DecodingTree tree, int leaf) {
        return tree.seen((leaf - 1) / DecodingTree.CHOICES);
    }

    /** Values a node by one rollout of the policy instead of the value model. */
    private record PolicyRollout(DecodingTree tree) implements LeafEvaluator {
        @Override
        public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer nodes) {
            for (int k = 0; k < states.columns(); k++) {
                if (nodes.kind()[k] == NodeKind.TERMINAL) continue;
                int node = states.tags()[k];
                for (int draw = 0; !tree.leaf(node); draw++) {
                    float uniform = CounterRandom.uniform(keys.key0()[k], keys.key1()[k], keys.sample()[k], draw);
                    node = DecodingTree.child(node, tree.draw(node, uniform));
                }
                nodes.value()[k] = (float) tree.exact(node);
            }
        }

        @Override
        public LeafEvaluator fork() {
            return this;
        }
    }
}
