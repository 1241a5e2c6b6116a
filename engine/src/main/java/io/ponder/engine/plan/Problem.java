package io.ponder.engine.plan;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import org.jspecify.annotations.Nullable;

/**
 * States what to plan for: a model chain (its reward and termination included), the bounds of a continuous action and, optionally, the
 * value of the state at the end of the horizon. Immutable but for the model's scratch memory.
 */
public final class Problem {
    private final WorldModel model;
    private final float[] actionLow;
    private final float[] actionHigh;
    private final @Nullable ValueFunction terminalValue;

    private Problem(WorldModel model, float[] actionLow, float[] actionHigh, @Nullable ValueFunction terminalValue) {
        this.model = model;
        this.actionLow = actionLow;
        this.actionHigh = actionHigh;
        this.terminalValue = terminalValue;
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
                    + " discrete actions, but a trajectory planner needs continuous ones.\nMaybe use a tree search.");
        }
        Checks.same("length of low", low.length, "actionSize", spec.actionSize());
        Checks.same("length of high", high.length, "actionSize", spec.actionSize());
        for (int a = 0; a < low.length; a++) {
            if (!(low[a] < high[a]) || Float.isInfinite(low[a]) || Float.isInfinite(high[a])) {
                throw new IllegalArgumentException("The bounds of action " + a + " are " + low[a] + " and " + high[a]
                        + ", but they must be finite and the lower one below the upper one.");
            }
        }
        return new Problem(model, low.clone(), high.clone(), null);
    }

    /** Returns this problem with another value at the end of the horizon; null for none. */
    public Problem withTerminalValue(@Nullable ValueFunction newTerminalValue) {
        return new Problem(model, actionLow, actionHigh, newTerminalValue);
    }

    /** Returns this problem with another model of the same shape. */
    public Problem withModel(WorldModel newModel) {
        return of(newModel, actionLow, actionHigh).withTerminalValue(terminalValue);
    }

    /** Returns the model. */
    public WorldModel model() {
        return model;
    }

    /** Returns the number of entries A of an action. */
    public int actionSize() {
        return actionLow.length;
    }

    /** Returns the lowest value of entry {@code a} of an action. */
    public float actionLow(int a) {
        return actionLow[a];
    }

    /** Returns the highest value of entry {@code a} of an action. */
    public float actionHigh(int a) {
        return actionHigh[a];
    }

    /** Returns the value of the state at the end of the horizon, or null for none. */
    public @Nullable ValueFunction terminalValue() {
        return terminalValue;
    }
}
