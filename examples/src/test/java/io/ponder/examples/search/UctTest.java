package io.ponder.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ponder.engine.game.Game;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.StopReason;
import io.ponder.examples.games.Breakthrough;
import io.ponder.examples.games.Catch;
import io.ponder.examples.games.ConnectFour;
import io.ponder.examples.games.Games;
import io.ponder.examples.games.Pig;
import io.ponder.examples.games.TicTacToe;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchTree;
import io.ponder.testing.Allocation;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UctTest {
    private static KnownSearch uct(Game game, int simulations) {
        GameModel model = GameModel.of(game);
        return new KnownSearch(model, SearchRecipes.uct(new GameRollouts(model)).withSimulations(simulations));
    }

    @Test
    void takesAWinAndBlocksALoss() {
        KnownSearch search = uct(new TicTacToe(), 400);
        for (int seed = 0; seed < 20; seed++) {
            search.after(seed, 0, 3, 1, 4);
            assertThat(search.chosen()).isEqualTo(2);
            search.after(seed, 0, 4, 1);
            assertThat(search.chosen()).isEqualTo(2);
        }
    }

    @Test
    void seesAForkThreeMovesAhead() {
        // Three stones in the middle of the bottom row with both ends free win whatever the other does.
        KnownSearch search = uct(new ConnectFour(), 3000);
        for (int seed = 0; seed < 5; seed++) {
            search.after(seed, 2, 2, 3, 3);
            assertThat(search.chosen()).isIn(1, 4);
            assertThat(search.result().rootValues()[0]).isGreaterThan(0.5f);
        }
    }

    @Test
    void everyActionIsTriedOnceBeforeAnyIsTriedAgain() {
        KnownSearch search = uct(new Breakthrough(6, 6), 16);

        search.after(3);

        assertThat(search.game.legalCount(KnownSearch.position(search.game))).isEqualTo(16);
        int[] visits = search.result().visitCounts();
        assertThat(Arrays.stream(visits).max()).hasValue(1);
        assertThat(Arrays.stream(visits).sum()).isEqualTo(16);
    }

    @Test
    void oneSimulationIsEnoughForALegalMove() {
        KnownSearch search = uct(new TicTacToe(), 1);

        Plan plan = search.after(1, 0, 4);

        assertThat(search.game.legal(KnownSearch.position(search.game, 0, 4), search.chosen())).isTrue();
        assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void whereTheGameIsOverThereIsNothingToChoose() {
        KnownSearch search = uct(new TicTacToe(), 50);

        search.after(1, 0, 3, 1, 4, 2);

        assertThat(search.chosen()).isEqualTo(-1);
        assertThat(search.result().simulations()[0]).isZero();
        assertThat(search.result().rootValues()[0]).isZero();
    }

    @Test
    void oneLegalActionIsChosenAndValued() {
        KnownSearch search = uct(new TicTacToe(), 30);

        // One square is left, and it completes nothing.
        search.after(1, 0, 1, 2, 4, 3, 5, 7, 6);

        assertThat(search.chosen()).isEqualTo(8);
        assertThat(search.result().visitCounts()[8]).isEqualTo(30);
        assertThat(search.result().rootValues()[0]).isZero();
    }

    @Test
    void aMillionSimulationsFitIntoOneMebibyte() {
        GameModel model = GameModel.of(new TicTacToe());
        SearchRecipe recipe = SearchRecipes.uct(new GameRollouts(model)).withSimulations(1_000_000);
        var search = new KnownSearch(model, recipe, SearchExecution.rows(1).withBytes(1 << 20));

        Plan plan = search.after(3, 0, 4, 8);

        assertThat(search.tree().bytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(search.result().simulations()[0]).isEqualTo(1_000_000);
        assertThat(search.chosen()).as("an edge, a corner would lose").isIn(1, 3, 5, 7);
        assertThat(search.tree().capacity()).isGreaterThan(4000);
    }

    @Test
    void stopsWhenTheMostVisitedMoveCannotChange() {
        KnownSearch search = uct(new TicTacToe(), 20_000);
        int[] position = KnownSearch.position(search.game, 0, 3, 1, 4);

        Plan plan = search.from(2, position, Budget.UNLIMITED.untilDecided());

        assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.DECIDED);
        int done = search.result().simulations()[0];
        assertThat(done).isLessThan(15_000);
        int most = search.result().visitCounts()[search.chosen()];
        int second = 0;
        for (int a = 0; a < 9; a++) if (a != search.chosen()) second = Math.max(second, search.result().visitCounts()[a]);
        // A simulation can change the lead and what is left by one each.
        assertThat(most - second).as("just more than what is left").isBetween(20_000 - done + 1, 20_000 - done + 2);
        int early = search.chosen();
        search.from(2, position);
        assertThat(search.chosen()).isEqualTo(early);
    }

    @Test
    void catchesTheBall() {
        Game game = new Catch();
        KnownSearch search = uct(game, 100);
        int caught = 0;
        for (int seed = 0; seed < 20; seed++) {
            int[] position = KnownSearch.position(game);
            float score = 0;
            for (int i = 0; game.playerToMove(position) != Game.TERMINAL; i++) {
                if (game.playerToMove(position) == Game.CHANCE) {
                    game.play(position, (seed + i) % game.chanceCount());
                } else {
                    search.from(seed, position);
                    game.play(position, search.chosen());
                }
                score += game.reward(position, 0);
            }
            if (score > 0) caught++;
        }
        assertThat(caught).isEqualTo(20);
    }

    @Test
    void threePlayersOfPigShareNothing() {
        Game game = new Pig(3, 20, 30);
        KnownSearch search = uct(game, 500);

        search.after(7);

        float sum = 0;
        for (int p = 0; p < 3; p++) sum += search.result().rootValues()[p];
        assertThat(sum).isBetween(-1e-4f, 1e-4f);
        assertThat(search.chosen()).as("to stop with nothing is pointless").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tictactoe", "connect4", "breakthrough6", "othello6", "2048-3x3", "pig3", "catch"})
    void aRowIsTheSameAloneAndBesideOthers(String name) {
        GameModel model = GameModel.of(Games.make(name));
        SearchRecipe recipe = SearchRecipes.uct(new GameRollouts(model, 1, 200)).withSimulations(200);
        var alone = new KnownSearch(model, recipe);
        var beside = new KnownSearch(model, recipe, SearchExecution.rows(5).inBlocksOf(2));
        beside.after(5);
        for (int row = 0; row < 5; row++) {
            alone.request.keys(5, 0);
            model.set(alone.request.roots(), 0, KnownSearch.position(alone.game));
            alone.request.keys()[0] = beside.request.keys()[row];
            alone.search.plan(alone.request, Budget.UNLIMITED);
            for (int w = 0; w < alone.tree().width(); w++) {
                assertThat(alone.result().visitCounts()[w]).isEqualTo(beside.result().visitCounts()[w * 5 + row]);
                assertThat(alone.result().edgeValues()[w]).isEqualTo(beside.result().edgeValues()[w * 5 + row]);
            }
        }
    }

    /** A leaf evaluation that a search cannot look into, so that it has to go through columns. */
    record Opaque(LeafEvaluator leaf) implements LeafEvaluator {
        @Override
        public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer nodes) {
            leaf.evaluate(states, keys, nodes);
        }

        @Override
        public LeafEvaluator fork() {
            return new Opaque(leaf.fork());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tictactoe", "connect4", "breakthrough6", "2048-3x3", "pig3", "catch"})
    void straightFromTheRulesIsTheSameAsThroughColumns(String name) {
        for (GameModel model : List.of(GameModel.of(Games.make(name)), GameModel.perPlayer(Games.make(name)))) {
            for (int rollouts : new int[] {1, 2}) {
                var leaf = new GameRollouts(model, rollouts, 100);
                var straight = new KnownSearch(model, SearchRecipes.uct(leaf).withSimulations(150));
                var columns = new KnownSearch(model, SearchRecipes.uct(new Opaque(leaf)).withSimulations(150));
                for (Budget budget : List.of(Budget.UNLIMITED, Budget.UNLIMITED.withBytes(20_000))) {
                    straight.from(rollouts, KnownSearch.position(straight.game), budget);
                    columns.from(rollouts, KnownSearch.position(straight.game), budget);
                    assertSameTree(straight.tree(), columns.tree());
                }
            }
        }
    }

    private static void assertSameTree(SearchTree a, SearchTree b) {
        assertThat(a.nodes(0)).isEqualTo(b.nodes(0)).isGreaterThan(4);
        for (int node = 0; node < a.nodes(0); node++) {
            assertThat(a.exists(0, node)).isEqualTo(b.exists(0, node));
            if (!a.exists(0, node)) continue;
            assertThat(a.kind(0, node)).isEqualTo(b.kind(0, node));
            assertThat(a.playerToMove(0, node)).isEqualTo(b.playerToMove(0, node));
            assertThat(a.visits(0, node)).isEqualTo(b.visits(0, node));
            assertThat(a.value(0, node)).isEqualTo(b.value(0, node));
            assertThat(a.rawValue(0, node)).isEqualTo(b.rawValue(0, node));
            assertThat(a.reward(0, node)).isEqualTo(b.reward(0, node));
            assertThat(a.discount(0, node)).isEqualTo(b.discount(0, node));
            for (int p = 0; p < a.players(); p++) assertThat(a.value(0, node, p)).isEqualTo(b.value(0, node, p));
            for (int e = 0; e < a.edges(0, node); e++) {
                assertThat(a.child(0, node, e)).isEqualTo(b.child(0, node, e));
                assertThat(a.edgeVisits(0, node, e)).isEqualTo(b.edgeVisits(0, node, e));
                assertThat(a.edgeValue(0, node, e)).isEqualTo(b.edgeValue(0, node, e));
                // The columns take the exponential of a logarithm.
                assertThat(a.prior(0, node, e)).isCloseTo(b.prior(0, node, e), withinPercentage(1e-3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tictactoe", "connect4", "breakthrough6", "othello6", "2048-3x3", "pig3"})
    void nothingIsAllocated(String name) {
        KnownSearch search = uct(Games.make(name), 100);
        int[] position = KnownSearch.position(search.game);
        assertThat(Allocation.onceWarm(() -> search.from(1, position))).isZero();
    }
}
