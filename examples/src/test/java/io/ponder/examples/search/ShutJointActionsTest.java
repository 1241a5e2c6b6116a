package io.ponder.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.game.Game;
import io.ponder.engine.game.GameRules;
import io.ponder.engine.game.PositionEvaluator;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.examples.games.MatrixGame;
import io.ponder.planners.tree.DecoupledUcb;
import io.ponder.planners.tree.RegretMatching;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchTree;
import io.ponder.planners.tree.SimultaneousRule;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.testing.Allocation;
import io.ponder.worldmodels.game.GameModel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Joint actions that a mask forbids, or behind which there is no number, where the players decide at once. */
class ShutJointActionsTest {
    private static final int[] OWN = {2, 3, 2};
    private static final int JOINT = 12;
    private static final List<SimultaneousRule> RULES = List.of(RegretMatching.DEFAULT, DecoupledUcb.DEFAULT);

    /**
     * Three players decide at once, three times. Which joint actions are legal, pay NaN, and what the others pay, hangs
     * on all that came before and a seed; a share of 0 forbids or breaks none.
     */
    private record Rounds(int seed, double forbidden, double broken) implements Game {
        private float random(int[] position, int action, int stream) {
            return CounterRandom.uniform(seed, position[1], action, stream);
        }

        @Override
        public String name() {
            return "rounds";
        }

        @Override
        public int players() {
            return 3;
        }

        @Override
        public boolean zeroSum() {
            return false;
        }

        @Override
        public boolean simultaneous() {
            return true;
        }

        @Override
        public int actionCount() {
            return JOINT;
        }

        @Override
        public int ownActionCount(int player) {
            return OWN[player];
        }

        @Override
        public int positionSize() {
            return 4;
        }

        @Override
        public void start(int[] position) {
            Arrays.fill(position, 0);
        }

        @Override
        public int playerToMove(int[] position) {
            return position[0] == 3 ? TERMINAL : SIMULTANEOUS;
        }

        @Override
        public boolean legal(int[] position, int action) {
            return position[0] < 3 && (random(position, action, 0) >= forbidden || action == JOINT / 2);
        }

        @Override
        public void play(int[] position, int move) {
            if (!legal(position, move)) throw new IllegalStateException("joint action " + move + " is illegal");
            position[2] = position[1];
            position[3] = move;
            position[1] = position[1] * (JOINT + 1) + move + 1;
            position[0]++;
        }

        @Override
        public float reward(int[] position, int player) {
            if (position[0] == 0) return 0;
            if (CounterRandom.uniform(seed, position[2], position[3], 1) < broken) return player == 1 ? Float.NaN : 1;
            return CounterRandom.uniform(seed, position[2], position[3], 2 + player);
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

    /** Knows nothing of any position. */
    private record Nothing() implements PositionEvaluator {
        @Override
        public void evaluate(int[] position, int key0, int key1, int sample, float[] values) {
            Arrays.fill(values, 0);
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

    /** A model that hides that it is the rules of a game, so that it is searched by columns. */
    private record Columns(WorldModel model) implements WorldModel {
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
            return new Columns(model.fork());
        }

        @Override
        public <T> @Nullable T as(Class<T> capability) {
            return capability == GameRules.class ? null : model.as(capability);
        }
    }

    private static SearchRecipe recipe(SimultaneousRule rule, int simulations) {
        SearchRecipe recipe = SearchRecipes.uct(new Nothing()).withSimulations(simulations);
        return recipe.withBackUp(recipe.backUp().withSimultaneous(rule));
    }

    private static int own(int joint, int player) {
        return player == 0 ? joint / 6 : player == 1 ? joint / 2 % 3 : joint % 2;
    }

    private static boolean[] mask(int seed) {
        boolean[] illegal = new boolean[JOINT];
        for (int a = 0; a < JOINT; a++) illegal[a] = a != JOINT / 2 && CounterRandom.uniform(seed, 9, a, 0) < 0.4f;
        return illegal;
    }

    /** Returns how many joint actions that are legal by the rules and the mask of the root are shut in the tree. */
    private static int checkTree(Rounds game, SearchTree tree, boolean @Nullable [] illegal) {
        int broken = 0;
        int[] position = new int[4];
        for (int node = 0; node < tree.nodes(0); node++) {
            if (!tree.exists(0, node)) continue;
            for (int i = 0; i < 4; i++) position[i] = tree.tag(0, node, i);
            for (int edge = 0; edge < tree.edges(0, node); edge++) {
                boolean legal = game.legal(position, edge) && !(illegal != null && node == 0 && illegal[edge]);
                boolean shut = tree.prior(0, node, edge) == SearchTree.ILLEGAL;
                if (!legal) assertThat(shut).isTrue();
                if (shut) {
                    assertThat(tree.edgeVisits(0, node, edge)).isZero();
                    assertThat(tree.child(0, node, edge)).isEqualTo(SearchTree.UNVISITED);
                }
                if (legal && shut) broken++;
            }
        }
        return broken;
    }

    /** The policy is the product of the strategies, given that the joint action is open, and what is decided has a share. */
    private static void checkAnswer(TreeSearch search) {
        SearchTree tree = search.result().tree();
        double[] product = new double[JOINT];
        double sum = 0;
        for (int joint = 0; joint < JOINT; joint++) {
            if (tree.prior(0, 0, joint) == SearchTree.ILLEGAL) continue;
            product[joint] = 1;
            for (int p = 0; p < OWN.length; p++) product[joint] *= tree.ownProbability(0, 0, p, own(joint, p));
            sum += product[joint];
        }
        float[] policy = search.result().policy();
        for (int joint = 0; joint < JOINT; joint++) {
            assertThat(Math.abs(policy[joint] - product[joint] / sum)).isLessThan(1e-5);
            if (product[joint] == 0) assertThat(policy[joint]).isZero();
        }
        assertThat(search.result().probabilities()).isEqualTo(policy);
        assertThat(policy[search.result().chosenEdge()[0]]).isPositive();
    }

    private static int search(Rounds game, SimultaneousRule rule, boolean columns, int seed, boolean @Nullable [] illegal) {
        GameModel rules = GameModel.of(game);
        WorldModel model = columns ? new Columns(rules) : rules;
        var request = new PlanRequest(model, 1).keys(seed, 0);
        if (illegal != null) request.illegal(illegal);
        rules.set(request.roots().resize(1), 0, new int[4]);
        try (var search = new TreeSearch(model, recipe(rule, 300), SearchExecution.rows(1))) {
            Plan plan = search.plan(request, Budget.UNLIMITED);

            int broken = checkTree(game, search.result().tree(), illegal);
            // Each was tried once, in a simulation that brought nothing else.
            assertThat(plan.diagnostics().nonFiniteRollouts()).isEqualTo(broken);
            assertThat(Arrays.stream(search.result().visitCounts()).sum()).isGreaterThan(0);
            assertThat(plan.predictedReturn()[0]).isBetween(0f, 3f);
            checkAnswer(search);
            return broken;
        }
    }

    @Test
    void masksAreKeptAtTheRootAndBelow() {
        for (SimultaneousRule rule : RULES) {
            for (int seed = 0; seed < 12; seed++) {
                search(new Rounds(seed, 0, 0), rule, seed % 2 == 0, seed, mask(seed));
                search(new Rounds(seed, 0.5, 0), rule, seed % 2 == 0, seed, seed % 3 == 0 ? mask(seed) : null);
            }
        }
    }

    @Test
    void whatIsNoNumberIsTriedOnceAtEveryNode() {
        for (SimultaneousRule rule : RULES) {
            int found = 0;
            for (int seed = 0; seed < 12; seed++) {
                found += search(new Rounds(seed, seed % 3 == 0 ? 0 : 0.3, 0.3), rule, seed % 2 == 0, seed, null);
            }
            assertThat(found).isGreaterThan(100);
        }
    }

    @Test
    void whereNothingIsANumberALegalJointActionIsLeft() {
        for (SimultaneousRule rule : RULES) {
            GameModel model = GameModel.of(new Rounds(1, 0, 1));
            var search = new KnownSearch(model, recipe(rule, 50));
            boolean[] illegal = mask(3);
            search.request.illegal(illegal);

            Plan plan = search.from(1, new int[4]);

            int open = 0;
            for (boolean masked : illegal) if (!masked) open++;
            assertThat(plan.diagnostics().nonFiniteRollouts()).isEqualTo(open);
            assertThat(illegal[search.chosen()]).isFalse();
            float[] certain = new float[JOINT];
            certain[search.chosen()] = 1;
            assertThat(search.result().policy()).isEqualTo(certain);
            assertThat(search.result().probabilities()).isEqualTo(certain);
            assertThat(plan.predictedReturn()[0]).isZero();
        }
    }

    @Test
    void sharedPositionsKeepMasksToo() {
        for (SimultaneousRule rule : RULES) {
            GameModel model = GameModel.of(new Rounds(5, 0.4, 0.2));
            SearchRecipe recipe = recipe(rule, 300);
            var search = new KnownSearch(model, recipe.withBackUp(recipe.backUp().withTranspositions(true)));
            search.request.illegal(mask(2));
            Plan plan = search.from(1, new int[4]);
            int broken = checkTree((Rounds) model.game(), search.tree(), mask(2));
            assertThat(plan.diagnostics().nonFiniteRollouts()).isEqualTo(broken).isPositive();
            checkAnswer(search.search);
        }
    }

    @Test
    void keptSubtreesKeepMasksToo() {
        for (SimultaneousRule rule : RULES) {
            for (int seed = 0; seed < 6; seed++) {
                var game = new Rounds(seed, 0.3, 0.3);
                var search = new KnownSearch(GameModel.of(game), recipe(rule, 300), SearchExecution.rows(1).keeping(300));
                search.after(seed);
                int played = search.chosen();
                assertThat(search.search.keepSubtree(0, played)).isPositive();
                boolean[] illegal = null;
                if (seed % 2 == 0) search.request.illegal(illegal = mask(seed));

                search.after(seed, played);

                checkTree(game, search.tree(), illegal);
                checkAnswer(search.search);
            }
        }
    }

    @Test
    void decisionsAreDrawnFromThePolicy() {
        GameModel model = GameModel.of(MatrixGame.matchingPennies());
        for (SimultaneousRule rule : RULES) {
            var search = new KnownSearch(model, recipe(rule, 100));
            search.request.illegal(new boolean[] {true, false, false, false});
            double[] expected = new double[4];
            int[] drawn = new int[4];
            for (int seed = 0; seed < 1000; seed++) {
                search.after(seed);
                drawn[search.chosen()]++;
                for (int joint = 0; joint < 4; joint++) expected[joint] += search.result().policy()[joint];
            }
            assertThat(drawn[0]).isZero();
            // A count of 1000 draws deviates by less than 16; 4 deviations are 64.
            for (int joint = 0; joint < 4; joint++) assertThat(Math.abs(drawn[joint] - expected[joint])).isLessThan(64);
        }
    }

    /** Where one of matching pennies' wins is forbidden, who could win by it learns to play the other. */
    @Test
    void nobodyRegretsWhatIsForbidden() {
        GameModel model = GameModel.of(MatrixGame.matchingPennies());
        var search = new KnownSearch(model, recipe(RegretMatching.DEFAULT, 2000));
        search.request.illegal(new boolean[] {true, false, false, false});
        for (int seed = 0; seed < 5; seed++) {
            search.after(seed);
            assertThat(search.tree().ownProbability(0, SearchTree.ROOT, 0, 1)).isGreaterThan(0.9f);
        }
    }

    @Test
    void nothingIsAllocated() {
        for (SimultaneousRule rule : RULES) {
            var search = new KnownSearch(GameModel.of(new Rounds(2, 0.3, 0.3)), recipe(rule, 60));
            search.request.illegal(mask(1));
            int[] position = new int[4];
            assertThat(Allocation.onceWarm(() -> search.from(1, position))).isZero();
        }
    }
}
