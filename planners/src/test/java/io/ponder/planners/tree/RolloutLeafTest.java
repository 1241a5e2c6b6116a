package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.testing.Allocation;
import org.junit.jupiter.api.Test;

class RolloutLeafTest {
    /** A position on a line: action 0 moves left and earns 0, action 1 moves right and earns 1; the episode ends at 3 or at -3. */
    private static final class Walk implements WorldModel {
        private static final ModelSpec SPEC = ModelSpec.discrete(1, 2);
        private int columnsStepped;
        private int calls;

        @Override
        public ModelSpec spec() {
            return SPEC;
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            int columns = state.columns();
            columnsStepped += columns;
            calls++;
            float[] to = out.next().resize(columns).values();
            for (int k = 0; k < columns; k++) {
                to[k] = state.values()[k] + 2 * actions[k] - 1;
                boolean over = Math.abs(state.values()[k]) >= 3;
                out.reward()[k] = over ? Float.NaN : actions[k];
                out.discount()[k] = Math.abs(to[k]) >= 3 ? 0 : 1;
            }
        }

        /** Shares its counters. */
        @Override
        public WorldModel fork() {
            return this;
        }
    }

    private static final int ROLLOUTS = 20_000;
    /** Four standard deviations of a mean of 20 000 returns with a deviation below 3. */
    private static final double SAMPLING_ERROR = 0.09;

    private static float[] values(RolloutLeaf rollouts, WorldModel model, long key, float... positions) {
        var states = new ModelState(model.spec(), positions.length);
        model.init(positions, positions.length, states);
        var nodes = new NodeBuffer(2, 1, positions.length).resize(positions.length);
        var keys = new ColumnKeys(positions.length).resize(positions.length);
        for (int k = 0; k < positions.length; k++) keys.set(k, k + 1, key + k, 4);
        rollouts.evaluate(states, keys, nodes);
        return nodes.value().clone();
    }

    /** A fair walk from x, absorbed at +-3, takes 9 - x^2 steps on average, half of them to the right. */
    @Test
    void valueIsTheMeanReturnToTheEndOfTheEpisode() {
        var model = new Walk();

        float[] values = values(new RolloutLeaf(model, 300, ROLLOUTS, null), model, 1, 0, 2, -2);

        assertThat((double) values[0]).isCloseTo(4.5, within(SAMPLING_ERROR));
        assertThat((double) values[1]).isCloseTo(2.5, within(SAMPLING_ERROR));
        assertThat((double) values[2]).isCloseTo(2.5, within(SAMPLING_ERROR));
    }

    @Test
    void whatComesAfterTheLastStepCountsAsNothing() {
        var model = new Walk();

        assertThat((double) values(new RolloutLeaf(model, 2, ROLLOUTS, null), model, 1, 0)[0]).isCloseTo(1, within(SAMPLING_ERROR));
    }

    @Test
    void lastStateIsWorthItsTerminalValueUnlessTheEpisodeIsOver() {
        var model = new Walk();
        ValueFunction hundred = (state, out) -> java.util.Arrays.fill(out, 0, state.columns(), 100);

        double value = values(new RolloutLeaf(model, 1, ROLLOUTS, hundred), model, 1, 2)[0];

        // Right ends the episode with 1, left goes on.
        assertThat(value).isCloseTo(50.5, within(2.0));
    }

    @Test
    void columnsDoNotDependOnEachOther() {
        var model = new Walk();
        float[] together = values(new RolloutLeaf(model, 20, 7, null), model, 5, 0, 1, -1);
        var states = new float[] {0, 1, -1};

        for (int k = 0; k < 3; k++) {
            assertThat(values(new RolloutLeaf(model, 20, 7, null), model, 5 + k, states[k])[0]).isEqualTo(together[k]);
        }
        assertThat(values(new RolloutLeaf(model, 20, 7, null), model, 6, 0)[0]).isNotEqualTo(together[0]);
    }

    @Test
    void allRolloutsAreStepsOfOneBatch() {
        var model = new Walk();
        values(new RolloutLeaf(model, 2, 5, null), model, 1, 0, 0, 0);

        assertThat(model.calls).isEqualTo(2);
        assertThat(model.columnsStepped).isEqualTo(30);
    }

    @Test
    void searchChargesTheStepsOfItsRollouts() {
        var model = new Walk();
        var leaf = new RolloutLeaf(model, 2, 5, null);
        SearchRecipe recipe = SearchRecipes.muzero().withLeaf(leaf).withSimulations(1000);
        try (var search = new TreeSearch(model, recipe, SearchExecution.rows(1))) {
            var request = new PlanRequest(model, 1).observe(model, new float[] {0});
            model.columnsStepped = 0;
            var diagnostics = search.plan(request, Budget.modelSteps(500)).diagnostics();

            assertThat(diagnostics.modelSteps()).isBetween(300L, 500L).isGreaterThanOrEqualTo(model.columnsStepped);
            assertThat(diagnostics.iterations()).isEqualTo((500 - 10) / 11);
        }
    }

    @Test
    void divergedRolloutNeverReachesTheRoot() {
        LambdaModel line = LambdaModel.of(1, 1, (x, action, next) -> {
            next[0] = x[0] + 2 * action[0] - 1;
            return next[0] >= 2 ? Double.NaN : next[0];
        });
        WorldModel model = new Discretised(line);
        SearchRecipe recipe = SearchRecipes.muzero().withLeaf(new RolloutLeaf(model, 2, 3, null)).withSimulations(40);
        try (var search = new TreeSearch(model, recipe, SearchExecution.rows(1))) {
            var plan = search.plan(new PlanRequest(model, 1).observe(model, new float[] {-1}), Budget.UNLIMITED);

            assertThat(plan.predictedReturn()[0]).isFinite();
            assertThat(plan.diagnostics().nonFiniteRollouts()).isPositive();
        }
    }

    /** Two actions, 0 and 1, of a continuous model. */
    private record Discretised(WorldModel inner) implements WorldModel {
        @Override
        public ModelSpec spec() {
            return ModelSpec.discrete(inner.spec().observationSize(), 2);
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            inner.init(observations, columns, out);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            inner.step(state, actions, keys, out);
        }

        @Override
        public WorldModel fork() {
            return new Discretised(inner.fork());
        }
    }

    @Test
    void searchAllocatesNothingOnceWarm() {
        var model = new Walk();
        SearchRecipe recipe = SearchRecipes.muzero().withLeaf(new RolloutLeaf(model, 10, 4, null)).withSimulations(30);
        try (var search = new TreeSearch(model, recipe, SearchExecution.rows(2))) {
            var request = new PlanRequest(model, 2).observe(model, new float[] {0, 1});
            var work = new Runnable() {
                private long decision;

                @Override
                public void run() {
                    search.plan(request.keys(3, decision++), Budget.UNLIMITED);
                }
            };

            assertThat(Allocation.onceWarm(work)).isZero();
        }
    }

    @Test
    void wrongModelsAndSizesAreRefused() {
        LambdaModel continuous = LambdaModel.of(1, 1, (x, action, next) -> 0);

        assertThatThrownBy(() -> new RolloutLeaf(continuous, 1, 1, null)).hasMessageContaining("continuous actions");
        assertThatThrownBy(() -> new RolloutLeaf(new Walk(), 1, 0, null)).hasMessageContaining("rollouts is 0");
    }
}
