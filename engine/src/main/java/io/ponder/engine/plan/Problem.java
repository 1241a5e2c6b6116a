package io.ponder.engine.plan;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.Policy;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * States what to plan for: a model chain (its reward and termination included), the bounds of a continuous action or the number of
 * discrete ones and, optionally, the value of the state at the end of the horizon, the action to start from, limits of how fast actions
 * change, constraints of states and actions, and a policy to seed plans with. Immutable but for the model's scratch memory.
 */
public final class Problem {
    private final WorldModel model;
    private final float[] actionLow;
    private final float[] actionHigh;
    private final float[] restAction;
    private final @Nullable ValueFunction terminalValue;
    private final float @Nullable [] rateLimits;
    private final List<Constraint> constraints;
    private final @Nullable Policy policy;

    private Problem(
            WorldModel model,
            float[] actionLow,
            float[] actionHigh,
            float[] restAction,
            @Nullable ValueFunction terminalValue,
            float @Nullable [] rateLimits,
            List<Constraint> constraints,
            @Nullable Policy policy) {
        this.model = model;
        this.actionLow = actionLow;
        this.actionHigh = actionHigh;
        this.restAction = restAction;
        this.terminalValue = terminalValue;
        this.rateLimits = rateLimits;
        this.constraints = constraints;
        this.policy = policy;
    }

    /**
     * Returns a problem whose action a lies in {@code [low[a], high[a]]}.
     *
     * @throws IllegalArgumentException if a bound is missing, not finite or not below its partner, or the model's actions are discrete
     */
    public static Problem of(WorldModel model, float[] low, float[] high) {
        ModelSpec spec = model.spec();
        if (spec.actionCount() > 0) {
            throw new IllegalArgumentException("The model has " + spec.actionCount()
                    + " discrete actions, but bounds are those of continuous ones.\nMaybe use Problem.discrete.");
        }
        Checks.same("length of low", low.length, "actionSize", spec.actionSize());
        Checks.same("length of high", high.length, "actionSize", spec.actionSize());
        float[] middle = new float[low.length];
        for (int a = 0; a < low.length; a++) {
            if (!(low[a] < high[a]) || Float.isInfinite(low[a]) || Float.isInfinite(high[a])) {
                throw new IllegalArgumentException("The bounds of action " + a + " are " + low[a] + " and " + high[a]
                        + ", but they must be finite and the lower one below the upper one.");
            }
            middle[a] = 0.5f * low[a] + 0.5f * high[a];
        }
        return new Problem(model, low.clone(), high.clone(), middle, null, null, List.of(), null);
    }

    /**
     * Returns a problem whose action is one of the model's discrete actions, an entry that holds its index. Action 0 is the rest action.
     *
     * @throws IllegalArgumentException if the model's actions are continuous
     */
    public static Problem discrete(WorldModel model) {
        int count = model.spec().actionCount();
        if (count == 0) {
            throw new IllegalArgumentException(
                    "The model has continuous actions, but discrete ones are needed.\nMaybe use Problem.of with their bounds.");
        }
        return new Problem(model, new float[1], new float[] {count - 1}, new float[1], null, null, List.of(), null);
    }

    /** Returns this problem with another value at the end of the horizon; null for none. */
    public Problem withTerminalValue(@Nullable ValueFunction newTerminalValue) {
        return new Problem(model, actionLow, actionHigh, restAction, newTerminalValue, rateLimits, constraints, policy);
    }

    /**
     * Returns this problem with another action to start from: what a plan is made of before anything is known, and what is appended
     * where a plan is shifted in time. The middle of the bounds by default, action 0 where actions are discrete.
     *
     * @throws IllegalArgumentException if an entry is missing or outside its bounds, or is no index of a discrete action
     */
    public Problem withRestAction(float... newRestAction) {
        Checks.same("length of restAction", newRestAction.length, "actionSize", actionLow.length);
        for (int a = 0; a < newRestAction.length; a++) {
            Checks.inRange("restAction[" + a + "]", newRestAction[a], actionLow[a], actionHigh[a]);
            if (actionCount() > 0 && newRestAction[a] != (int) newRestAction[a]) {
                throw new IllegalArgumentException("restAction is " + newRestAction[a] + ", but it must be the index of an action, from 0 to "
                        + (actionCount() - 1) + ".");
            }
        }
        return new Problem(model, actionLow, actionHigh, newRestAction.clone(), terminalValue, rateLimits, constraints, policy);
    }

    /** Returns this problem with another model of the same shape. */
    public Problem withModel(WorldModel newModel) {
        Checks.same("actionCount of the new model", newModel.spec().actionCount(), "that of the old one", actionCount());
        Problem made = actionCount() > 0 ? discrete(newModel) : of(newModel, actionLow, actionHigh);
        return new Problem(newModel, made.actionLow, made.actionHigh, restAction, terminalValue, rateLimits, constraints, policy);
    }

    /**
     * Returns this problem with limits of how much an action entry may change from one step to the next, or without; also from the action
     * executed last to the first of a plan. Planners that do not know of it refuse the problem; wrap them in a {@code ConstrainedPlanner}.
     *
     * @param perStep one positive limit an entry, infinite for none; empty for no limits
     * @throws IllegalArgumentException if actions are discrete, or a limit is missing or not positive
     */
    public Problem withRateLimits(float... perStep) {
        if (perStep.length == 0) return new Problem(model, actionLow, actionHigh, restAction, terminalValue, null, constraints, policy);
        if (actionCount() > 0) {
            throw new IllegalArgumentException("The problem has " + actionCount() + " discrete actions, but only continuous ones have rates.");
        }
        Checks.same("length of perStep", perStep.length, "actionSize", actionLow.length);
        for (int a = 0; a < perStep.length; a++) {
            if (!(perStep[a] > 0)) throw new IllegalArgumentException("perStep[" + a + "] is " + perStep[a] + ", but it must be greater than 0.");
        }
        return new Problem(model, actionLow, actionHigh, restAction, terminalValue, perStep.clone(), constraints, policy);
    }

    /**
     * Returns this problem with other constraints of states and actions; none for no constraints. Planners that do not know of them refuse
     * the problem; wrap them in a {@code ConstrainedPlanner}.
     */
    public Problem withConstraints(Constraint... newConstraints) {
        return new Problem(model, actionLow, actionHigh, restAction, terminalValue, rateLimits, List.of(newConstraints), policy);
    }

    /** Returns this problem without rate limits and constraints. */
    public Problem withoutConstraints() {
        return new Problem(model, actionLow, actionHigh, restAction, terminalValue, null, List.of(), policy);
    }

    /** Returns this problem with another policy, whose plans seed those of planners that know how; null for none. */
    public Problem withPolicy(@Nullable Policy newPolicy) {
        return new Problem(model, actionLow, actionHigh, restAction, terminalValue, rateLimits, constraints, newPolicy);
    }

    /** Returns the policy, or null for none. */
    public @Nullable Policy policy() {
        return policy;
    }

    /** Tells whether there are rate limits or constraints. */
    public boolean constrained() {
        return rateLimits != null || !constraints.isEmpty();
    }

    /**
     * Refuses rate limits and constraints on behalf of a planner that does not know of them.
     *
     * @throws IllegalArgumentException if there are any
     */
    public void requireUnconstrained(String planner) {
        if (!constrained()) return;
        throw new IllegalArgumentException("The problem has " + (rateLimits != null ? "rate limits" : constraints.size() + " constraints")
                + ", but " + planner + " knows only bounds.\nMaybe wrap it in a ConstrainedPlanner.");
    }

    /** Returns how much entry {@code a} of an action may change from one step to the next; infinite without a limit. */
    public float rateLimit(int a) {
        return rateLimits == null ? Float.POSITIVE_INFINITY : rateLimits[a];
    }

    /** Tells whether any action entry has a rate limit. */
    public boolean rateLimited() {
        return rateLimits != null;
    }

    /** Returns the constraints of states and actions. */
    public List<Constraint> constraints() {
        return constraints;
    }

    /** Returns the model. */
    public WorldModel model() {
        return model;
    }

    /** Returns the number of entries A of an action. */
    public int actionSize() {
        return actionLow.length;
    }

    /** Returns the number of discrete actions, 0 where actions are continuous. */
    public int actionCount() {
        return model.spec().actionCount();
    }

    /** Returns the lowest value of entry {@code a} of an action; 0 where actions are discrete. */
    public float actionLow(int a) {
        return actionLow[a];
    }

    /** Returns the highest value of entry {@code a} of an action; the last index where actions are discrete. */
    public float actionHigh(int a) {
        return actionHigh[a];
    }

    /** Returns entry {@code a} of the action that a plan starts from. */
    public float restAction(int a) {
        return restAction[a];
    }

    /** Returns the value of the state at the end of the horizon, or null for none. */
    public @Nullable ValueFunction terminalValue() {
        return terminalValue;
    }
}
