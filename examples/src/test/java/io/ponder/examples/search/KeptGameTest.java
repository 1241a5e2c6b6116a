package io.ponder.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.game.Game;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.examples.arena.ExactSolver;
import io.ponder.examples.games.TicTacToe;
import io.ponder.planners.tree.BackUpRule;
import io.ponder.planners.tree.CompletedQ;
import io.ponder.planners.tree.GumbelHalving;
import io.ponder.planners.tree.ProofBounds;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchTree;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches that go on in the subtree of what was played, on games with known answers. */
class KeptGameTest {
    private static final int POSITIONS = 300;
    private static final int FIRST = 1000;
    private static final int MORE = 20;
    private static final double ROUNDING = 1e-5;

    private final Game game = new TicTacToe();
    private final GameModel model = GameModel.of(game);
    private final ExactSolver solver = new ExactSolver(game, 10_000);

    private SearchRecipe recipe(String name) {
        var rollouts = new GameRollouts(model);
        SearchRecipe uct = SearchRecipes.uct(rollouts).withSimulations(FIRST);
        BackUpRule shared = BackUpRule.DEFAULT.withTranspositions(true);
        return switch (name) {
            case "uct" -> uct;
            case "solver" -> uct.withProofs(ProofBounds.WIN_OR_LOSS);
            case "shared" -> uct.withBackUp(shared);
            case "shared solver" -> uct.withBackUp(shared.withProofs(ProofBounds.WIN_OR_LOSS));
            default -> SearchRecipes.gumbel(new GumbelHalving(16, 0, CompletedQ.DEFAULT), CompletedQ.DEFAULT)
                    .withSimulations(FIRST).withLeaf(rollouts);
        };
    }

    private boolean right(int[] position, int move) {
        return game.legal(position, move) && solver.value(position, move) == solver.value(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uct", "solver", "shared", "shared solver", "gumbel"})
    void whatIsKnownMakesDecisionsBetter(String name) {
        var kept = new KnownSearch(model, recipe(name), SearchExecution.rows(1).keeping(FIRST));
        var fresh = new KnownSearch(model, recipe(name).withSimulations(MORE));
        int keptRight = 0;
        int freshRight = 0;
        int proven = 0;
        for (int i = 0; i < POSITIONS; i++) {
            int[] position = KnownSearch.position(game);
            var random = new RandomStream(6, i);
            for (int m = 0; m < i % 4; m++) game.play(position, game.randomAction(position, random.nextLong()));
            if (game.playerToMove(position) < 0) continue;
            kept.from(i, position);
            int move = kept.chosen();
            game.play(position, move);
            if (game.playerToMove(position) < 0) continue;
            int reply = game.randomAction(position, random.nextLong());
            game.play(position, reply);
            if (game.playerToMove(position) < 0) continue;

            int visits = kept.search.keepSubtree(0, move, reply);
            kept.from(1000 + i, position, Budget.iterations(MORE));
            fresh.from(1000 + i, position);

            SearchTree tree = kept.tree();
            if (visits > 0 && !tree.proven(0, 0)) assertThat(tree.visits(0, 0)).isGreaterThanOrEqualTo(visits + MORE);
            check(tree);
            for (int d = 0; d < game.positionSize(); d++) assertThat(tree.tag(0, 0, d)).isEqualTo(position[d]);
            if (right(position, kept.chosen())) keptRight++;
            if (right(position, fresh.chosen())) freshRight++;
            for (int node = 0; node < tree.nodes(0); node++) {
                if (!tree.exists(0, node) || !tree.proven(0, node)) continue;
                int[] at = new int[game.positionSize()];
                for (int d = 0; d < at.length; d++) at[d] = tree.tag(0, node, d);
                if (game.playerToMove(at) < 0) continue;
                assertThat((double) tree.lowerBound(0, node, 0)).isEqualTo(solver.value(at));
                proven++;
            }
        }
        assertThat(keptRight).isGreaterThan(freshRight).isGreaterThan(150);
        if (name.contains("solver")) assertThat(proven).isGreaterThan(2000);
    }

    /** Checks that links lead where they should: children to nodes, nodes to parents, and a node's state is what its edge leads to. */
    private static void check(SearchTree tree) {
        for (int node = 0; node < tree.nodes(0); node++) {
            if (!tree.exists(0, node)) continue;
            if (node > 0) assertThat(tree.child(0, tree.parent(0, node), tree.parentEdge(0, node))).isEqualTo(node);
            for (int e = 0; e < tree.edges(0, node); e++) {
                int child = tree.child(0, node, e);
                if (child >= 0) assertThat(child).isLessThan(tree.nodes(0)).isNotEqualTo(node);
                if (child >= 0) assertThat(tree.exists(0, child)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true", "3, true"})
    void sharedNodesThatAreKeptAreThosePositionsOnce(int players, boolean chance) {
        int going = 0;
        for (int seed = 0; seed < 40; seed++) {
            Game random = new RandomGame(seed, players, 10, 5, chance);
            GameModel known = GameModel.of(random);
            var recipe = SearchRecipes.uct(new GameRollouts(known)).withSimulations(300)
                    .withBackUp(BackUpRule.DEFAULT.withTranspositions(true));
            var search = new KnownSearch(known, recipe, SearchExecution.rows(1).keeping(300));
            search.after(seed);
            SearchTree tree = search.tree();
            int edge = search.chosen();
            int child = tree.child(0, 0, edge);
            if (child < 0) continue;
            int[] position = new int[random.positionSize()];
            for (int d = 0; d < position.length; d++) position[d] = tree.tag(0, child, d);
            if (search.search.keepSubtree(0, edge) == 0) continue;
            search.from(seed + 1, position);
            going++;
            check(tree);
            Map<List<Integer>, Integer> seen = new HashMap<>();
            for (int node = 0; node < tree.nodes(0); node++) {
                if (!tree.exists(0, node)) continue;
                int[] at = new int[position.length];
                for (int d = 0; d < at.length; d++) at[d] = tree.tag(0, node, d);
                // A position of chance is told apart by who sees it.
                int[] identity = Arrays.copyOf(at, random.identitySize() + 1);
                identity[identity.length - 1] = tree.tag(0, node, at.length);
                assertThat(seen.put(Arrays.stream(identity).boxed().toList(), node)).isNull();
                for (int e = 0; e < tree.edges(0, node); e++) {
                    int below = tree.child(0, node, e);
                    if (below < 0) continue;
                    int[] next = at.clone();
                    random.play(next, e);
                    for (int d = 0; d < random.identitySize(); d++) assertThat(tree.tag(0, below, d)).isEqualTo(next[d]);
                }
            }
        }
        assertThat(going).isGreaterThan(20);
    }

    /** Two rounds: in the first nothing is at stake but who will be paid double; in the second pennies are matched. */
    private record TwoRounds() implements Game {
        @Override
        public String name() {
            return "two-rounds";
        }

        @Override
        public int players() {
            return 2;
        }

        @Override
        public boolean zeroSum() {
            return true;
        }

        @Override
        public boolean simultaneous() {
            return true;
        }

        @Override
        public int actionCount() {
            return 4;
        }

        @Override
        public int ownActionCount(int player) {
            return 2;
        }

        @Override
        public int positionSize() {
            return 2;
        }

        @Override
        public void start(int[] position) {
            Arrays.fill(position, 0);
        }

        @Override
        public int playerToMove(int[] position) {
            return position[0] == 2 ? TERMINAL : SIMULTANEOUS;
        }

        @Override
        public boolean legal(int[] position, int action) {
            return position[0] < 2;
        }

        @Override
        public boolean ownLegal(int[] position, int player, int ownAction) {
            return position[0] < 2;
        }

        @Override
        public void play(int[] position, int action) {
            position[0]++;
            position[1] = action;
        }

        @Override
        public float reward(int[] position, int player) {
            if (position[0] < 2) return 0;
            boolean same = position[1] == 0 || position[1] == 3;
            return same == (player == 0) ? 1 : -1;
        }

        @Override
        public int observationSize() {
            return 2;
        }

        @Override
        public void observe(int[] position, float[] out, int offset, int stride) {
            for (int i = 0; i < 2; i++) out[offset + i * stride] = position[i];
        }

        @Override
        public void recognise(float[] observation, int offset, int stride, int[] position) {
            for (int i = 0; i < 2; i++) position[i] = (int) observation[offset + i * stride];
        }
    }

    @Test
    void averageStrategiesGoOnFromWhatWasLearnt() {
        var rounds = new TwoRounds();
        GameModel known = GameModel.of(rounds);
        var recipe = SearchRecipes.uct(new GameRollouts(known)).withSimulations(20_000);
        var search = new KnownSearch(known, recipe, SearchExecution.rows(1).keeping(20_000));
        search.after(1);
        SearchTree tree = search.tree();
        int edge = search.chosen();
        int child = tree.child(0, 0, edge);
        double before = tree.ownProbability(0, child, 0, 0);
        int[] position = KnownSearch.position(rounds, edge);

        int visits = search.search.keepSubtree(0, edge);
        assertThat((double) tree.ownProbability(0, 0, 0, 0)).isEqualTo(before);
        search.from(2, position, Budget.iterations(1));

        assertThat(visits).isGreaterThan(2000);
        // One more among thousands moves a share by less than one in a thousand; anew, it would be 0, 1/2 or 1.
        assertThat((double) tree.ownProbability(0, 0, 0, 0)).isCloseTo(before, within(1e-3)).isNotEqualTo(before);
        assertThat(tree.visits(0, 0)).isEqualTo(visits + 1);
        assertThat(search.result().policy()[0] + search.result().policy()[1]).isCloseTo(tree.ownProbability(0, 0, 0, 0),
                within((float) ROUNDING));
    }
}
