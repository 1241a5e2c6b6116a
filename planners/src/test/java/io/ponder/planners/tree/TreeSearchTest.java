package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.StopReason;
import io.ponder.testing.Allocation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TreeSearchTest {
    private static final HashModel.Options GAME = new HashModel.Options(9, 0, 1, 0.3f, 0.1f, 0.1f, 0.5f, 0.97f, 0);
    private static final HashModel.Options DICE = new HashModel.Options(4, 6, 2, 0.2f, 0.1f, 0, 0, 1, 0);

    static List<SearchRecipe> recipes() {
        SearchRecipe muzero = SearchRecipes.muzero();
        return List.of(
                muzero, SearchRecipes.gumbel(), SearchRecipes.alphaZero(),
                muzero.named("uct").withRoot(Ucb1.DEFAULT).withInterior(Ucb1.DEFAULT).withDecision(new HighestValue()),
                muzero.named("tree min-max").withRoot(Puct.DEFAULT.withTransform(TreeMinMax.DEFAULT))
                        .withInterior(Puct.DEFAULT.withTransform(TreeMinMax.DEFAULT)).withChance(new ChanceSampled()),
                muzero.named("thompson").withRoot(Thompson.DEFAULT),
                SearchRecipes.sampledMuzero(8), SearchRecipes.sampledGumbel(8));
    }

    private static PlanRequest request(HashModel model, int rows, int firstState) {
        float[] states = new float[rows];
        var request = new PlanRequest(model, rows).explore(true);
        for (int b = 0; b < rows; b++) {
            states[b] = firstState + b;
            request.keys()[b] = 1000L + firstState + b;
        }
        return request.observe(model, states);
    }

    private static String print(SearchTree tree, int row) {
        var text = new StringBuilder();
        for (int node = 0; node < tree.nodes(row); node++) {
            if (!tree.exists(row, node)) continue;
            text.append(node).append(' ').append(tree.parent(row, node)).append(' ').append(tree.parentEdge(row, node)).append(' ')
                    .append(tree.visits(row, node)).append(' ').append(Float.floatToIntBits(tree.value(row, node))).append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void sameTreesOnAnyThreadsInAnyBatchAndBlocks(SearchRecipe recipe) {
        for (HashModel.Options options : List.of(GAME, DICE)) {
            int rows = 19;
            var model = new HashModel(options);
            var together = new TreeSearch(model, recipe, SearchExecution.rows(rows));
            together.plan(request(model, rows, 50), Budget.UNLIMITED);
            var alone = new TreeSearch(model, recipe, SearchExecution.rows(1));
            for (int b = 0; b < rows; b++) {
                alone.plan(request(model, 1, 50 + b), Budget.UNLIMITED);
                assertThat(print(alone.result().tree(), 0)).isEqualTo(print(together.result().tree(), b));
                assertThat(alone.result().chosenEdge()[0]).isEqualTo(together.result().chosenEdge()[b]);
            }
            var pool = new ForkJoinPool(16);
            try {
                for (int threads : new int[] {2, 8, 16}) {
                    var spread = new TreeSearch(
                            model, recipe, SearchExecution.rows(rows).inBlocksOf(2).onThreads(pool, threads));
                    spread.plan(request(model, rows, 50), Budget.UNLIMITED);
                    for (int b = 0; b < rows; b++) {
                        assertThat(print(spread.result().tree(), b)).isEqualTo(print(together.result().tree(), b));
                    }
                    assertThat(spread.result().policy()).isEqualTo(together.result().policy());
                }
            } finally {
                pool.shutdown();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void anIllegalActionIsNeverTaken(SearchRecipe recipe) {
        for (HashModel.Options options : List.of(
                new HashModel.Options(9, 0, 1, 0.6f, 0.02f, 0, 0.5f, 1, 0), new HashModel.Options(20, 3, 2, 0.6f, 0.02f, 0, 0, 1, 0))) {
            var model = new HashModel(options);
            int rows = 16;
            int simulations = 500;
            var search = new TreeSearch(model, recipe.withSimulations(simulations), SearchExecution.rows(rows));
            var request = request(model, rows, 0);
            boolean[] illegal = new boolean[options.actions() * rows];
            for (int a = 2; a < options.actions(); a += 2) Arrays.fill(illegal, a * rows, (a + 1) * rows, true);
            request.illegal(illegal);
            for (int i = 0; i < 28; i++) {
                request.keys(7, i);
                Plan plan = search.plan(request, Budget.UNLIMITED);
                for (int b = 0; b < rows; b++) {
                    assertThat(illegal[(int) plan.action(b, 0) * rows + b]).isFalse();
                    for (int a = 0; recipe.actions().listsAll() && a < options.actions(); a++) {
                        int place = a * rows + b;
                        if (illegal[place]) assertThat(search.result().visitCounts()[place]).isZero();
                        if (illegal[place]) assertThat(search.result().policy()[place]).isZero();
                    }
                }
            }
            // 28 searches of 16 rows with 500 simulations each, of which many end where an episode ends.
            assertThat(model.steps).isGreaterThan(85_000);
            assertThat(model.illegalActionsTaken).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void whatIsNotANumberIsCountedAndNeverReachesTheRoot(SearchRecipe recipe) {
        var model = new HashModel(new HashModel.Options(7, 2, 1, 0.2f, 0.05f, 0, 0, 1, 0.1f));
        int rows = 8;
        var search = new TreeSearch(model, recipe.withSimulations(200), SearchExecution.rows(rows));

        Plan plan = search.plan(request(model, rows, 3), Budget.UNLIMITED);

        assertThat(plan.diagnostics().nonFiniteRollouts()).isPositive();
        for (float value : plan.predictedReturn()) assertThat(value).isFinite();
        for (float value : search.result().policy()) assertThat(value).isBetween(0f, 1f);
        SearchTree tree = search.result().tree();
        for (int b = 0; b < rows; b++) {
            for (int node = 0; node < tree.nodes(b); node++) {
                assertThat(tree.value(b, node)).isFinite();
                for (int a = 0; a < tree.edges(b, node); a++) assertThat(tree.edgeValue(b, node, a)).isFinite();
            }
        }
    }

    @Test
    void aModelOfNothingButNaNStillGetsAnAnswer() {
        var model = new HashModel(new HashModel.Options(3, 0, 1, 0, 0, 0, 0, 1, 1));
        for (SearchRecipe recipe : recipes()) {
            var search = new TreeSearch(model, recipe, SearchExecution.rows(1));

            Plan plan = search.plan(request(model, 1, 0), Budget.UNLIMITED);

            assertThat(plan.action(0, 0)).isBetween(0f, 2f);
            assertThat(plan.predictedReturn()[0]).isZero();
            assertThat(plan.diagnostics().nonFiniteRollouts()).isGreaterThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void nothingIsAllocatedOnceWarm(SearchRecipe recipe) {
        for (HashModel.Options options : List.of(GAME, DICE)) {
            var model = new HashModel(options);
            var search = new TreeSearch(model, recipe, SearchExecution.rows(4));
            var request = request(model, 4, 9);

            assertThat(Allocation.onceWarm(() -> search.plan(request, Budget.UNLIMITED))).isZero();
        }
    }

    @Test
    void oneModelColumnPerSimulationAndRow() {
        var model = new HashModel(HashModel.Options.PLAIN);
        var search = new TreeSearch(model, SearchRecipes.muzero(), SearchExecution.rows(5));

        Plan plan = search.plan(request(model, 5, 0), Budget.UNLIMITED);

        assertThat(model.steps).isEqualTo(250);
        assertThat(plan.diagnostics().modelSteps()).isEqualTo(250);
        assertThat(plan.diagnostics().iterations()).isEqualTo(50);
        assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(search.result().tree().visits(2, SearchTree.ROOT)).isEqualTo(51);
        assertThat(search.result().tree().nodes(2)).isEqualTo(51);
    }

    @Test
    void aTerminalNodeIsNotSearchedBelowAndWorthNothing() {
        var model = new HashModel(new HashModel.Options(3, 0, 1, 0, 0.4f, 0, 0, 1, 0));
        var search = new TreeSearch(model, SearchRecipes.muzero().withSimulations(300), SearchExecution.rows(1));
        search.plan(request(model, 1, 4), Budget.UNLIMITED);

        SearchTree tree = search.result().tree();
        int terminals = 0;
        for (int node = 0; node < tree.nodes(0); node++) {
            if (!tree.exists(0, node)) continue;
            assertThat(tree.kind(0, tree.parent(0, node) < 0 ? 0 : tree.parent(0, node))).isNotEqualTo(NodeKind.TERMINAL);
            if (tree.kind(0, node) != NodeKind.TERMINAL) continue;
            terminals++;
            assertThat(tree.value(0, node)).isZero();
        }
        assertThat(terminals).isPositive();
    }

    @Test
    void aRowThatIsOverIsAnsweredWithoutSearch() {
        var model = new HashModel(HashModel.Options.PLAIN);
        var search = new TreeSearch(model, SearchRecipes.gumbel(), SearchExecution.rows(2));
        var request = request(model, 2, 0);
        request.roots().tags()[2 + 1] = NodeKind.TERMINAL;

        Plan plan = search.plan(request, Budget.UNLIMITED);

        assertThat(plan.action(1, 0)).isEqualTo(-1);
        assertThat(search.result().simulations()).containsExactly(50, 0);
        assertThat(plan.predictedReturn()[1]).isZero();
    }

    @Test
    void theBudgetEndsASearch() {
        var model = new HashModel(HashModel.Options.PLAIN);
        long[] now = {0};
        var search = new TreeSearch(
                model, SearchRecipes.muzero(), SearchExecution.rows(2).withClock(() -> now[0] += 1000));
        var request = request(model, 2, 0);

        assertThat(search.plan(request, Budget.iterations(7)).diagnostics().stopReason()).isEqualTo(StopReason.ITERATIONS);
        assertThat(search.result().simulations()).containsExactly(7, 7);
        assertThat(search.plan(request, Budget.modelSteps(11)).diagnostics().stopReason()).isEqualTo(StopReason.MODEL_STEPS);
        assertThat(search.result().simulations()).containsExactly(5, 5);
        assertThat(search.plan(request, Budget.wallClock(Duration.ofNanos(20_000))).diagnostics().stopReason())
                .isEqualTo(StopReason.WALL_CLOCK);
        assertThat(search.result().simulations()[0]).isBetween(1, 20);
        search.cancel();
        assertThat(search.plan(request, Budget.UNLIMITED).diagnostics().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(search.result().simulations()).containsExactly(1, 1);
    }

    @Test
    void aSearchStopsWhenItsActionCannotChange() {
        var model = new HashModel(HashModel.Options.PLAIN);
        var search = new TreeSearch(model, SearchRecipes.muzero().withSimulations(400), SearchExecution.rows(20));
        var request = request(model, 20, 0).explore(false);
        search.plan(request, Budget.UNLIMITED);
        int[] full = search.result().chosenEdge().clone();

        Plan early = search.plan(request, Budget.UNLIMITED.untilDecided());

        assertThat(early.diagnostics().stopReason()).isEqualTo(StopReason.DECIDED);
        assertThat(search.result().chosenEdge()).isEqualTo(full);
        assertThat(Arrays.stream(search.result().simulations()).sum()).isLessThan(20 * 400 * 9 / 10);
    }

    @Test
    void aFullTreeSearchesOnWithoutNewNodes() {
        var model = new HashModel(HashModel.Options.PLAIN);
        var search = new TreeSearch(model, SearchRecipes.muzero().withSimulations(200), SearchExecution.rows(1));
        long bytes = 20 * new SearchTree(1, 1, new TreeShape(6, 0, 1, 1, 3, 0)).bytesPerNode();

        search.plan(request(model, 1, 0), Budget.UNLIMITED.withBytes(bytes));

        assertThat(search.result().tree().nodes(0)).isEqualTo(20);
        assertThat(search.result().tree().visits(0, 0)).isEqualTo(201);
        assertThat(search.result().simulations()[0]).isEqualTo(200);
    }

    @Test
    void theSequenceIsThePrincipalVariation() {
        var model = new HashModel(HashModel.Options.PLAIN);
        var search = new TreeSearch(model, SearchRecipes.muzero().withSimulations(100), SearchExecution.rows(1));
        Plan plan = search.plan(request(model, 1, 0).explore(false), Budget.UNLIMITED);

        assertThat(plan.sequence()[0]).isEqualTo(plan.actions()[0]);
        SearchTree tree = search.result().tree();
        int child = tree.child(0, 0, (int) plan.sequence()[0]);
        int most = 0;
        for (int a = 0; a < 6; a++) most = Math.max(most, tree.edgeVisits(0, child, a));
        assertThat(tree.edgeVisits(0, child, (int) plan.sequence()[1])).isEqualTo(most);
        assertThat(plan.predictedReturn()[0]).isEqualTo(tree.value(0, 0));
        assertThat(search.plan(request(model, 1, 0), Budget.iterations(3)).sequence()[15]).isNaN();
    }

    @Test
    void wrongRequestsAreRefused() {
        var model = new HashModel(HashModel.Options.PLAIN);
        var search = new TreeSearch(model, SearchRecipes.muzero(), SearchExecution.rows(2));

        assertThatIllegalArgumentException().isThrownBy(() -> search.plan(request(model, 3, 0), Budget.UNLIMITED))
                .withMessageContaining("rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search.plan(request(model, 2, 0).illegal(new boolean[5]), Budget.UNLIMITED))
                .withMessageContaining("mask");
        boolean[] all = new boolean[12];
        for (int a = 0; a < 6; a++) all[a * 2 + 1] = true;
        assertThatIllegalArgumentException().isThrownBy(() -> search.plan(request(model, 2, 0).illegal(all), Budget.UNLIMITED))
                .withMessageContaining("Row 1 has no legal action");
        assertThat(search.plan(request(model, 2, 0), Budget.UNLIMITED).action(1, 0)).isBetween(0f, 5f);
        assertThatIllegalArgumentException().isThrownBy(() -> SearchRecipes.muzero().withSimulations(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SearchExecution.rows(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TreeSearch(model, SearchRecipes.muzero().withSimulations(50_000), SearchExecution.rows(100_000)))
                .withMessageContaining("Maybe plan for fewer rows");
    }

    @Test
    void whereNothingBehindARootIsANumberTheLikeliestLegalActionIsTaken() {
        float nan = Float.NaN;
        var model = new Bandit(new float[][] {{3, 0, 1}}, new float[][] {{nan, nan, nan}}, new float[1]);
        for (SearchRecipe recipe : List.of(
                SearchRecipes.muzero(), SearchRecipes.gumbel(), SearchRecipes.muzero().withDecision(new HighestValue()),
                SearchRecipes.muzero().withProofs(ProofBounds.WIN_OR_LOSS))) {
            var search = new TreeSearch(model, recipe, SearchExecution.rows(1));
            var request = new PlanRequest(model, 1).observe(model, new float[1]).illegal(new boolean[] {true, false, false});
            Plan plan = search.plan(request, Budget.UNLIMITED);
            assertThat(plan.action(0, 0)).isEqualTo(2);
            assertThat(search.result().policy()).containsExactly(0, 0, 1);
            assertThat(plan.diagnostics().nonFiniteRollouts()).isEqualTo(2);
            request.illegal(new boolean[] {true, false, true});
            assertThat(search.plan(request, Budget.UNLIMITED.untilDecided()).action(0, 0)).isEqualTo(1);
        }
    }

    @Test
    void provenEdgesLeaveThePolicyAndTheDecisionSound() {
        int closed = 0;
        for (SearchRecipe base : List.of(SearchRecipes.gumbel(), SearchRecipes.muzero())) {
            for (int state = 0; state < 60; state++) {
                var model = new HashModel(new HashModel.Options(4, 0, 1, 0.2f, 0.5f, 0, 0, 1, 0));
                var search = new TreeSearch(model, base.withProofs(new ProofBounds(-20, 20)), SearchExecution.rows(1));
                search.plan(request(model, 1, state), Budget.UNLIMITED);
                SearchResult result = search.result();
                SearchTree tree = result.tree();
                double policy = 0;
                double prior = 0;
                for (int a = 0; a < 4; a++) {
                    policy += result.policy()[a];
                    prior += result.priors()[a];
                    assertThat(result.policy()[a]).isBetween(0f, 1f);
                    if (tree.prior[a] == SearchTree.ILLEGAL && tree.child[a] >= 0) closed++;
                }
                assertThat(policy).isBetween(0.9999, 1.0001);
                assertThat(prior).as("closed edges keep their prior").isBetween(0.9999, 1.0001);
                int chosen = result.chosenEdge()[0];
                boolean mayBeBest = tree.proofs.edgeHigh(0, 0, chosen) >= tree.proofs.surest(0, 0);
                assertThat(mayBeBest).isTrue();
                assertThat(tree.snapshot(0).nodes().get(0).edges().stream().filter(e -> e.child() >= 0).count())
                        .isEqualTo(Arrays.stream(tree.child, 0, 4).filter(c -> c >= 0).count());
            }
        }
        assertThat(closed).isPositive();
    }

    @Test
    void aSearchThatFailedLeavesNothingBehind() {
        var model = new HashModel(GAME);
        var search = new TreeSearch(model, SearchRecipes.muzero(), SearchExecution.rows(1));
        var masked = request(model, 1, 50);
        boolean[] all = new boolean[9];
        Arrays.fill(all, true);
        search.cancel();
        assertThatIllegalArgumentException().isThrownBy(() -> search.plan(masked.illegal(all), Budget.UNLIMITED))
                .withMessageContaining("Maybe");

        Plan plan = search.plan(request(model, 1, 50), Budget.UNLIMITED);

        assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.COMPLETED);
        var other = new Bandit(new float[1][9], new float[1][9], new float[1]);
        var small = new PlanRequest(other, 1).observe(other, new float[1]);
        assertThatIllegalArgumentException().isThrownBy(() -> search.plan(small, Budget.UNLIMITED))
                .withMessageContaining("tagSize");
    }

    @Test
    void sharesOfLongTimesDoNotOverflow() {
        assertThat(Retirement.share(Long.MAX_VALUE - 1, 3, 4)).isBetween(Long.MAX_VALUE / 4 * 3 - 4, Long.MAX_VALUE / 4 * 3 + 4);
        assertThat(Retirement.share(1001, 2, 3)).isEqualTo(667);
    }
}
