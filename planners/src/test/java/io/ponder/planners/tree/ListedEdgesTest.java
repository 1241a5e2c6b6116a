package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.testing.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trees that list tried edges only, beside dense ones. */
class ListedEdgesTest {
    private static final int COMBINATIONS = 700;
    /** Searches that list edges and in which no choice was too close for floats, of those tried. */
    private static final int COMPARED = 300;
    /** Half of the last of 11 bits. */
    private static final double ROUNDING = 1.0 / (1 << 11);
    private static final long MEGABYTE = 1_000_000;

    @Test
    void listedTreesAreThoseOfDenseOnes() {
        int compared = 0;
        for (int i = 0; i < COMBINATIONS; i++) {
            if (compare(new RandomStream(43, i), "combination " + i)) compared++;
        }

        assertThat(compared).isGreaterThanOrEqualTo(COMPARED);
    }

    private static boolean compare(RandomStream random, String name) {
        int actions = 1 + random.nextInt(random.nextBoolean() ? 12 : 150);
        int chances = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 0;
        int players = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
        var model = new HashModel(new HashModel.Options(
                actions, chances, players, random.nextInt(2) * 0.4f, random.nextInt(2) * 0.15f, random.nextInt(2) * 0.1f,
                players == 1 ? random.nextInt(2) * 0.5f : 0, 0.5f + 0.5f * random.nextFloat(), 0));
        SearchRecipe recipe = ReferenceSearchTest.recipe(random);
        if (recipe.interior().untried() == null) return false;
        boolean[] illegal = new boolean[actions];
        for (int a = 1; a < actions; a++) illegal[a] = random.nextInt(4) == 0;
        float[] noise = new float[Math.max(actions, chances)];
        for (int a = 0; a < actions; a++) noise[a] = random.nextFloat();
        int state = random.nextInt(1 << 20);
        var request = new PlanRequest(model, 1).observe(model, new float[] {state}).illegal(illegal);
        if (new ReferenceSearch(model, recipe, state, 0, illegal, noise, request.keys()[0]).close) return false;
        boolean drawn = random.nextBoolean();
        if (drawn) recipe = recipe.withChance(new ChanceSampled());
        // A tree that is full is searched on, and its edges have values without nodes.
        int nodes = random.nextInt(4) == 0 ? 1 + random.nextInt(20) : 1000;

        SearchTree dense = null;
        for (EdgeStorage storage : new EdgeStorage[] {EdgeStorage.DENSE, EdgeStorage.LISTED}) {
            var search = new TreeSearch(model, recipe, SearchExecution.rows(1).withEdges(storage));
            search.giveRootNoise(noise);
            SearchTree tree = search.result().tree();
            var budget = Budget.UNLIMITED.withBytes(tree.bytesPerRow() + nodes * tree.bytesPerNode());
            search.plan(request, budget);
            if (dense == null) dense = tree;
            else compare(dense, tree, name + " " + recipe + " " + model.options);
        }
        return true;
    }

    private static void compare(SearchTree dense, SearchTree listed, String name) {
        assertThat(listed.lists).isNotNull();
        assertThat(listed.nodes(0)).as(name).isEqualTo(dense.nodes(0));
        for (int node = 0; node < dense.nodes(0); node++) {
            assertThat(listed.exists(0, node)).as(name).isEqualTo(dense.exists(0, node));
            if (!dense.exists(0, node)) continue;
            assertThat(listed.visits(0, node)).as(name).isEqualTo(dense.visits(0, node));
            assertThat(listed.value(0, node)).as(name).isEqualTo(dense.value(0, node));
            assertThat(listed.edges(0, node)).as(name).isEqualTo(dense.edges(0, node));
            for (int a = 0; a < dense.edges(0, node); a++) {
                assertThat(listed.child(0, node, a)).as(name).isEqualTo(dense.child(0, node, a));
                assertThat(listed.edgeVisits(0, node, a)).as(name).isEqualTo(dense.edgeVisits(0, node, a));
                assertThat(listed.edgeValue(0, node, a)).as(name).isEqualTo(dense.edgeValue(0, node, a));
                assertThat(listed.prior(0, node, a)).as(name).isEqualTo(dense.prior(0, node, a));
            }
        }
        assertThat(listed.snapshot(0)).isEqualTo(dense.snapshot(0));
    }

    /** Priors of 1/64 are kept exactly, so nothing is rounded. */
    @Test
    void roundedTreesOfPriorsThatNeedNoRoundingAreDenseOnes() {
        for (SearchRecipe recipe : new SearchRecipe[] {SearchRecipes.muzero(), SearchRecipes.gumbel()}) {
            var model = new EvenModel(64);
            SearchTree dense = search(model, recipe.withSimulations(300), EdgeStorage.DENSE);
            SearchTree rounded = search(model, recipe.withSimulations(300), EdgeStorage.LISTED_ROUNDED);

            compare(dense, rounded, recipe.name());
        }
    }

    @Test
    void roundedPriorsKeepElevenBitsAndTheirOrder() {
        var random = new RandomStream(5, 0);
        short lastKept = 0;
        int together = 0;
        for (float prior = 0x1p-31f; prior <= 1; prior *= 1 + 0.01f * random.nextFloat()) {
            short kept = EdgeLists.round(prior);
            assertThat((double) EdgeLists.widen(kept)).isCloseTo(prior, within(prior * ROUNDING));
            assertThat(kept).isGreaterThanOrEqualTo(lastKept);
            assertThat(EdgeLists.round(EdgeLists.widen(kept))).as("rounded twice").isEqualTo(kept);
            if (kept == lastKept) together++;
            lastKept = kept;
        }
        assertThat(together).as("priors that became equal").isPositive();
        assertThat(EdgeLists.widen(EdgeLists.round(1))).isEqualTo(1);
        assertThat(EdgeLists.widen(EdgeLists.round(0))).isEqualTo(0x1p-31f);
        assertThat(EdgeLists.widen(EdgeLists.round(SearchTree.ILLEGAL))).isEqualTo(SearchTree.ILLEGAL);
    }

    @ParameterizedTest
    @EnumSource(value = EdgeStorage.class, names = {"LISTED", "LISTED_ROUNDED"})
    void illegalActionsAreNeverTakenAndNothingIsAllocated(EdgeStorage storage) {
        var model = new HashModel(new HashModel.Options(90, 8, 1, 0.6f, 0.05f, 0.05f, 0.5f, 0.97f, 0.02f));
        for (SearchRecipe recipe : new SearchRecipe[] {
            SearchRecipes.muzero(), SearchRecipes.gumbel(), SearchRecipes.gumbel().withChance(new ChanceSampled()),
            SearchRecipes.muzero().withInterior(Ucb1.DEFAULT)
        }) {
            var search = new TreeSearch(model, recipe.withSimulations(200), SearchExecution.rows(3).withEdges(storage));
            var request = new PlanRequest(model, 3).observe(model, new float[] {1, 2, 3}).keys(5, 0);

            assertThat(Allocation.onceWarm(() -> search.plan(request, Budget.UNLIMITED))).isZero();
            assertThat(search.result().simulations()).containsOnly(200);
        }
        assertThat(model.illegalActionsTaken).isZero();
    }

    @Test
    void aRootOf625ActionsAnd20000SimulationsTakes40Megabytes() {
        var model = new EvenModel(625);
        var recipe = SearchRecipes.muzero().withSimulations(20_000);
        var search = new TreeSearch(model, recipe, SearchExecution.rows(1).withEdges(EdgeStorage.LISTED_ROUNDED));
        long allocated = Allocation.of(() -> new TreeSearch(
                model, recipe, SearchExecution.rows(1).withEdges(EdgeStorage.LISTED_ROUNDED)));

        assertThat(allocated).isLessThan(40 * MEGABYTE);
        assertThat(search.result().tree().bytes()).isBetween(allocated - 2 * MEGABYTE, allocated);
        search.plan(new PlanRequest(model, 1).observe(model, new float[] {1}), Budget.UNLIMITED);
        assertThat(search.result().tree().nodes(0)).isEqualTo(20_001);
    }

    @Test
    void wideNodesAreListedUnlessTheSearchNeedsAllEdges() {
        var model = new EvenModel(EdgeStorage.WIDE + 1);
        var listed = SearchRecipes.muzero();

        assertThat(search(model, listed, EdgeStorage.AUTOMATIC).lists).isNotNull();
        assertThat(search(new EvenModel(EdgeStorage.WIDE), listed, EdgeStorage.AUTOMATIC).lists).isNull();
        for (SearchRecipe dense : new SearchRecipe[] {
            listed.withProofs(ProofBounds.WIN_OR_LOSS), listed.withActions(new TopPrior(40)),
            listed.withActions(new Widening(new AllActions(), 1, 0.5)), listed.withInterior((SelectionRule) context -> (row, slot) -> 0),
            listed.withInterior(new Puct(1.25, 19652, SiblingRange.DEFAULT, FirstPlay.LOWER_BOUND, false))
        }) {
            assertThat(search(model, dense, EdgeStorage.AUTOMATIC).lists).isNull();
            assertThatThrownBy(() -> search(model, dense, EdgeStorage.LISTED)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("list tried edges only").hasMessageContaining("Maybe leave the choice");
        }
        var keeping = SearchExecution.rows(1).keeping(10);
        assertThat(new TreeSearch(model, listed, keeping).result().tree().lists).isNull();
        var search = new TreeSearch(model, listed, SearchExecution.rows(1));
        search.plan(new PlanRequest(model, 1).observe(model, new float[] {1}), Budget.UNLIMITED);
        assertThatThrownBy(() -> search.keepSubtree(0, 0)).isInstanceOf(IllegalStateException.class).hasMessageContaining("keeping");
    }

    private static SearchTree search(EvenModel model, SearchRecipe recipe, EdgeStorage storage) {
        var search = new TreeSearch(model, recipe, SearchExecution.rows(1).withEdges(storage));
        search.plan(new PlanRequest(model, 1).observe(model, new float[] {1}), Budget.UNLIMITED);
        return search.result().tree();
    }
}
