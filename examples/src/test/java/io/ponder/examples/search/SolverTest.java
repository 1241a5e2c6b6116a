package io.ponder.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.StopReason;
import io.ponder.examples.games.ConnectFour;
import io.ponder.examples.games.TicTacToe;
import io.ponder.planners.tree.BackUpRule;
import io.ponder.planners.tree.Opponents;
import io.ponder.planners.tree.ProofBounds;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchTree;
import io.ponder.planners.tree.Ucb1;
import io.ponder.testing.Allocation;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proven values (MCTS-Solver) against games that are known. */
class SolverTest {
    /** float32 sums of probabilities against doubles. */
    private static final double ROUNDING = 1e-5;

    private static KnownSearch solver(Game game, int simulations) {
        GameModel model = GameModel.of(game);
        return new KnownSearch(model, recipe(model, simulations));
    }

    private static SearchRecipe recipe(GameModel model, int simulations) {
        return SearchRecipes.uct(new GameRollouts(model)).withSimulations(simulations).withProofs(ProofBounds.WIN_OR_LOSS);
    }

    /** The outcomes that OpenSpiel's mcts_test expects, with its settings: c = 2, 20 rollouts a leaf, 10 000 simulations. */
    private static KnownSearch openSpiel() {
        GameModel model = GameModel.of(new TicTacToe());
        var rule = new Ucb1(2, Ucb1.DEFAULT.transform(), Ucb1.DEFAULT.firstPlay());
        return new KnownSearch(model, SearchRecipes.uct(new GameRollouts(model, 20, 9)).withSimulations(10_000)
                .withRoot(rule).withInterior(rule).withProofs(ProofBounds.WIN_OR_LOSS));
    }

    /** Returns the action for a cell, as OpenSpiel counts: column, then row. */
    private static int at(int column, int row) {
        return 3 * row + column;
    }

    @Test
    void aDrawIsProven() {
        KnownSearch search = openSpiel();

        Plan plan = search.after(42, at(1, 1), at(0, 0), at(2, 2));

        assertThat(search.tree().proven(0, SearchTree.ROOT)).isTrue();
        assertThat(search.result().rootValues()[0]).isZero();
        for (float value : search.result().edgeValues()) assertThat(value).isLessThanOrEqualTo(0);
        assertThat(search.chosen()).isIn(at(2, 0), at(0, 2));
        assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.DECIDED);
    }

    @Test
    void aLossIsProven() {
        KnownSearch search = openSpiel();

        search.after(42, at(1, 1), at(0, 0), at(2, 2), at(0, 1), at(0, 2));

        assertThat(search.tree().proven(0, SearchTree.ROOT)).isTrue();
        assertThat(search.result().rootValues()[0]).isEqualTo(-1);
        for (int a = 0; a < 9; a++) {
            int child = search.tree().child(0, SearchTree.ROOT, a);
            if (child < 0) continue;
            assertThat(search.tree().proven(0, child)).isTrue();
            assertThat(search.tree().edgeValue(0, SearchTree.ROOT, a)).isEqualTo(-1);
        }
    }

    @Test
    void aWinIsProven() {
        KnownSearch search = openSpiel();

        search.after(42, at(0, 1), at(2, 2));

        assertThat(search.tree().proven(0, SearchTree.ROOT)).isTrue();
        assertThat(search.result().rootValues()[0]).isEqualTo(1);
        assertThat(search.chosen()).isEqualTo(at(0, 2));
    }

    @Test
    void everyPositionOfTicTacToeIsProvenAsItIs() {
        Game game = new TicTacToe();
        BruteForce judge = BruteForce.selfish(game);
        KnownSearch search = solver(game, 40_000);
        Set<List<Integer>> seen = new HashSet<>();
        List<int[]> open = new ArrayList<>();
        open.add(KnownSearch.position(game));
        seen.add(key(open.get(0)));
        for (int i = 0; i < open.size(); i++) {
            int[] position = open.get(i);
            int mover = game.playerToMove(position);
            for (int a = 0; a < 9; a++) {
                if (!game.legal(position, a)) continue;
                int[] next = position.clone();
                game.play(next, a);
                if (seen.add(key(next))) open.add(next);
            }
            if (mover == Game.TERMINAL) continue;
            search.from(i, position);
            assertBounds(search, judge, 0);
            assertThat(search.tree().proven(0, SearchTree.ROOT)).isTrue();
            assertThat((double) search.result().rootValues()[0]).isEqualTo(judge.values(position)[mover]);
            assertThat(judge.after(position, search.chosen())[mover]).isEqualTo(judge.values(position)[mover]);
        }
        assertThat(open).hasSize(5478);
    }

    private static List<Integer> key(int[] position) {
        return List.of(position[0], position[1]);
    }

    @Test
    void endgamesOfConnectFourAreProvenAsTheyAre() {
        Game game = new ConnectFour();
        BruteForce judge = BruteForce.selfish(game);
        KnownSearch search = solver(game, 20_000);
        int proven = 0;
        int tried = 0;
        for (int seed = 0; proven < 220; seed++) {
            int[] position = KnownSearch.position(game);
            for (int i = 0; i < 31 && game.playerToMove(position) >= 0; i++) {
                game.play(position, game.randomAction(position, Bits.random(seed, i)));
            }
            int mover = game.playerToMove(position);
            if (mover < 0) continue;
            tried++;
            search.from(seed, position);
            assertBounds(search, judge, 0);
            if (!search.tree().proven(0, SearchTree.ROOT)) continue;
            proven++;
            assertThat((double) search.result().rootValues()[0]).isEqualTo(judge.values(position)[mover]);
            assertThat(judge.after(position, search.chosen())[mover]).isEqualTo(judge.values(position)[mover]);
        }
        assertThat(tried).as("nearly all were proven").isLessThan(240);
    }

    /** Checks the bounds of every node against the exact values of its position. */
    static int assertBounds(KnownSearch search, BruteForce judge, double tolerance) {
        SearchTree tree = search.tree();
        int[] position = new int[search.game.positionSize()];
        int proven = 0;
        for (int node = 0; node < tree.nodes(0); node++) {
            if (!tree.exists(0, node)) continue;
            for (int d = 0; d < position.length; d++) position[d] = tree.tag(0, node, d);
            double[] exact = judge.values(position);
            for (int p = 0; p < tree.players(); p++) {
                double value = exact[tree.players() == 1 ? tree.tag(0, node, position.length) : p];
                assertThat((double) tree.lowerBound(0, node, p)).isLessThanOrEqualTo(value + tolerance);
                assertThat((double) tree.upperBound(0, node, p)).isGreaterThanOrEqualTo(value - tolerance);
            }
            if (tree.kind(0, node) != NodeKind.TERMINAL && tree.proven(0, node)) proven++;
        }
        return proven;
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "2, true", "3, false", "3, true"})
    void nothingWrongIsEverProven(int players, boolean chance) {
        int proven = 0;
        int roots = 0;
        for (int seed = 0; seed < 150; seed++) {
            Game game = new RandomGame(seed, players, 7, 0, chance);
            GameModel model = GameModel.of(game);
            int simulations = 20 + 100 * (seed % 8);
            var search = new KnownSearch(model, recipe(model, simulations));
            BruteForce judge = BruteForce.selfish(game);
            search.after(seed);
            proven += assertBounds(search, judge, ROUNDING);
            if (!search.tree().proven(0, SearchTree.ROOT)) continue;
            roots++;
            double[] exact = judge.values(KnownSearch.position(game));
            for (int p = 0; p < players; p++) {
                assertThat((double) search.result().rootValues()[p]).isEqualTo(exact[p], within(ROUNDING));
            }
        }
        assertThat(proven).isGreaterThan(1000);
        assertThat(roots).isGreaterThan(20);
    }

    @Test
    void twoPlayersOfASumOf0ProveTheSameInOneRowAsInTwo() {
        int proven = 0;
        for (int seed = 0; seed < 100; seed++) {
            Game game = new RandomGame(seed, 2, 6, 0, seed % 2 == 0, true);
            BruteForce judge = BruteForce.selfish(game);
            for (GameModel model : List.of(GameModel.of(game), GameModel.perPlayer(game))) {
                var search = new KnownSearch(model, recipe(model, 400));
                search.after(seed);
                proven += assertBounds(search, judge, ROUNDING);
            }
        }
        assertThat(proven).isGreaterThan(1000);
    }

    @Test
    void againstAllOthersNothingWrongIsProvenEither() {
        int roots = 0;
        for (int seed = 0; seed < 150; seed++) {
            Game game = new RandomGame(seed, 3, 6, 0, seed % 2 == 0);
            int[] start = KnownSearch.position(game);
            int mover = game.playerToMove(start);
            if (mover < 0) continue;
            GameModel model = GameModel.of(game);
            var rule = BackUpRule.DEFAULT.withOpponents(Opponents.PARANOID).withProofs(ProofBounds.WIN_OR_LOSS);
            var search = new KnownSearch(model, recipe(model, 600).withBackUp(rule));
            BruteForce judge = BruteForce.paranoid(game, mover);
            search.after(seed);
            assertBounds(search, judge, ROUNDING);
            if (search.tree().lowerBound(0, 0, mover) < search.tree().upperBound(0, 0, mover)) continue;
            roots++;
            assertThat((double) search.result().rootValues()[mover]).isEqualTo(judge.values(start)[mover], within(ROUNDING));
        }
        assertThat(roots).isGreaterThan(20);
    }

    @Test
    void decidedMeansThatNothingElseCanBeBetter() {
        // A win that is found ends the search at once, proven or not that the rest is worse.
        KnownSearch search = solver(new TicTacToe(), 5000);

        Plan plan = search.from(1, KnownSearch.position(search.game, 0, 3, 1, 4), Budget.UNLIMITED.untilDecided());

        assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.DECIDED);
        assertThat(search.result().simulations()[0]).isLessThan(30);
        assertThat(search.chosen()).isEqualTo(2);
    }

    @Test
    void nothingIsAllocated() {
        KnownSearch search = solver(new ConnectFour(), 200);
        int[] position = KnownSearch.position(search.game, 3, 3, 2);
        assertThat(Allocation.onceWarm(() -> search.from(1, position))).isZero();
    }
}
