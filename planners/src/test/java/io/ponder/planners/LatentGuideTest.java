package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ActionSampler;
import io.ponder.engine.model.ActionSamples;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.CpuRolloutExecutor;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.testing.Allocation;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Planning around the policy and the value that a model has of its own states. */
class LatentGuideTest {
    private static final float[] LOW = {-1};
    private static final float[] HIGH = {1};
    private static final CemParameters SHORT = CemParameters.DEFAULT.withHorizon(3).withIterations(2).withCandidates(20, 4);

    /** A double integrator that knows what a good controller does, and roughly what it earns. */
    private static final class Knowing extends TestModels.DoubleIntegrator implements LatentHeads, ActionSampler {
        @Override
        public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
            int n = states.columns();
            out.resize(n);
            float[] x = states.values();
            for (int k = 0; k < n; k++) {
                float position = x[k];
                float speed = x[n + k];
                // The solution of the Riccati equation of this system, rounded.
                out.value()[k] = -(6.1f * position * position + 4.9f * position * speed + 1.9f * speed * speed);
            }
        }

        @Override
        public void expand(ModelState parents, byte[] kinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
            step(parents, actions, keys, step);
            evaluate(step.next(), keys, out);
        }

        @Override
        public void sample(ModelState states, int count, ColumnKeys keys, ActionSamples out) {
            int n = states.columns();
            out.resize(count, n);
            for (int k = 0; k < n; k++) out.actions()[k] = Math.max(-1, Math.min(1, -7.6f * states.values()[k] - 4.6f * states.values()[n + k]));
        }

        @Override
        public WorldModel fork() {
            return new Knowing();
        }
    }

    private static double earned(Problem problem, SearchDistribution distribution) {
        try (var planner = new SamplingPlanner(problem, distribution, Execution.rows(1))) {
            float[] state = {1, 0};
            double sum = 0;
            for (int t = 0; t < 60; t++) {
                var request = new PlanRequest(problem.model(), 1).observe(problem.model(), state).keys(4, t);
                request.elapsedSteps()[0] = t == 0 ? 0 : 1;
                float u = planner.plan(request, Budget.UNLIMITED).actions()[0];
                sum -= state[0] * state[0] + 0.1 * state[1] * state[1] + 0.01 * u * u;
                state = new float[] {state[0] + 0.1f * state[1] + 0.005f * u, state[1] + 0.1f * u};
            }
            return sum;
        }
    }

    @Test
    void aShortHorizonIsEnoughWithTheModelsOwnPolicyAndValue() {
        var model = new Knowing();
        Problem plain = Problem.of(model, LOW, HIGH);
        Problem guided = LatentGuide.guided(plain);
        double alone = earned(plain, new Cem(SHORT, plain, 1));
        double led = earned(guided, new PolicyCandidates(new Cem(SHORT, guided, 1), 0.2, guided, 1));

        // The controller itself earns about -9.2 from here; looking three steps ahead costs 1.5.
        assertThat(led).isGreaterThan(-9.5);
        assertThat(alone).isLessThan(led - 1);
    }

    @Test
    void theValueIsAddedBehindTheHorizonOnAnyNumberOfThreads() {
        Problem guided = LatentGuide.guided(Problem.of(new Knowing(), LOW, HIGH));
        var request = new PlanRequest(guided.model(), 1).observe(guided.model(), new float[] {1, 0});
        CemParameters many = SHORT.withCandidates(2000, 20);
        var pool = new ForkJoinPool(3);
        try (var one = Cem.planner(guided, many, Execution.rows(1));
                var four = Cem.planner(guided, many, Execution.rows(1).on(new CpuRolloutExecutor(new Knowing(), pool, 4)))) {
            Plan plan = one.plan(request, Budget.UNLIMITED);
            double position = 1;
            double speed = 0;
            double sum = 0;
            for (float u : plan.sequence()) {
                sum -= position * position + 0.1 * speed * speed + 0.01 * u * u;
                position += 0.1 * speed + 0.005 * u;
                speed += 0.1 * u;
            }
            sum -= 6.1 * position * position + 4.9 * position * speed + 1.9 * speed * speed;
            assertThat((double) plan.predictedReturn()[0]).isCloseTo(sum, within(1e-4));
            assertThat(four.plan(request, Budget.UNLIMITED).sequence()).containsExactly(plan.sequence());
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void nothingIsAllocatedOnceWarm() {
        Problem guided = LatentGuide.guided(Problem.of(new Knowing(), LOW, HIGH));
        var request = new PlanRequest(guided.model(), 1).observe(guided.model(), new float[] {1, 0});
        try (var planner = new SamplingPlanner(guided, new PolicyCandidates(new Cem(SHORT, guided, 1), 0.2, guided, 1), Execution.rows(1))) {
            assertThat(Allocation.onceWarm(() -> planner.plan(request, Budget.UNLIMITED))).isZero();
        }
    }

    @Test
    void aModelWithoutThemIsRefused() {
        var model = new TestModels.DoubleIntegrator();
        assertThatThrownBy(() -> LatentGuide.value(model)).hasMessageContaining("no LatentHeads").hasMessageContaining("\nMaybe ");
        assertThatThrownBy(() -> LatentGuide.policy(model)).hasMessageContaining("no ActionSampler").hasMessageContaining("\nMaybe ");
    }
}
