package io.ponder.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.game.Game;
import io.ponder.engine.game.PositionEvaluator;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchTree;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.worldmodels.game.GameModel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is not a number in a game or in the values of its positions is counted and never reaches a root. */
class BrokenGameTest {
    /**
     * Two players count up to 12 by one, two or three; the rewards on the way are 0, or NaN where the count becomes a certain one, by a
     * certain action or (-1) by any.
     */
    private record Count(int broken, int by) implements Game {
        @Override
        public String name() {
            return "count";
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
        public int actionCount() {
            return 3;
        }

        @Override
        public int positionSize() {
            return 3;
        }

        @Override
        public int identitySize() {
            return 2;
        }

        @Override
        public void start(int[] position) {
            Arrays.fill(position, 0);
        }

        @Override
        public int playerToMove(int[] position) {
            return position[0] >= 12 ? TERMINAL : position[1];
        }

        @Override
        public boolean legal(int[] position, int action) {
            return true;
        }

        @Override
        public void play(int[] position, int action) {
            position[0] += action + 1;
            position[1] = 1 - position[1];
            position[2] = action;
        }

        @Override
        public float reward(int[] position, int player) {
            if (position[0] == broken && (by < 0 || by == position[2])) return Float.NaN;
            return position[0] < 12 ? 0 : player == position[1] ? -1 : 1;
        }

        @Override
        public int observationSize() {
            return 3;
        }

        @Override
        public void observe(int[] position, float[] out, int offset, int stride) {
            for (int i = 0; i < 3; i++) out[offset + i * stride] = position[i];
        }

        @Override
        public void recognise(float[] observation, int offset, int stride, int[] position) {
            for (int i = 0; i < 3; i++) position[i] = (int) observation[offset + i * stride];
        }
    }

    /** Values every position with 0, one count with infinity. */
    private record Values(int broken) implements PositionEvaluator {
        @Override
        public void evaluate(int[] position, int key0, int key1, int sample, float[] values) {
            Arrays.fill(values, position[0] == broken ? Float.POSITIVE_INFINITY : 0);
        }

        @Override
        public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer nodes) {
            Arrays.fill(nodes.value(), 0);
        }

        @Override
        public PositionEvaluator fork() {
            return this;
        }
    }

    @Test
    void neverToTheRoot() {
        for (int brokenReward : new int[] {-1, 5}) {
            for (int brokenValue : new int[] {-1, 7}) {
                for (boolean shared : new boolean[] {false, true}) {
                    // By a certain action only: where nodes are shared, there is one already when the reward is NaN.
                    for (int by : new int[] {-1, 0, 1, 2}) {
                        var game = new Count(brokenReward, by);
                        var values = new Values(brokenValue);
                        check(GameModel.of(game), values, shared, brokenReward > 0 || brokenValue > 0);
                        check(GameModel.perPlayer(game), values, shared, brokenReward > 0 || brokenValue > 0);
                    }
                }
            }
        }
    }

    private static void check(GameModel model, Values values, boolean shared, boolean broken) {
        SearchRecipe recipe = SearchRecipes.uct(values).withSimulations(400);
        recipe = recipe.withBackUp(recipe.backUp().withTranspositions(shared));
        for (Budget budget : new Budget[] {Budget.UNLIMITED, Budget.UNLIMITED.withBytes(3000)}) {
            var search = new TreeSearch(model, recipe, SearchExecution.rows(1));
            var request = new PlanRequest(model, 1);
            model.set(request.roots().resize(1), 0, new int[] {0, 0, 0});

            Plan plan = search.plan(request, budget);

            SearchTree tree = search.result().tree();
            for (int node = 0; node < tree.nodes(0); node++) {
                if (!tree.exists(0, node)) continue;
                assertThat(tree.value(0, node)).isFinite();
                for (int edge = 0; edge < 3; edge++) assertThat(tree.edgeValue(0, node, edge)).isFinite();
            }
            assertThat(plan.predictedReturn()[0]).isBetween(-1f, 1f);
            assertThat(plan.diagnostics().nonFiniteRollouts() > 0).isEqualTo(broken);
        }
    }
}
