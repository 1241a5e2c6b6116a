package io.ponder.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.game.Game;
import io.ponder.engine.plan.Budget;
import io.ponder.examples.games.ConnectFour;
import io.ponder.examples.games.Pig;
import io.ponder.examples.games.TicTacToe;
import io.ponder.planners.tree.BackUpRule;
import io.ponder.planners.tree.FixedRange;
import io.ponder.planners.tree.ProofBounds;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchTree;
import io.ponder.planners.tree.Ucb1;
import io.ponder.testing.Allocation;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions that are reached in several ways and share a node. */
class TranspositionsTest {
    private static final double ROUNDING = 1e-5;

    private static SearchRecipe recipe(GameModel model, int simulations, boolean shared) {
        return SearchRecipes.uct(new GameRollouts(model)).withSimulations(simulations)
                .withBackUp(BackUpRule.DEFAULT.withTranspositions(shared));
    }

    @Test
    void noTwoNodesHoldOnePosition() {
        Game game = new TicTacToe();
        GameModel model = GameModel.of(game);
        var search = new KnownSearch(model, recipe(model, 50_000, true));
        search.after(1);
        SearchTree tree = search.tree();
        Map<List<Integer>, Integer> seen = new HashMap<>();
        for (int node = 0; node < tree.nodes(0); node++) {
            assertThat(seen.put(List.of(tree.tag(0, node, 0), tree.tag(0, node, 1)), node)).isNull();
        }
        // There are 5 478 positions, and 549 946 ways to them.
        assertThat(tree.nodes(0)).isBetween(3000, 5478);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true", "3, true"})
    void valuesOfANodeAgreeWithThoseOfItsEdges(int players, boolean chance) {
        for (int seed = 0; seed < 40; seed++) {
            Game game = new RandomGame(seed, players, 10, 5, chance);
            GameModel model = GameModel.of(game);
            var search = new KnownSearch(model, recipe(model, 500, true));
            search.after(seed);
            SearchTree tree = search.tree();
            assertThat(tree.nodes(0)).isLessThanOrEqualTo(1 + 9 * 5 * players);
            // The root is computed last, so it agrees with its children as they are.
            double sum = players == 1 ? tree.rawValue(0, 0) : Double.NaN;
            int visits = 1;
            for (int e = 0; e < tree.edges(0, 0); e++) {
                visits += tree.edgeVisits(0, 0, e);
                sum += tree.edgeVisits(0, 0, e) * (double) tree.edgeValue(0, 0, e);
            }
            assertThat(tree.visits(0, 0)).isEqualTo(visits);
            if (players == 1) assertThat((double) tree.value(0, 0)).isEqualTo(sum / visits, within(ROUNDING));
        }
    }

    /** Where nothing is reached twice, a graph is a tree. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void withoutTranspositionsItIsTheSameTree(int players) {
        int same = 0;
        for (int seed = 0; seed < 40; seed++) {
            Game game = new RandomGame(seed, players, 9, 0, false);
            GameModel model = GameModel.of(game);
            var graph = new KnownSearch(model, recipe(model, 100, true));
            var tree = new KnownSearch(model, recipe(model, 100, false));
            graph.after(seed);
            tree.after(seed);
            for (int p = 0; p < players; p++) {
                double off = Math.abs(graph.result().rootValues()[p] - tree.result().rootValues()[p]);
                if (off < ROUNDING) same++;
            }
        }
        // Rounding may decide between equals and lead another way.
        assertThat(same).isGreaterThan(38 * players);
    }

    /** Every way is tried so often that the values must come near the exact ones; and with proofs they are exact. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true", "3, true"})
    void valuesAreThoseOfBestPlay(int players, boolean chance) {
        double off = 0;
        int games = 0;
        int proven = 0;
        for (int seed = 0; seed < 40; seed++) {
            Game game = new RandomGame(seed, players, 8, 4, chance);
            int[] start = KnownSearch.position(game);
            int mover = game.playerToMove(start);
            if (mover < 0) continue;
            GameModel model = GameModel.of(game);
            double exact = BruteForce.selfish(game).values(start)[mover];
            var rule = new Ucb1(0.2, FixedRange.IDENTITY, Ucb1.DEFAULT.firstPlay());
            var search = new KnownSearch(model, recipe(model, 4000, true).withRoot(rule).withInterior(rule));
            search.after(seed);
            off += Math.abs(search.result().rootValues()[players == 1 ? 0 : mover] - exact);
            games++;
            SearchRecipe proving = recipe(model, 4000, true);
            var prover = new KnownSearch(model, proving.withProofs(ProofBounds.WIN_OR_LOSS));
            prover.after(seed);
            SolverTest.assertBounds(prover, BruteForce.selfish(game), ROUNDING);
            if (!prover.tree().proven(0, SearchTree.ROOT)) continue;
            proven++;
            assertThat((double) prover.result().rootValues()[players == 1 ? 0 : mover]).isEqualTo(exact, within(ROUNDING));
        }
        assertThat(off / games).isLessThan(0.06);
        assertThat(proven).isGreaterThan(games / 2);
    }

    @Test
    void fewerNodesAreNeededForTheSameProof() {
        GameModel model = GameModel.of(new TicTacToe());
        SearchRecipe alone = recipe(model, 60_000, false).withProofs(ProofBounds.WIN_OR_LOSS);
        SearchRecipe shared = recipe(model, 60_000, true).withProofs(ProofBounds.WIN_OR_LOSS);
        var tree = new KnownSearch(model, alone);
        var graph = new KnownSearch(model, shared);
        int ofTree = 0;
        int ofGraph = 0;
        for (int seed = 0; seed < 4; seed++) {
            tree.after(seed);
            graph.after(seed);
            assertThat(tree.tree().proven(0, 0)).isTrue();
            assertThat(graph.tree().proven(0, 0)).isTrue();
            assertThat(graph.result().rootValues()[0]).isEqualTo(tree.result().rootValues()[0]);
            ofTree += tree.tree().nodes(0);
            ofGraph += graph.tree().nodes(0);
        }
        assertThat(ofGraph).isLessThan(ofTree / 2);
    }

    /** In pig the same scores come again when both roll a 1, but for the count of decisions; here that is left out. */
    @Test
    void goingInCirclesEnds() {
        Game game = new Circles();
        GameModel model = GameModel.of(game);
        var search = new KnownSearch(model, recipe(model, 3000, true));
        search.after(3);
        assertThat(search.tree().nodes(0)).isLessThanOrEqualTo(Circles.PLACES + 1);
        assertThat(search.chosen()).isZero();
        assertThat(search.result().rootValues()[0]).isBetween(0.5f, 1f);
    }

    /** A ring of places: forward (0) reaches the goal, back (1) leads back, and both ways meet. */
    private static final class Circles implements Game {
        static final int PLACES = 6;

        @Override
        public String name() {
            return "circles";
        }

        @Override
        public int players() {
            return 1;
        }

        @Override
        public boolean zeroSum() {
            return false;
        }

        @Override
        public int actionCount() {
            return 2;
        }

        @Override
        public int positionSize() {
            return 1;
        }

        @Override
        public void start(int[] position) {
            position[0] = 2;
        }

        @Override
        public int playerToMove(int[] position) {
            return position[0] == PLACES ? TERMINAL : 0;
        }

        @Override
        public boolean legal(int[] position, int action) {
            return position[0] < PLACES;
        }

        @Override
        public void play(int[] position, int move) {
            position[0] = move == 0 ? position[0] + 1 : Math.max(0, position[0] - 1);
        }

        @Override
        public float reward(int[] position, int player) {
            return position[0] == PLACES ? 1 : 0;
        }

        @Override
        public int observationSize() {
            return 1;
        }

        @Override
        public void observe(int[] position, float[] out, int offset, int stride) {
            throw new UnsupportedOperationException("not needed");
        }

        @Override
        public void recognise(float[] observation, int offset, int stride, int[] position) {
            throw new UnsupportedOperationException("not needed");
        }
    }

    @Test
    void aFullGraphIsSearchedOn() {
        GameModel model = GameModel.of(new Pig(3, 20, 30));
        var search = new KnownSearch(model, recipe(model, 2000, true));
        search.from(1, KnownSearch.position(search.game), Budget.UNLIMITED.withBytes(20_000));
        assertThat(search.result().simulations()[0]).isEqualTo(2000);
        assertThat(search.tree().nodes(0)).isLessThan(300);
        assertThat(search.chosen()).isZero();
    }

    @Test
    void aModelWithoutPositionsIsRefused() {
        GameModel model = GameModel.of(new TicTacToe());
        SearchRecipe opaque = recipe(model, 100, true).withLeaf(new UctTest.Opaque(new GameRollouts(model)));
        assertThatThrownBy(() -> new KnownSearch(model, opaque)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GameRules").hasMessageContaining("Maybe");
    }

    @Test
    void nothingIsAllocated() {
        GameModel model = GameModel.of(new ConnectFour());
        var search = new KnownSearch(model, recipe(model, 300, true));
        int[] position = KnownSearch.position(search.game);
        assertThat(Allocation.onceWarm(() -> search.from(1, position))).isZero();
    }
}
