package io.ponder.examples.bench;

import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.examples.comparison.PlannerRecipes;
import io.ponder.examples.comparison.PlannerSizes;
import io.ponder.examples.comparison.Task;
import io.ponder.examples.comparison.Tasks;
import io.ponder.planners.Execution;

/** One of the planners that are compared, on the exact pendulum or, where it plans discrete actions, on the exact cart-pole. */
final class PlannerUnderTest implements AutoCloseable {
    private static final float[] HANGING = {-1, 0, 0.5f};
    private static final float[] UPRIGHT = {0.02f, -0.1f, 0.03f, 0.1f};

    private final Planner planner;
    private final PlanRequest request;
    private long decision;

    PlannerUnderTest(String name, PlannerSizes sizes, int rows) {
        this(name, sizes, rows, Clock.SYSTEM);
    }

    PlannerUnderTest(String name, PlannerSizes sizes, int rows, Clock clock) {
        boolean pendulum = PlannerRecipes.fits(name, "Pendulum-v1");
        Task task = Tasks.find(pendulum ? "Pendulum-v1" : "CartPole-v1");
        WorldModel model = task.exact().model();
        planner = PlannerRecipes.create(name, task.problem(model), sizes, Execution.rows(rows).withClock(clock));
        float[] start = pendulum ? HANGING : UPRIGHT;
        float[] observations = new float[start.length * rows];
        for (int i = 0; i < observations.length; i++) observations[i] = start[i / rows];
        request = new PlanRequest(model, rows).observe(model, observations);
    }

    /** Plans the next decision. */
    Plan plan(Budget budget) {
        return planner.plan(request.keys(0, decision++), budget);
    }

    @Override
    public void close() {
        planner.close();
    }
}
