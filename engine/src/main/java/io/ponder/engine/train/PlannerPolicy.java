package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanDiagnostics;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;

/**
 * Acts by planning afresh in every step (model-predictive control), or in every n-th step, where an action is held for n. Decision t of an
 * episode draws from the keys {@link PlanRequest#keys(long, long)} of the episode's seed and t.
 *
 * <p>Not thread-safe. Allocates nothing per decision beyond what the planner does.
 */
public final class PlannerPolicy implements Policy {
    private final Planner planner;
    private final WorldModel model;
    private final Budget budget;
    private final PlanRequest request;
    private final int actionRepeat;
    private final float[] held;
    private long seed;
    private long decision;
    private int stepsToHold;
    private boolean decided;
    private Plan plan;

    /**
     * Creates a policy that plans in every step.
     *
     * @param planner built for one row
     * @param model   the model that the planner plans with; turns observations into root states
     * @param budget  of every decision
     * @param explore whether the planner may explore
     */
    public PlannerPolicy(Planner planner, WorldModel model, Budget budget, boolean explore) {
        this(planner, model, budget, explore, 1);
    }

    /**
     * Creates a policy that plans in every {@code actionRepeat}-th step and holds the action in between, as a planner assumes whose model
     * holds every action. A planner that keeps its plan is told that so many steps have passed.
     *
     * @param actionRepeat environment steps for which an action is held, at least 1
     */
    public PlannerPolicy(Planner planner, WorldModel model, Budget budget, boolean explore, int actionRepeat) {
        this.planner = planner;
        this.model = model;
        this.budget = budget;
        this.actionRepeat = Checks.positive("actionRepeat", actionRepeat);
        request = new PlanRequest(model, 1).explore(explore);
        request.elapsedSteps()[0] = actionRepeat;
        held = new float[model.spec().actionSize()];
        plan = new Plan(1, 1, model.spec().actionSize());
    }

    @Override
    public void beginEpisode(long newSeed) {
        seed = newSeed;
        decision = 0;
        stepsToHold = 0;
        planner.resetAll();
    }

    @Override
    public void act(float[] observation, float[] action) {
        decided = stepsToHold == 0;
        if (decided) {
            request.observe(model, observation).keys(seed, decision++);
            plan = planner.plan(request, budget);
            Checks.same("rows of the plan", plan.rows(), "rows of the request", 1);
            plan.readAction(0, held);
            stepsToHold = actionRepeat;
        }
        stepsToHold--;
        System.arraycopy(held, 0, action, 0, held.length);
    }

    /** Tells whether the last action was planned, and not held from an earlier plan. */
    public boolean decided() {
        return decided;
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
