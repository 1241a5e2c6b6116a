package io.ponder.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.game.Game;
import io.ponder.engine.model.JointActions;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.examples.games.MatrixGame;
import io.ponder.planners.tree.BackUpRule;
import io.ponder.planners.tree.DecoupledUcb;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchTree;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.testing.Allocation;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Games in which both choose at once, against their equilibria. */
class SimultaneousTest {
    private static final int SIMULATIONS = 10_000;
    private static final double EXPLOITABLE = 0.05;

    private static MatrixGame game(String name) {
        return switch (name) {
            case "matching-pennies" -> MatrixGame.matchingPennies();
            case "rock-paper-scissors" -> MatrixGame.rockPaperScissors();
            case "perturbed" -> {
                float[] rowPays = {0, -1, 1, 1, 0, -1 / 3f, -1, 1 / 3f, 0};
                float[] columnPays = new float[9];
                for (int i = 0; i < 9; i++) columnPays[i] = -rowPays[i];
                yield new MatrixGame(name, List.of("a", "b", "c"), List.of("a", "b", "c"), rowPays, columnPays);
            }
            default -> {
                // Three against two; the third row is never worth playing.
                float[] rowPays = {1, -0.5f, -0.25f, 0.5f, -0.6f, -0.4f};
                float[] columnPays = new float[6];
                for (int i = 0; i < 6; i++) columnPays[i] = -rowPays[i];
                yield new MatrixGame(name, List.of("a", "b", "c"), List.of("x", "y"), rowPays, columnPays);
            }
        };
    }

    /** Returns half of what the best answers to two strategies win together: 0 in an equilibrium. */
    private static double exploitability(double[][] rowPays, double[] row, double[] column) {
        double bestRow = Double.NEGATIVE_INFINITY;
        double worstColumn = Double.POSITIVE_INFINITY;
        for (int i = 0; i < row.length; i++) {
            double sum = 0;
            for (int j = 0; j < column.length; j++) sum += column[j] * rowPays[i][j];
            bestRow = Math.max(bestRow, sum);
        }
        for (int j = 0; j < column.length; j++) {
            double sum = 0;
            for (int i = 0; i < row.length; i++) sum += row[i] * rowPays[i][j];
            worstColumn = Math.min(worstColumn, sum);
        }
        return (bestRow - worstColumn) / 2;
    }

    private static double[][] pays(MatrixGame game) {
        double[][] pays = new double[game.ownActionCount(0)][game.ownActionCount(1)];
        for (int i = 0; i < pays.length; i++) {
            for (int j = 0; j < pays[i].length; j++) pays[i][j] = game.payoff(i * pays[i].length + j, 0);
        }
        return pays;
    }

    private static double[] strategy(SearchTree tree, int node, int player, int count) {
        double[] strategy = new double[count];
        for (int a = 0; a < count; a++) strategy[a] = tree.ownProbability(0, node, player, a);
        return strategy;
    }

    @ParameterizedTest
    @ValueSource(strings = {"matching-pennies", "rock-paper-scissors", "perturbed", "three-by-two"})
    void regretMatchingCannotBeExploited(String name) {
        MatrixGame game = game(name);
        GameModel model = GameModel.of(game);
        var search = new KnownSearch(model, SearchRecipes.uct(new GameRollouts(model)).withSimulations(SIMULATIONS));
        for (int seed = 0; seed < 5; seed++) {
            search.after(seed);
            double[] row = strategy(search.tree(), SearchTree.ROOT, 0, game.ownActionCount(0));
            double[] column = strategy(search.tree(), SearchTree.ROOT, 1, game.ownActionCount(1));
            assertThat(exploitability(pays(game), row, column)).isLessThanOrEqualTo(EXPLOITABLE);

            // The policy to teach is the product of the two.
            for (int edge = 0; edge < game.actionCount(); edge++) {
                double expected = row[edge / column.length] * column[edge % column.length];
                assertThat(Math.abs(search.result().policy()[edge] - expected)).isLessThan(1e-6);
            }
        }
    }

    /** A model that does not tell the players' actions apart. */
    private record Undivided(WorldModel model) implements WorldModel {
        @Override
        public ModelSpec spec() {
            return model.spec();
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            model.init(observations, columns, out);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            model.step(state, actions, keys, out);
        }

        @Override
        public WorldModel fork() {
            return new Undivided(model.fork());
        }

        @Override
        public <T> @Nullable T as(Class<T> capability) {
            return capability == JointActions.class ? null : model.as(capability);
        }
    }

    @Test
    void oneWhoChoosesForBothCanBeExploited() {
        MatrixGame game = MatrixGame.matchingPennies();
        GameModel model = GameModel.of(game);
        var recipe = SearchRecipes.uct(new GameRollouts(model)).withSimulations(SIMULATIONS);
        var search = new TreeSearch(new Undivided(model), recipe, SearchExecution.rows(1));
        var request = new PlanRequest(model, 1);
        request.roots().resize(1);
        model.set(request.roots(), 0, KnownSearch.position(game));

        search.plan(request, Budget.UNLIMITED);

        // Heads against heads is best for the first player, who seems to choose for the second as well.
        float[] joint = search.result().policy();
        double[] row = {joint[0] + joint[1], joint[2] + joint[3]};
        double[] column = {joint[0] + joint[2], joint[1] + joint[3]};
        assertThat(exploitability(pays(game), new double[] {1, 0}, new double[] {1, 0})).isEqualTo(1);
        assertThat(Math.max(joint[0], joint[3]) + Math.min(joint[0], joint[3])).isGreaterThan(0.9f);
        assertThat(row[0] * column[0] + row[1] * column[1] - joint[0] - joint[3]).as("no two independent strategies")
                .isLessThan(-0.3);
    }

    @Test
    void whoAlwaysAnswersTheVisitsOfTheOtherCanBeExploited() {
        // UCB1 for each player goes round in circles here instead of mixing as it should.
        MatrixGame game = game("perturbed");
        GameModel model = GameModel.of(game);
        SearchRecipe recipe = SearchRecipes.uct(new GameRollouts(model)).withSimulations(SIMULATIONS)
                .withBackUp(BackUpRule.DEFAULT.withSimultaneous(DecoupledUcb.DEFAULT));
        var search = new KnownSearch(model, recipe);
        search.after(1);
        double[] row = strategy(search.tree(), SearchTree.ROOT, 0, 3);
        double[] column = strategy(search.tree(), SearchTree.ROOT, 1, 3);
        assertThat(exploitability(pays(game), row, column)).isGreaterThan(EXPLOITABLE);
    }

    @Test
    void theDecisionIsDrawnFromTheAverageStrategies() {
        MatrixGame game = MatrixGame.rockPaperScissors();
        GameModel model = GameModel.of(game);
        var search = new KnownSearch(model, SearchRecipes.uct(new GameRollouts(model)).withSimulations(300));
        int[] drawn = new int[9];
        for (int seed = 0; seed < 900; seed++) {
            search.after(seed);
            drawn[search.chosen()]++;
        }
        // Each of the nine should come 100 times with a deviation below 10, plus what the strategies are off.
        for (int count : drawn) assertThat(count).isBetween(50, 160);
    }

    /** Two rounds: what is chosen first decides which matrix is played, and only the second pays. */
    private static final class TwoRounds implements Game {
        static final float[][] PAYS = {
            {1, -0.2f, 0, 0.6f}, {-0.8f, 0.4f, 0.2f, -1}, {-0.9f, 0.1f, 0.3f, -0.5f}, {0.7f, 0, -0.1f, 0.9f}
        };

        @Override
        public String name() {
            return "two rounds";
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
            position[0] = 0;
            position[1] = 0;
        }

        @Override
        public int playerToMove(int[] position) {
            return position[1] == 0 ? SIMULTANEOUS : TERMINAL;
        }

        @Override
        public boolean legal(int[] position, int action) {
            return position[1] == 0;
        }

        @Override
        public void play(int[] position, int move) {
            if (position[0] == 0) position[0] = move + 1;
            else position[1] = move + 1;
        }

        @Override
        public float reward(int[] position, int player) {
            if (position[1] == 0) return 0;
            float row = PAYS[position[0] - 1][position[1] - 1];
            return player == 0 ? row : -row;
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

        /** Returns the value of a game of two by two in which both mix. */
        static double value(float... pays) {
            return (pays[0] * pays[3] - pays[1] * pays[2]) / (pays[0] + pays[3] - pays[1] - pays[2]);
        }
    }

    @Test
    void strategiesBelowTheRootConvergeToo() {
        var game = new TwoRounds();
        GameModel model = GameModel.of(game);
        var search = new KnownSearch(model, SearchRecipes.uct(new GameRollouts(model)).withSimulations(40_000));
        double[][] first = new double[2][2];
        for (int joint = 0; joint < 4; joint++) first[joint / 2][joint % 2] = TwoRounds.value(TwoRounds.PAYS[joint]);
        for (int seed = 0; seed < 3; seed++) {
            search.after(seed);
            SearchTree tree = search.tree();
            assertThat(exploitability(first, strategy(tree, 0, 0, 2), strategy(tree, 0, 1, 2))).isLessThanOrEqualTo(EXPLOITABLE);
            for (int joint = 0; joint < 4; joint++) {
                float[] p = TwoRounds.PAYS[joint];
                int child = tree.child(0, 0, joint);
                double[][] second = {{p[0], p[1]}, {p[2], p[3]}};
                assertThat(exploitability(second, strategy(tree, child, 0, 2), strategy(tree, child, 1, 2)))
                        .isLessThanOrEqualTo(2 * EXPLOITABLE);
            }
        }
    }

    @Test
    void nothingIsAllocated() {
        GameModel model = GameModel.of(new TwoRounds());
        var search = new KnownSearch(model, SearchRecipes.uct(new GameRollouts(model)).withSimulations(50));
        int[] position = KnownSearch.position(search.game);
        assertThat(Allocation.onceWarm(() -> search.from(1, position))).isZero();
    }
}
