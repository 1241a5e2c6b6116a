package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.testing.Allocation;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class LeafEvaluatorsTest {
    /** A corridor of cells 0 to 6: action 1 goes right, action 0 left; each step costs 1, both ends end it, and the right end pays 10. */
    private static final class Corridor implements WorldModel {
        private final ModelSpec spec = ModelSpec.discrete(1, 2);

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
            out.next().resize(columns);
            for (int k = 0; k < columns; k++) {
                float cell = state.values()[k] + (actions[k] == 1 ? 1 : -1);
                out.next().values()[k] = cell;
                out.reward()[k] = cell >= 6 ? 10 : -1;
                out.discount()[k] = cell <= 0 || cell >= 6 ? 0 : 1;
            }
        }

        @Override
        public WorldModel fork() {
            return this;
        }
    }

    private final Corridor corridor = new Corridor();

    private Plan plan(SearchRecipe recipe) {
        var search = new TreeSearch(corridor, recipe, SearchExecution.rows(1));
        return search.plan(new PlanRequest(corridor, 1).observe(corridor, new float[] {3}).keys(2, 0), Budget.UNLIMITED).copy();
    }

    private static SearchRecipe uct() {
        return SearchRecipes.muzero().named("uct").withNoise(null).withSimulations(200)
                .withRoot(new Ucb1(10, FixedRange.IDENTITY, FirstPlay.INFINITE))
                .withInterior(new Ucb1(10, FixedRange.IDENTITY, FirstPlay.INFINITE));
    }

    @Test
    void rolloutsFindTheWayAndAreCharged() {
        var leaf = new RolloutLeaf(corridor, 20, 2, null);

        Plan plan = plan(uct().withLeaf(leaf));

        assertThat(plan.action(0, 0)).isEqualTo(1);
        assertThat(plan.sequence()[0]).isEqualTo(1);
        assertThat(plan.diagnostics().modelSteps()).isLessThanOrEqualTo(200L * 41 + 40).isGreaterThan(200L);
        var search = new TreeSearch(corridor, uct().withLeaf(leaf), SearchExecution.rows(1));
        var request = new PlanRequest(corridor, 1).observe(corridor, new float[] {3});
        // The rollouts of the root count as well.
        search.plan(request, Budget.modelSteps(450));
        assertThat(search.result().simulations()[0]).isEqualTo(10);
    }

    @Test
    void aRandomRolloutIsWorthWhatTheRandomWalkIs() {
        // From cell 3 the walk ends after 9 steps on average, half of the time on the right: -9 + (1 + 10) / 2.
        var leaf = new RolloutLeaf(corridor, 400, 4000, null);
        var search = new TreeSearch(corridor, uct().withSimulations(1).withLeaf(leaf), SearchExecution.rows(1));
        search.plan(new PlanRequest(corridor, 1).observe(corridor, new float[] {3}).keys(3, 0), Budget.UNLIMITED);

        assertThat((double) search.result().tree().rawValue(0, 0)).isCloseTo(-3.5, within(0.4));
    }

    @Test
    void aStaticValueLeadsTheSearch() {
        var leaf = new StaticLeaf((state, out) -> {
            for (int k = 0; k < state.columns(); k++) out[k] = 2 * state.values()[k];
        });

        assertThat(plan(uct().withSimulations(20).withLeaf(leaf)).action(0, 0)).isEqualTo(1);
    }

    @Test
    void aShortPlanOfAnotherPlannerValuesTheLeaves() {
        // A continuous twin of the search's state: x' = x + u, cost x^2; CEM brings it to 0 in a few steps.
        LambdaModel twin = LambdaModel.of(1, 1, (x, u, next) -> {
            next[0] = x[0] + u[0];
            return -next[0] * next[0];
        });
        var problem = Problem.of(twin, new float[] {-1}, new float[] {1});
        var parameters = CemParameters.DEFAULT.withHorizon(4).withCandidates(40, 5).withIterations(3);
        var leaf = new ShortPlanLeaf(() -> Cem.planner(problem, parameters, Execution.rows(1)), twin, Budget.modelSteps(600));

        Plan plan = plan(uct().withSimulations(12).withLeaf(leaf));

        // Going left brings x nearer to 0, which is all that CEM's return knows of.
        assertThat(plan.action(0, 0)).isZero();
        assertThat(plan.diagnostics().modelSteps()).isGreaterThan(9 * 600);
    }

    @Test
    void rolloutsAllocateNothingOnceWarm() {
        var search = new TreeSearch(corridor, uct().withLeaf(new RolloutLeaf(corridor, 10, 1, null)), SearchExecution.rows(3));
        var request = new PlanRequest(corridor, 3).observe(corridor, new float[] {2, 3, 4});

        assertThat(Allocation.onceWarm(() -> search.plan(request, Budget.UNLIMITED))).isZero();
    }

    @Test
    void largeCostsDoNotOverflow() {
        assertThat(new RolloutLeaf(corridor, 1 << 20, 1 << 20, null).modelStepsPerColumn()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void endsAreNotRolledOut() {
        var leaf = new RolloutLeaf(corridor, 400, 4000, null);
        var states = new ModelState(corridor.spec(), 2).resize(2);
        states.values()[0] = 2;
        states.values()[1] = 3;
        var nodes = new NodeBuffer(2, 1, 2).resize(2);
        nodes.kind()[0] = NodeKind.TERMINAL;
        nodes.value()[0] = 7;
        nodes.kind()[1] = NodeKind.DECISION;
        var keys = new ColumnKeys(2).resize(2);
        keys.set(0, 1, 1, 0);
        keys.set(1, 2, 2, 0);

        leaf.evaluate(states, keys, nodes);

        assertThat(nodes.value()[0]).isZero();
        assertThat((double) nodes.value()[1]).isCloseTo(-3.5, within(0.4));
    }

    /** A planner that counts what is asked of it. */
    private static final class Counting implements Planner {
        private int plans;
        private int closed;

        @Override
        public Plan plan(PlanRequest request, Budget budget) {
            plans++;
            return new Plan(1, 1, 1);
        }

        @Override
        public void reset(int... rows) {}

        @Override
        public void resetAll() {}

        @Override
        public void cancel() {}

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @Test
    void shortPlansAreNotMadeAtEndsAndTheirPlannersAreClosed() {
        var made = new ArrayList<Counting>();
        var leaf = new ShortPlanLeaf(() -> {
            made.add(new Counting());
            return made.get(made.size() - 1);
        }, corridor, Budget.modelSteps(10));
        var nodes = new NodeBuffer(2, 1, 2).resize(2);
        nodes.kind()[0] = NodeKind.TERMINAL;
        nodes.kind()[1] = NodeKind.DECISION;
        leaf.evaluate(new ModelState(corridor.spec(), 2).resize(2), new ColumnKeys(2).resize(2), nodes);
        assertThat(made.get(0).plans).isEqualTo(1);

        new TreeSearch(corridor, uct().withLeaf(leaf), SearchExecution.rows(1)).close();
        assertThat(made.get(0).closed).isZero();
        assertThat(made.get(1).closed).isEqualTo(1);
        leaf.close();
        assertThat(made.get(0).closed).isEqualTo(1);
    }

    @Test
    void shortPlansKnowOnePlayer() {
        var two = new HashModel(new HashModel.Options(3, 0, 2, 0, 0, 0, 0, 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShortPlanLeaf(Counting::new, two, Budget.modelSteps(10))).withMessageContaining("players");
    }
}
