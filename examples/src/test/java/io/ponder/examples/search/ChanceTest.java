package io.ponder.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.examples.games.SlidingTiles;
import io.ponder.planners.tree.ChanceQuota;
import io.ponder.planners.tree.ChanceSampled;
import io.ponder.planners.tree.FirstPlay;
import io.ponder.planners.tree.SearchContext;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchTree;
import io.ponder.planners.tree.SelectionRule;
import io.ponder.planners.tree.Selector;
import io.ponder.planners.tree.TreeMinMax;
import io.ponder.planners.tree.Ucb1;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 2048 on 3 x 3: a search that sees chance plays better than one that believes in one outcome of every move. UCB1 with c = 0.7 between the
 * least and the largest value of the tree, leaves valued by 8 random moves, 100 simulations a move.
 */
class ChanceTest {
    private static final int SIMULATIONS = 100;

    /** Takes the outcome of a chance node that was drawn first again and again: a determinised tree. */
    private record FirstDraw() implements SelectionRule {
        @Override
        public Selector selector(SearchContext context) {
            Selector draw = new ChanceSampled().selector(context);
            SearchTree tree = context.tree();
            return (row, slot) -> {
                int node = slot - row * tree.capacity();
                for (int o = 0; o < tree.edges(row, node); o++) if (tree.edgeVisits(row, node, o) > 0) return o;
                return draw.select(row, slot);
            };
        }
    }

    private record Scores(double mean, double error) {}

    private static Scores play(SelectionRule chance, int games) {
        Game game = new SlidingTiles(3);
        GameModel model = GameModel.of(game);
        var rule = new Ucb1(0.7, TreeMinMax.DEFAULT, FirstPlay.INFINITE);
        SearchRecipe recipe = SearchRecipes.uct(new GameRollouts(model, 1, 8)).withSimulations(SIMULATIONS)
                .withRoot(rule).withInterior(rule).withChance(chance);
        var search = new KnownSearch(model, recipe);
        double sum = 0;
        double squares = 0;
        for (int seed = 0; seed < games; seed++) {
            double score = score(game, seed, search);
            sum += score;
            squares += score * score;
        }
        double mean = sum / games;
        return new Scores(mean, Math.sqrt((squares / games - mean * mean) / (games - 1)));
    }

    private static double score(Game game, int seed, KnownSearch search) {
        int[] position = KnownSearch.position(game);
        double score = 0;
        for (int i = 0; game.playerToMove(position) != Game.TERMINAL; i++) {
            if (game.playerToMove(position) == Game.CHANCE) {
                game.play(position, game.randomOutcome(position, Bits.random(seed, i)));
            } else {
                search.from(seed * 10_000L + i, position);
                game.play(position, search.chosen());
                score += game.reward(position, 0);
            }
        }
        return score;
    }

    private static void compare(int games, Supplier<Double> gain) {
        Scores determinised = play(new FirstDraw(), games);
        Scores sampled = play(new ChanceSampled(), games);
        Scores quota = play(new ChanceQuota(), games);
        String found = "determinised " + determinised + ", sampled " + sampled + ", quota " + quota;
        assertThat(sampled.mean()).as(found).isGreaterThan(gain.get() * determinised.mean());
        assertThat(quota.mean()).as(found).isGreaterThan(gain.get() * determinised.mean());
        double error = Math.hypot(sampled.error(), quota.error());
        assertThat(Math.abs(sampled.mean() - quota.mean())).as(found).isLessThan(2 * error);
    }

    /** A quarter of the games of {@link #chanceNodesScoreMore}; half of the gain may be luck here. */
    @Test
    void chanceNodesScoreMoreInAFewGames() {
        compare(50, () -> 1.075);
    }

    @Test
    @Tag("evidence")
    void chanceNodesScoreMore() {
        compare(400, () -> 1.15);
    }
}
