package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.StopReason;
import io.ponder.planners.constrained.ConstrainedPlanner;
import io.ponder.planners.constrained.ConstraintParameters;
import io.ponder.planners.hybrid.RefinedPlanner;
import io.ponder.planners.hybrid.TubePlanner;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A cancellation that comes when a planner inside another has just answered, before the outer one knows, ends that call and no later one. */
class LateCancelTest {
    private static final int HORIZON = 10;
    private static final int ITERATIONS = 4;

    private final Problem problem = Problem.of(new TestModels.DoubleIntegrator(), new float[] {-1}, new float[] {1});

    /** CEM, after whose answer something happens. */
    private static final class Late implements Planner {
        private final Planner cem;
        private Runnable afterwards = () -> {};
        private StopReason last = StopReason.COMPLETED;

        Late(Problem problem) {
            cem = Cem.planner(problem, CemParameters.DEFAULT.withHorizon(HORIZON).withIterations(ITERATIONS).withCandidates(40, 8), Execution.rows(1));
        }

        @Override
        public Plan plan(PlanRequest request, Budget budget) {
            Plan plan = cem.plan(request, budget);
            last = plan.diagnostics().stopReason();
            afterwards.run();
            return plan;
        }

        @Override
        public void reset(int... rows) {
            cem.reset(rows);
        }

        @Override
        public void resetAll() {
            cem.resetAll();
        }

        @Override
        public void cancel() {
            cem.cancel();
        }

        @Override
        public String name() {
            return "late";
        }

        @Override
        public void close() {
            cem.close();
        }
    }

    private void check(Late[] inside, Function<Late, Planner> make) {
        try (Planner outer = make.apply(new Late(problem))) {
            Late late = inside[0];
            var request = new PlanRequest(problem.model(), 1).observe(problem.model(), new float[] {1, 0});
            boolean[] asked = {false};
            late.afterwards = () -> {
                if (!asked[0]) outer.cancel();
                asked[0] = true;
            };
            outer.plan(request, Budget.UNLIMITED);
            assertThat(asked[0]).isTrue();
            assertThat(late.last).isEqualTo(StopReason.COMPLETED);

            outer.plan(request.keys(1, 1), Budget.UNLIMITED);
            assertThat(late.last).as(outer.name()).isEqualTo(StopReason.COMPLETED);

            // What comes while the planner inside runs reaches it.
            late.afterwards = () -> {};
            outer.cancel();
            Plan plan = outer.plan(request.keys(1, 2), Budget.UNLIMITED);
            assertThat(late.last).isEqualTo(StopReason.CANCELLED);
            assertThat(plan.diagnostics().stopReason()).isEqualTo(StopReason.CANCELLED);
        }
    }

    @Test
    void refined() {
        Late[] inside = new Late[1];
        check(inside, late -> {
            inside[0] = late;
            return RefinedPlanner.polished(problem, late, IterativeLqrParameters.DEFAULT.withHorizon(HORIZON), Execution.rows(1));
        });
    }

    @Test
    void tube() {
        Late[] inside = new Late[1];
        check(inside, late -> {
            inside[0] = late;
            return new TubePlanner(problem, late, IterativeLqrParameters.DEFAULT.withHorizon(HORIZON), 1, Clock.SYSTEM);
        });
    }

    @Test
    void constrained() {
        Late[] inside = new Late[1];
        check(inside, unused -> new ConstrainedPlanner(
                problem.withRateLimits(0.5f), ConstraintParameters.DEFAULT.withHorizon(HORIZON).withRounds(2), 1, Clock.SYSTEM, inner -> {
            inside[0] = new Late(inner);
            return inside[0];
        }));
    }
}
