package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanDiagnostics;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;

/**
 * Acts by planning afresh in every step (model-predictive control). Decision t of an episode draws from the keys
 * {@link PlanRequest#keys(long, long)} of the episode's seed and t.
 *
 * <p>Not thread-safe. Allocates nothing per decision beyond what the planner does.
 */
public final class PlannerPolicy implements Policy {
    private final Planner planner;
    private final WorldModel model;
    private final Budget budget;
    private final PlanRequest request;
    private long seed;
    private long decision;
    private Plan plan;

    /**
     * Creates a policy.
     *
     * @param planner built for one row
     * @param model   the model that the planner plans with; turns observations into root states
     * @param budget  of every decision
     * @param explore whether the planner may explore
     */
    public PlannerPolicy(Planner planner, WorldModel model, Budget budget, boolean explore) {
        this.planner = planner;
        this.model = model;
        this.budget = budget;
        request = new PlanRequest(model, 1).explore(explore);
        plan = new Plan(1, 1, model.spec().actionSize());
    }

    @Override
    public void beginEpisode(long newSeed) {
        seed = newSeed;
        decision = 0;
        planner.resetAll();
    }

    @Override
    public void act(float[] observation, float[] action) {
        request.observe(model, observation).keys(seed, decision++);
        plan = planner.plan(request, budget);
        Checks.same("rows of the plan", plan.rows(), "rows of the request", 1);
        plan.readAction(0, action);
    }

    /** Asks a running plan to end now. Safe from any thread. */
    public void cancel() {
        planner.cancel();
    }

    /** Returns the planner. */
    public Planner planner() {
        return planner;
    }

    /** Returns the horizon of the last plan, 1 before the first. */
    public int horizon() {
        return plan.horizon();
    }

    /** Returns the return that the last plan promised, 0 before the first. */
    public float predictedReturn() {
        return plan.predictedReturn()[0];
    }

    /** Returns what the last plan cost. */
    public PlanDiagnostics diagnostics() {
        return plan.diagnostics();
    }
}
