package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Space;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.worldmodels.latent.DenseLayers;
import io.ponder.worldmodels.latent.DenseStochasticLayers;
import io.ponder.worldmodels.latent.LatentLayers;
import io.ponder.worldmodels.latent.LatentModel;
import io.ponder.worldmodels.latent.LatentNetwork;
import io.ponder.worldmodels.latent.LatentScaling;
import io.ponder.worldmodels.latent.LatentShape;
import io.ponder.worldmodels.latent.ScalarSupport;
import io.ponder.worldmodels.latent.StochasticLatentModel;
import io.ponder.worldmodels.latent.UnrollGraph;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tree searches whose leaves are judged on the device, beside the same on the CPU. */
@NeedsOpenCl
class LeafSearchTest {
    private static final int O = 3;
    private static final int ROOTS = 70;
    private static final double TOLERANCE = 1e-4;

    private static LatentShape shape(Space actions) {
        return new LatentShape(O, actions, 16, ScalarSupport.returns(2, 11), ScalarSupport.returns(10, 21), 0.9);
    }

    private static LatentNetwork network(LatentShape shape, LatentLayers layers, int samples) {
        var network = new LatentNetwork(shape, layers, UnrollGraph.steps(2).withSamples(samples), 5);
        // The heads begin at 0: make them say something.
        float[] parameters = network.network().parameters();
        for (int i = 0; i < parameters.length; i++) parameters[i] += 0.3f * (CounterRandom.uniform(1, 2, i, 0) - 0.5f);
        return network;
    }

    private static LatentNetwork dense(Space actions, LatentScaling scaling, int samples) {
        LatentShape shape = shape(actions);
        return network(shape, new DenseLayers(shape, scaling, 24, 1), samples);
    }

    private static float[] observations() {
        float[] observations = new float[O * ROOTS];
        for (int i = 0; i < observations.length; i++) observations[i] = 2 * CounterRandom.uniform(3, 4, i, 0) - 1;
        return observations;
    }

    private record Found(int[] visits, float[] values, String executedOn, long launches, long bytes) {}

    private static Found search(WorldModel model, SearchRecipe recipe, SearchExecution execution) {
        var search = new TreeSearch(model, recipe, execution);
        var request = new PlanRequest(model, ROOTS).observe(model, observations()).keys(7, 0);
        Plan plan = search.plan(request, Budget.UNLIMITED);
        assertThat(plan.diagnostics().modelFailures()).isZero();
        return new Found(search.result().visitCounts().clone(), search.result().rootValues().clone(),
                plan.diagnostics().executedOn(), plan.diagnostics().launches(), plan.diagnostics().bytesMoved());
    }

    private static void assertSame(Found cpu, Found device) {
        assertThat(device.visits()).isEqualTo(cpu.visits());
        Twins.assertClose(cpu.values(), device.values(), ROOTS, TOLERANCE);
        assertThat(cpu.executedOn()).doesNotContain("opencl");
        assertThat(cpu.launches()).isZero();
        assertThat(device.executedOn()).startsWith("cpu, ").contains("; networks on opencl: ");
        assertThat(device.launches()).isPositive();
        assertThat(device.bytes()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(LatentScaling.class)
    void muzeroFindsTheSameVisits(LatentScaling scaling) {
        LatentModel model = new LatentModel(dense(new Discrete(4), scaling, 0));
        SearchRecipe recipe = SearchRecipes.muzero().withSimulations(16);
        try (LatentModel onDevice = model.on(Backend.OPENCL)) {
            assertSame(search(model, recipe, SearchExecution.rows(ROOTS)), search(onDevice, recipe, SearchExecution.rows(ROOTS)));
        }
    }

    @Test
    void gumbelFindsTheSameVisitsOnTwoThreads() {
        LatentModel model = new LatentModel(dense(new Discrete(4), LatentScaling.MIN_MAX, 0));
        SearchRecipe recipe = SearchRecipes.gumbel().withSimulations(16);
        var pool = new ForkJoinPool(2);
        try (LatentModel onDevice = model.on(Backend.OPENCL)) {
            SearchExecution execution = SearchExecution.rows(ROOTS).onThreads(pool, 2);
            assertSame(search(model, recipe, execution), search(onDevice, recipe, execution));
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void sampledActionsFindTheSameVisits() {
        LatentModel model = new LatentModel(dense(new Box(new float[] {-1, -1}, new float[] {1, 1}), LatentScaling.MIN_MAX, 6));
        SearchRecipe recipe = SearchRecipes.sampledMuzero(6).withSimulations(12);
        try (LatentModel onDevice = model.on(Backend.OPENCL)) {
            assertSame(search(model, recipe, SearchExecution.rows(ROOTS)), search(onDevice, recipe, SearchExecution.rows(ROOTS)));
        }
    }

    @Test
    void stochasticModelsFindTheSameVisits() {
        LatentShape shape = shape(new Discrete(3));
        var model = new StochasticLatentModel(network(shape, new DenseStochasticLayers(shape, new DenseLayers(shape, LatentScaling.MIN_MAX, 24, 1), 4), 0));
        SearchRecipe recipe = SearchRecipes.muzero().withSimulations(16);
        try (StochasticLatentModel onDevice = model.on(Backend.OPENCL)) {
            assertThat(model.reasonsAgainstOpenCl()).isEmpty();
            assertSame(search(model, recipe, SearchExecution.rows(ROOTS)), search(onDevice, recipe, SearchExecution.rows(ROOTS)));
        }
    }

    @Test
    void loadedParametersAreThoseOfTheDevice() {
        LatentNetwork graph = dense(new Discrete(4), LatentScaling.MIN_MAX, 0);
        LatentModel model = new LatentModel(graph);
        SearchRecipe recipe = SearchRecipes.muzero().withSimulations(8);
        try (LatentModel onDevice = model.on(Backend.OPENCL)) {
            Found before = search(onDevice, recipe, SearchExecution.rows(ROOTS));
            float[] parameters = graph.network().parameters();
            for (int i = 0; i < parameters.length; i++) parameters[i] *= 1.2f;
            model.load(graph.network());
            Found after = search(onDevice, recipe, SearchExecution.rows(ROOTS));
            assertThat(after.values()).isNotEqualTo(before.values());
            assertSame(search(model, recipe, SearchExecution.rows(ROOTS)), after);
        }
    }

    @Test
    void aClosedModelAndItsForksAreRefused() {
        LatentModel onDevice = new LatentModel(dense(new Discrete(4), LatentScaling.MIN_MAX, 0)).on(Backend.OPENCL);
        WorldModel fork = onDevice.fork();
        onDevice.close();
        onDevice.close();
        var states = new ModelState(fork.spec(), 1).resize(1);
        var step = new StepBuffer(fork.spec(), 1);
        assertThatThrownBy(() -> fork.step(states, new float[1], new ColumnKeys(1).resize(1), step))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(onDevice::fork).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }
}
