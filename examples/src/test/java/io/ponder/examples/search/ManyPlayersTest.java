package io.ponder.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.game.Game;
import io.ponder.engine.model.NodeKind;
import io.ponder.examples.games.Pig;
import io.ponder.planners.tree.BackUpRule;
import io.ponder.planners.tree.FixedRange;
import io.ponder.planners.tree.Opponents;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchTree;
import io.ponder.planners.tree.Ucb1;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three players, each for himself or two against one, against all that can happen. */
class ManyPlayersTest {
    private static SearchRecipe recipe(GameModel model, int simulations, Opponents opponents) {
        var rule = new Ucb1(0.3, FixedRange.IDENTITY, Ucb1.DEFAULT.firstPlay());
        return SearchRecipes.uct(new GameRollouts(model)).withSimulations(simulations).withRoot(rule).withInterior(rule)
                .withBackUp(BackUpRule.DEFAULT.withOpponents(opponents));
    }

    /** The search must choose what looking at everything chooses, and value it alike; the other assumption must not fit. */
    @ParameterizedTest
    @EnumSource(Opponents.class)
    void choosesWhatLookingAtEverythingChooses(Opponents opponents) {
        int best = 0;
        int games = 0;
        double off = 0;
        double offOther = 0;
        for (int seed = 0; seed < 120; seed++) {
            Game game = new RandomGame(seed, 3, 6, 0, seed % 3 == 0);
            int[] start = KnownSearch.position(game);
            int mover = game.playerToMove(start);
            if (mover < 0 || game.legalCount(start) < 2) continue;
            BruteForce selfish = BruteForce.selfish(game);
            BruteForce paranoid = BruteForce.paranoid(game, mover);
            BruteForce judge = opponents == Opponents.SELFISH ? selfish : paranoid;
            BruteForce other = opponents == Opponents.SELFISH ? paranoid : selfish;
            GameModel model = GameModel.of(game);
            var search = new KnownSearch(model, recipe(model, 3000, opponents));
            search.after(seed);
            games++;
            off += Math.abs(search.result().rootValues()[mover] - judge.values(start)[mover]);
            offOther += Math.abs(search.result().rootValues()[mover] - other.values(start)[mover]);
            if (judge.after(start, search.chosen())[mover] >= judge.values(start)[mover] - 1e-3) best++;
        }
        assertThat(games).isGreaterThan(40);
        assertThat(best).isGreaterThanOrEqualTo(games * 9 / 10);
        assertThat(off / games).isLessThan(0.05);
        assertThat(off).isLessThan(0.6 * offOther);
    }

    /** What a node is worth to its mover is the mover's entry, or the root player's with the sign turned. */
    @ParameterizedTest
    @EnumSource(Opponents.class)
    void valuesOfAMoverFitTheAssumption(Opponents opponents) {
        GameModel model = GameModel.of(new Pig(3, 12, 20));
        var search = new KnownSearch(model, recipe(model, 2000, opponents));
        search.after(3);
        SearchTree tree = search.tree();
        int others = 0;
        for (int node = 0; node < tree.nodes(0); node++) {
            if (!tree.exists(0, node) || tree.kind(0, node) != NodeKind.DECISION) continue;
            int mover = tree.playerToMove(0, node);
            boolean against = opponents == Opponents.PARANOID && mover != 0;
            float expected = against ? -tree.value(0, node, 0) : tree.value(0, node, mover);
            assertThat(tree.value(0, node)).isEqualTo(expected);
            if (mover != 0) others++;
        }
        assertThat(others).isGreaterThan(100);
    }

    @Test
    void aSafeLeadIsKeptAmongThree() {
        // 18 of 20 points are kept and 2 more are on the table: to stop wins at once.
        Game game = new Pig(3, 20, 30);
        GameModel model = GameModel.of(game);
        for (Opponents opponents : Opponents.values()) {
            var search = new KnownSearch(model, recipe(model, 1500, opponents));
            int[] position = KnownSearch.position(game);
            position[0] = 18;
            position[3] = 2;
            search.from(1, position);
            assertThat(search.chosen()).isEqualTo(1);
            assertThat(search.result().rootValues()[0]).isGreaterThan(0.8f);
        }
    }
}
