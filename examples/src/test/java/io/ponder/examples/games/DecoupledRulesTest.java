package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.planners.tree.BackUpRule;
import io.ponder.planners.tree.DecoupledThompson;
import io.ponder.planners.tree.DecoupledUcb;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SimultaneousRule;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.testing.Allocation;
import io.ponder.worldmodels.game.GameModel;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DecoupledRulesTest {
    private static final int BOTH_DEFECT = 3;

    private static void search(SimultaneousRule rule, int simulations, long seed, Consumer<TreeSearch> read) {
        search(MatrixGame.prisonersDilemma(), rule, simulations, seed, read);
    }

    private static void search(MatrixGame game, SimultaneousRule rule, int simulations, long seed, Consumer<TreeSearch> read) {
        var model = GameModel.of(game);
        var recipe = SearchRecipes.muzero().withNoise(null).withSimulations(simulations)
                .withBackUp(BackUpRule.DEFAULT.withSimultaneous(rule));
        try (var search = new TreeSearch(model, recipe, SearchExecution.rows(1))) {
            search.plan(request(model, seed), Budget.UNLIMITED);
            read.accept(search);
        }
    }

    private static PlanRequest request(GameModel model, long seed) {
        var request = new PlanRequest(model, 1).keys(seed, 0);
        model.set(request.roots().resize(1), 0, Perft.start(model.game()));
        return request;
    }

    @Test
    void thompsonSamplingDecidesForTheDominantAction() {
        for (long seed = 0; seed < 10; seed++) {
            search(new DecoupledThompson(2.5, 2, 1), 400, seed, search -> {
                assertThat(search.result().chosenEdge()[0]).isEqualTo(BOTH_DEFECT);
                assertThat(search.result().policy()[BOTH_DEFECT]).isEqualTo(1);
                assertThat(search.result().tree().ownProbability(0, 0, 0, 1)).isEqualTo(1);
                assertThat(search.result().tree().ownProbability(0, 0, 1, 0)).isZero();
                // It was taken most of the time, but not always.
                assertThat(search.result().visitCounts()[BOTH_DEFECT]).isBetween(200, 399);
            });
        }
    }

    @Test
    void untriedActionsAreLeftAloneWhereTheyAreWorthLess() {
        search(new DecoupledUcb(0).withFirstPlay(-1), 50, 1, search ->
                assertThat(search.result().visitCounts()).containsExactly(50, 0, 0, 0));
        search(new DecoupledUcb(0), 50, 1, search -> assertThat(search.result().visitCounts()[BOTH_DEFECT]).isPositive());
    }

    /**
     * The first player chooses between two rows; in a symmetric game both would do the same at all times and learn to
     * cooperate.
     */
    @Test
    void ucbDecidesByVisitsOrByScores() {
        var game = new MatrixGame("rows", List.of("worse", "better"), List.of("only"),
                new float[] {0.2f, 0.8f}, new float[] {0, 0});
        search(game, new DecoupledUcb(5), 200, 1, search -> {
            float share = search.result().tree().ownProbability(0, 0, 0, 1);
            assertThat(share).isBetween(0.5f, 0.99f);
            assertThat(search.result().policy()[1]).isEqualTo(share);
            assertThat(search.result().policy()[0]).isEqualTo(1 - share, within(1e-6f));
        });
        search(game, new DecoupledUcb(5).decidingByScore(), 200, 1, search -> {
            assertThat(search.result().policy()).containsExactly(0, 1);
            assertThat(search.result().chosenEdge()[0]).isEqualTo(1);
        });
    }

    @Test
    void aWarmSearchAllocatesNothing() {
        var model = GameModel.of(MatrixGame.prisonersDilemma());
        var recipe = SearchRecipes.muzero().withNoise(null).withSimulations(50)
                .withBackUp(BackUpRule.DEFAULT.withSimultaneous(new DecoupledThompson(2.5, 2, 1)));
        try (var search = new TreeSearch(model, recipe, SearchExecution.rows(1))) {
            PlanRequest request = request(model, 1);
            assertThat(Allocation.onceWarm(() -> search.plan(request, Budget.UNLIMITED))).isZero();
        }
    }

    @Test
    void refusesWeightsAndFirstPlaysThatAreNone() {
        assertThatThrownBy(() -> new DecoupledThompson(0, 1, 0)).hasMessageContaining("weight is 0.0");
        assertThatThrownBy(() -> new DecoupledUcb(1).withFirstPlay(Double.NaN)).hasMessageContaining("firstPlay is NaN");
    }
}
