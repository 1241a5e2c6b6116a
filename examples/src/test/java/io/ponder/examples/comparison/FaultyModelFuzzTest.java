package io.ponder.examples.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.model.ModelState;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Constraint;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Execution;
import io.ponder.planners.constrained.ConstrainedPlanner;
import io.ponder.planners.constrained.ConstraintParameters;
import io.ponder.worldmodels.exact.ExactTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every planner on a model that is faulty in one step of four: nothing leaves {@code plan}, and every action is allowed. */
final class FaultyModelFuzzTest {
    private static final int ROWS = 2;
    private static final float LOW = -0.3f;
    private static final float HIGH = 0.7f;
    private static final PlannerSizes SIZES = new PlannerSizes(3, 3, 20, 1);
    private static final List<String> INSIDE_CONSTRAINTS = List.of("cem", "ilqr", "tube-mppi");
    private static final String CONSTRAINED = "constrained-";
    private static final int A_FEW = 5_000;
    private static final int MANY = 1_000_000;

    /** Plans with all planners in turn; returns how many blocks of rollouts the models threw in. */
    private static long fuzz(int plans) {
        long failures = 0;
        long nonFinite = 0;
        long overruns = 0;
        List<String> names = new ArrayList<>(PlannerRecipes.names());
        INSIDE_CONSTRAINTS.forEach(inside -> names.add(CONSTRAINED + inside));
        List<String> silent = new ArrayList<>(names);
        for (String name : names) {
            boolean continuous = name.startsWith(CONSTRAINED) || PlannerRecipes.fits(name, "double-integrator");
            ExactTask task = Tasks.find(continuous ? "double-integrator" : "CartPole-v1").exact();
            long[] now = new long[1];
            var model = new FaultyModel(task.model(), 17, now);
            Problem problem = continuous ? Problem.of(model, new float[] {LOW}, new float[] {HIGH}) : Problem.discrete(model);
            var request = new PlanRequest(model, ROWS);
            float[] start = new float[task.observationSize() * ROWS];
            for (int i = 0; i < start.length; i++) start[i] = 0.05f * i - 0.1f;
            try (Planner planner = create(name, problem, Execution.rows(ROWS).withClock(() -> now[0]))) {
                for (int i = 0; i < plans / names.size(); i++) {
                    request.observe(model, start).keys(3, i);
                    if (i % 13 == 0) planner.reset(i % ROWS);
                    if (i % 101 == 0) planner.cancel();
                    Plan plan = planner.plan(request, budget(i));
                    for (float action : plan.actions()) requireAllowed(name, continuous, action, task.actionCount(), i);
                    failures += plan.diagnostics().modelFailures();
                    if (plan.diagnostics().modelFailures() > 0) silent.remove(name);
                    nonFinite += plan.diagnostics().nonFiniteRollouts();
                    if (plan.diagnostics().overrunNanos() > 0) overruns++;
                }
            }
        }
        assertThat(silent).as("planners whose model never threw").isEmpty();
        assertThat(nonFinite).isGreaterThan(plans / 2);
        assertThat(overruns).isGreaterThan(plans / 100);
        return failures;
    }

    private static Planner create(String name, Problem problem, Execution execution) {
        if (!name.startsWith(CONSTRAINED)) return PlannerRecipes.create(name, problem, SIZES, execution);
        String inside = name.substring(CONSTRAINED.length());
        return new ConstrainedPlanner(
                problem.withRateLimits(0.2f).withConstraints(new FaultyConstraint()), ConstraintParameters.DEFAULT.withHorizon(SIZES.horizon()).withRounds(3),
                ROWS, execution.clock(), inner -> PlannerRecipes.create(inside, inner, SIZES, execution));
    }

    /** Keeps the position below 0, and now and then throws or is no number. */
    private static final class FaultyConstraint implements Constraint {
        private int calls;

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void evaluate(ModelState reached, float[] actions, float[] out) {
            calls++;
            if (calls % 23 == 0) throw new IllegalStateException("no constraint");
            System.arraycopy(reached.values(), 0, out, 0, reached.columns());
            if (calls % 17 == 0) out[0] = Float.NaN;
        }

        @Override
        public boolean differentiable() {
            return true;
        }

        @Override
        public void backward(ModelState reached, float[] actions, float[] cotangent, float[] stateCotangent, float[] actionCotangent) {
            for (int k = 0; k < reached.columns(); k++) stateCotangent[k] += cotangent[k];
            if (++calls % 29 == 0) throw new ArithmeticException("no gradient");
        }
    }

    private static Budget budget(int call) {
        return switch (call % 4) {
            case 0 -> Budget.UNLIMITED;
            case 1 -> Budget.wallClock(Duration.ofMillis(1));
            case 2 -> Budget.modelSteps(1 + call % 700);
            default -> Budget.iterations(1 + call % 3).withWallClock(Duration.ofNanos(1 + call % 3_000_000));
        };
    }

    private static void requireAllowed(String planner, boolean continuous, float action, int actions, int call) {
        boolean allowed = continuous ? action >= LOW && action <= HIGH : action >= 0 && action < actions && action == (int) action;
        if (!allowed) throw new AssertionError(planner + " answers call " + call + " with " + action);
    }

    @Test
    void nothingLeavesAPlannerAndEveryActionIsAllowed() {
        assertThat(fuzz(A_FEW)).isGreaterThan(A_FEW / 10);
    }

    /** The same, a million times: minutes. */
    @Test
    @Tag("evidence")
    void nothingLeavesAPlannerInAMillionPlans() {
        assertThat(fuzz(MANY)).isGreaterThan(MANY / 10);
    }
}
