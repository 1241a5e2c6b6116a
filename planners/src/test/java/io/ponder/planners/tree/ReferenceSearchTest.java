package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.RandomStream;
import org.junit.jupiter.api.Test;

/** The engine against {@link ReferenceSearch}, node by node, on random models with random options. */
class ReferenceSearchTest {
    private static final int COMBINATIONS = 1200;
    /** Searches in which no choice was too close for floats, of those tried. */
    private static final int COMPARED = 500;
    /** Means of up to 80 floats of size about 3. */
    private static final double TOLERANCE = 2e-5;

    @Test
    void everyNodeEqualsThatOfTheReference() {
        int compared = 0;
        for (int i = 0; i < COMBINATIONS; i++) {
            if (compare(new RandomStream(41, i), "combination " + i)) compared++;
        }

        assertThat(compared).isGreaterThanOrEqualTo(COMPARED);
    }

    private static boolean compare(RandomStream random, String name) {
        int actions = 1 + random.nextInt(24);
        int chances = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0;
        int players = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
        var model = new HashModel(new HashModel.Options(
                actions, chances, players, random.nextInt(2) * 0.4f, random.nextInt(2) * 0.15f, random.nextInt(2) * 0.1f,
                players == 1 ? random.nextInt(2) * 0.5f : 0, 0.5f + 0.5f * random.nextFloat(), 0));
        SearchRecipe recipe = recipe(random);
        boolean[] illegal = new boolean[actions];
        for (int a = 1; a < actions; a++) illegal[a] = random.nextInt(4) == 0;
        float[] noise = new float[Math.max(actions, chances)];
        for (int a = 0; a < actions; a++) noise[a] = random.nextFloat();
        int state = random.nextInt(1 << 20);
        var request = new PlanRequest(model, 1).observe(model, new float[] {state}).illegal(illegal).keys(state, 0);
        int player = random.nextInt(players);
        request.roots().tags()[2] = player;
        var reference = new ReferenceSearch(model, recipe, state, player, illegal, noise, request.keys()[0]);
        if (reference.close) return false;

        var search = new TreeSearch(model, recipe, SearchExecution.rows(1));
        search.giveRootNoise(noise);
        search.plan(request, Budget.UNLIMITED);

        compare(reference.root, search.result().tree(), 0, name + " " + model.options + " " + recipe);
        if (recipe.decision() instanceof GumbelBest best) {
            int action = reference.gumbelAction(best.values());
            if (!reference.close) assertThat(search.result().chosenEdge()[0]).as(name).isEqualTo(action);
        }
        return true;
    }

    static SearchRecipe recipe(RandomStream random) {
        SearchRecipe recipe = random.nextInt(2) == 0 ? SearchRecipes.muzero() : SearchRecipes.gumbel();
        var values = new CompletedQ(0.05 + random.nextDouble(), 50 * random.nextDouble(), random.nextBoolean(), random.nextBoolean(), 1e-8);
        SelectionRule interior = switch (random.nextInt(3)) {
            case 0 -> new GumbelInterior(values);
            case 1 -> new Ucb1(0.2 + random.nextDouble(), transform(random), firstPlay(random));
            default -> puct(random);
        };
        SelectionRule root = switch (random.nextInt(4)) {
            case 0 -> new GumbelHalving(1 + random.nextInt(20), random.nextDouble(), values);
            case 1 -> new Ucb1(0.2 + random.nextDouble(), transform(random), firstPlay(random));
            case 2 -> new Thompson(random.nextDouble(), 0.1 + 3 * random.nextDouble(), transform(random), firstPlay(random));
            default -> puct(random);
        };
        if (root instanceof GumbelHalving) recipe = recipe.withDecision(new GumbelBest(values));
        return recipe.withSimulations(1 + random.nextInt(80)).withRoot(root).withInterior(interior)
                .withMaxDepth(random.nextInt(3) == 0 ? 1 + random.nextInt(4) : SearchRecipe.UNLIMITED_DEPTH)
                .withNoise(random.nextBoolean() ? new DirichletNoise(0.25, 0.3) : null);
    }

    private static Puct puct(RandomStream random) {
        double base = random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : 10 + 100 * random.nextDouble();
        return new Puct(0.3 + random.nextDouble(), base, transform(random), firstPlay(random), random.nextBoolean());
    }

    private static QTransform transform(RandomStream random) {
        return switch (random.nextInt(4)) {
            case 0 -> SiblingRange.DEFAULT;
            case 1 -> new TreeMinMax(0.01f);
            case 2 -> new FixedRange(-2, 3);
            default -> FixedRange.IDENTITY;
        };
    }

    private static FirstPlay firstPlay(RandomStream random) {
        return FirstPlay.values()[random.nextInt(FirstPlay.values().length)];
    }

    private static void compare(ReferenceSearch.Node expected, SearchTree tree, int node, String name) {
        assertThat(node).as(name).isEqualTo(expected.index);
        assertThat(tree.kind(0, node)).as(name).isEqualTo(expected.kind);
        assertThat(tree.visits(0, node)).as(name + " visits of " + node).isEqualTo(expected.visits);
        assertThat((double) tree.value(0, node)).as(name + " value of " + node)
                .isCloseTo(expected.mean[expected.player], within(TOLERANCE));
        if (expected.kind == NodeKind.TERMINAL) return;
        assertThat(tree.edges(0, node)).as(name).isEqualTo(expected.children.length);
        for (int a = 0; a < expected.children.length; a++) {
            assertThat(tree.edgeVisits(0, node, a)).as(name + " visits of " + node + ", " + a).isEqualTo(expected.edgeVisits[a]);
            double prior = expected.logits[a] == Double.NEGATIVE_INFINITY ? Double.NEGATIVE_INFINITY : expected.prior[a];
            if (prior >= 0) assertThat((double) tree.prior(0, node, a)).as(name).isCloseTo(prior, within(TOLERANCE));
            else assertThat(tree.prior(0, node, a)).as(name).isEqualTo(SearchTree.ILLEGAL);
            ReferenceSearch.Node child = expected.children[a];
            if (child == null) {
                assertThat(tree.child(0, node, a)).as(name).isEqualTo(SearchTree.UNVISITED);
            } else {
                compare(child, tree, tree.child(0, node, a), name);
            }
        }
    }
}
