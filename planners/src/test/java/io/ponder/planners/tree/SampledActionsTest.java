package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ActionSampler;
import io.ponder.engine.model.ActionSamples;
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
import io.ponder.engine.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampledActionsTest {
    private static final int ACTIONS = 50;
    private static final int INSTANCES = 20;
    private static final int DRAWS = 100;
    private static final double LAMBDA = 0.1;

    /** Returns lambda p / (c - q), the best policy near p, with c such that it sums to 1 (Grill and others 2020). */
    private static double[] improved(double[] prior, double[] q) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < prior.length; a++) {
            if (prior[a] == 0) continue;
            low = Math.max(low, q[a] + LAMBDA * prior[a]);
            high = Math.max(high, q[a] + LAMBDA);
        }
        for (int i = 0; i < 60; i++) {
            double c = (low + high) / 2;
            double sum = 0;
            for (int a = 0; a < prior.length; a++) sum += LAMBDA * prior[a] / (c - q[a]);
            if (sum > 1) low = c;
            else high = c;
        }
        double[] out = new double[prior.length];
        for (int a = 0; a < prior.length; a++) out[a] = LAMBDA * prior[a] / (high - q[a]);
        return out;
    }

    /** Returns the mean total variation between the improved policy and the mean of improved policies over sampled actions. */
    private static double totalVariation(boolean corrected) {
        double total = 0;
        for (int instance = 0; instance < INSTANCES; instance++) {
            var random = new RandomStream(33, instance);
            var nodes = new NodeBuffer(ACTIONS, 1, 1).resize(1);
            double[] logits = new double[ACTIONS];
            double[] q = new double[ACTIONS];
            for (int a = 0; a < ACTIONS; a++) {
                nodes.logits()[a] = (float) (1.5 * random.nextGaussian());
                logits[a] = nodes.logits()[a];
                q[a] = random.nextDouble();
            }
            double[] exact = improved(ReferenceSearch.softmax(logits), q);
            double[] mean = new double[ACTIONS];
            for (int draw = 0; draw < DRAWS; draw++) {
                double[] sampled = improved(sampledPrior(nodes, corrected, draw), q);
                for (int a = 0; a < ACTIONS; a++) mean[a] += sampled[a] / DRAWS;
            }
            for (int a = 0; a < ACTIONS; a++) total += Math.abs(mean[a] - exact[a]) / 2 / INSTANCES;
        }
        return total;
    }

    private static double[] sampledPrior(NodeBuffer nodes, boolean corrected, int draw) {
        int count = 500;
        var edges = new EdgeBuffer(count, 1, 1);
        var keys = new ColumnKeys(1).resize(1);
        keys.set(0, 1, 77, draw);
        new DiscreteSamples(new SampledActions(count, 2, corrected), ACTIONS)
                .propose(new ModelState(ModelSpec.discrete(1, ACTIONS), 1), keys, nodes, edges);
        double[] logits = new double[count];
        for (int i = 0; i < count; i++) logits[i] = edges.logits()[i];
        double[] weights = ReferenceSearch.softmax(logits);
        double[] prior = new double[ACTIONS];
        for (int i = 0; i < count; i++) if (weights[i] > 0) prior[(int) edges.actions()[i]] += weights[i];
        return prior;
    }

    @Test
    void theCorrectedPriorImprovesThePolicyItselfAndTheUncorrectedOneAnother() {
        assertThat(totalVariation(true)).isLessThan(0.03);
        assertThat(totalVariation(false)).isGreaterThan(0.10);
    }

    @Test
    void theLikeliestActionsInFallingOrder() {
        var nodes = new NodeBuffer(5, 1, 2).resize(2);
        float[] logits = {0.1f, 5, Float.NaN, 1, 0.4f, 2, Float.NEGATIVE_INFINITY, 9, 0.3f, 3};
        System.arraycopy(logits, 0, nodes.logits(), 0, 10);
        var edges = new EdgeBuffer(3, 1, 2);

        new TopPrior(3).proposer(new Bandit(new float[1][5], new float[1][5], new float[1]), 2)
                .propose(new ModelState(ModelSpec.discrete(1, 5), 2), new ColumnKeys(2), nodes, edges);

        assertThat(Arrays.copyOf(edges.actions(), 6)).containsExactly(2, 3, 4, 0, 0, 4);
        assertThat(Arrays.copyOf(edges.logits(), 6)).containsExactly(0.4f, 9, 0.3f, 5, 0.1f, 3);
    }

    @Test
    void aTopPriorOfAllActionsFindsWhatTheFullListFinds() {
        var model = new HashModel(new HashModel.Options(7, 0, 1, 0.3f, 0, 0, 0, 1, 0));
        float[] full = policy(model, SearchRecipes.muzero());
        float[] top = policy(model, SearchRecipes.muzero().withActions(new TopPrior(7)));

        assertThat(top).containsExactly(full, within(1e-6f));
    }

    /** Returns the policy over the actions, not the edges. */
    private static float[] policy(HashModel model, SearchRecipe recipe) {
        var search = new TreeSearch(model, recipe, SearchExecution.rows(1));
        search.plan(new PlanRequest(model, 1).observe(model, new float[] {5}), Budget.UNLIMITED);
        float[] policy = new float[7];
        SearchTree tree = search.result().tree();
        for (int e = 0; e < 7; e++) policy[(int) tree.action(0, 0, e, 0)] = search.result().policy()[e];
        return policy;
    }

    @Test
    void wideningOpensEdgesAsVisitsGrow() {
        var model = new HashModel(HashModel.Options.PLAIN);
        var recipe = SearchRecipes.muzero().withSimulations(200).withActions(new Widening(new TopPrior(6), 1, 0.3));
        var search = new TreeSearch(model, recipe, SearchExecution.rows(1));
        search.plan(new PlanRequest(model, 1).observe(model, new float[] {5}), Budget.UNLIMITED);

        SearchTree tree = search.result().tree();
        for (int node = 0; node < tree.nodes(0); node++) {
            int visited = 0;
            for (int a = 0; a < 6; a++) if (tree.edgeVisits(0, node, a) > 0) visited++;
            assertThat(visited).isLessThanOrEqualTo((int) Math.max(1, Math.pow(tree.visits(0, node), 0.3)));
        }
    }

    @Test
    void masksHoldForSampledAndTopActions() {
        var model = new HashModel(HashModel.Options.PLAIN);
        boolean[] illegal = {false, true, false, true, true, true};
        for (ActionSource source : List.of(SampledActions.of(20), new TopPrior(4))) {
            for (SearchRecipe recipe : List.of(SearchRecipes.muzero(), SearchRecipes.gumbel())) {
                var search = new TreeSearch(model, recipe.withActions(source), SearchExecution.rows(1));
                Plan plan = search.plan(
                        new PlanRequest(model, 1).observe(model, new float[] {5}).illegal(illegal).explore(true), Budget.UNLIMITED);
                assertThat(illegal[(int) plan.action(0, 0)]).isFalse();
            }
        }
    }

    /** A continuous bandit: reward 1 - (x - 0.6)^2 - (y + 0.2)^2 for an action in [-1, 1]^2; samples are uniform. Chance is optional. */
    private static final class Target implements WorldModel, ActionSampler {
        private final ModelSpec spec = ModelSpec.continuous(1, 2);

        @Override
        public ModelSpec spec() {
            return spec;
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            int columns = state.columns();
            out.next().copyFrom(state);
            for (int k = 0; k < columns; k++) {
                float x = actions[k] - 0.6f;
                float y = actions[columns + k] + 0.2f;
                out.reward()[k] = 1 - x * x - y * y;
                out.discount()[k] = 0;
            }
        }

        @Override
        public void sample(ModelState states, int count, ColumnKeys keys, ActionSamples out) {
            int columns = states.columns();
            out.resize(count, columns);
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < columns; k++) {
                    for (int d = 0; d < 2; d++) {
                        out.actions()[(i * 2 + d) * columns + k] = 2 * CounterRandom.uniform(
                                keys.key0()[k], keys.key1()[k], keys.sample()[k], 2 * i + d) - 1;
                    }
                    out.logProposal()[i * columns + k] = (float) Math.log(0.25);
                    out.logPolicy()[i * columns + k] = (float) Math.log(0.25);
                }
            }
        }

        @Override
        public WorldModel fork() {
            return this;
        }
    }

    @Test
    void continuousActionsAreSampledAndTheBestOfThemIsFound() {
        var model = new Target();
        for (SearchRecipe recipe : List.of(SearchRecipes.sampledMuzero(20), SearchRecipes.sampledGumbel(20))) {
            var search = new TreeSearch(model, recipe.withSimulations(60), SearchExecution.rows(3));
            Plan plan = search.plan(new PlanRequest(model, 3).observe(model, new float[3]).keys(1, 0), Budget.UNLIMITED);

            SearchTree tree = search.result().tree();
            for (int b = 0; b < 3; b++) {
                int chosen = search.result().chosenEdge()[b];
                assertThat(plan.action(b, 0)).isEqualTo(tree.action(b, 0, chosen, 0));
                assertThat(plan.action(b, 1)).isEqualTo(tree.action(b, 0, chosen, 1));
                float best = Float.NEGATIVE_INFINITY;
                for (int e = 0; e < 20; e++) best = Math.max(best, tree.edgeValue(b, 0, e));
                assertThat(tree.edgeValue(b, 0, chosen)).isGreaterThan(best - 0.1f);
            }
            // Rows with other keys sample other actions.
            assertThat(tree.action(0, 0, 0, 0)).isNotEqualTo(tree.action(1, 0, 0, 0));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TreeSearch(model, SearchRecipes.muzero(), SearchExecution.rows(1)))
                .withMessageContaining("continuous").withMessageContaining("Maybe");
    }

    @Test
    void aColumnWithoutLegalActionsGetsNoEdgesOfAnother() {
        var nodes = new NodeBuffer(3, 1, 1).resize(1);
        var edges = new EdgeBuffer(2, 1, 1);
        var keys = new ColumnKeys(1).resize(1);
        var proposer = new DiscreteSamples(SampledActions.of(2), 3);
        var states = new ModelState(ModelSpec.discrete(1, 3), 1);
        proposer.propose(states, keys, nodes, edges);
        assertThat(edges.logits()[0]).isFinite();
        Arrays.fill(nodes.logits(), Float.NaN);

        proposer.propose(states, keys, nodes, edges);

        assertThat(edges.logits()).containsOnly(Float.NEGATIVE_INFINITY);
    }

    @Test
    void brokenLogitsAreCountedThoughTheyAreNotProposed() {
        float nan = Float.NaN;
        var model = new Bandit(new float[][] {{nan, 1, nan, 2}}, new float[1][4], new float[1]);
        for (ActionSource source : List.of(SampledActions.of(8), new TopPrior(4), new AllActions())) {
            var search = new TreeSearch(model, SearchRecipes.muzero().withActions(source).withSimulations(3), SearchExecution.rows(1));
            Plan plan = search.plan(new PlanRequest(model, 1).observe(model, new float[1]), Budget.UNLIMITED);
            assertThat(plan.diagnostics().nonFiniteRollouts()).isEqualTo(2);
            assertThat(plan.action(0, 0)).isIn(1f, 3f);
        }
    }

    /** Draws all six actions in turn, whatever is legal. */
    private static final class Careless implements WorldModel, ActionSampler {
        private final HashModel model = new HashModel(HashModel.Options.PLAIN);

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
        public void sample(ModelState states, int count, ColumnKeys keys, ActionSamples out) {
            out.resize(count, states.columns());
            for (int i = 0; i < count * states.columns(); i++) {
                out.actions()[i] = i / states.columns() % 6;
                out.logPolicy()[i] = 0;
                out.logProposal()[i] = 0;
            }
        }

        @Override
        public WorldModel fork() {
            return this;
        }
    }

    @Test
    void whatASamplerDrawsAgainstTheMaskIsNotTaken() {
        var model = new Careless();
        boolean[] illegal = {true, false, true, false, true, true};
        var search = new TreeSearch(model, SearchRecipes.sampledMuzero(12), SearchExecution.rows(1));
        var request = new PlanRequest(model, 1).observe(model, new float[] {5}).illegal(illegal);
        search.plan(request, Budget.UNLIMITED);

        SearchTree tree = search.result().tree();
        for (int e = 0; e < 12; e++) {
            if (illegal[(int) tree.action(0, 0, e, 0)]) assertThat(tree.edgeVisits(0, 0, e)).isZero();
        }
        assertThat(tree.visits(0, 0)).isEqualTo(51);
        var few = new TreeSearch(model, SearchRecipes.sampledMuzero(1), SearchExecution.rows(1));
        assertThatIllegalArgumentException().isThrownBy(() -> few.plan(request, Budget.UNLIMITED)).withMessageContaining("Maybe");
    }

    @Test
    void sequentialHalvingRefusesEdgesThatOpenLater() {
        var recipe = SearchRecipes.gumbel().withActions(new Widening(new TopPrior(6), 1, 0.3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TreeSearch(new HashModel(HashModel.Options.PLAIN), recipe, SearchExecution.rows(1)))
                .withMessageContaining("Widening").withMessageContaining("Maybe");
    }
}
