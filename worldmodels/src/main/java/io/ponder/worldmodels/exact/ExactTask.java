package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.BatchedTask;
import io.ponder.engine.model.RewardFunction;
import io.ponder.engine.model.TerminationFunction;
import io.ponder.engine.model.WorldModel;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task: its exact model, its bounds, and its reward and termination as functions of the observation, which a learned
 * model can use as well. Found by {@link ExactTasks#find}. Immutable, safe for several threads.
 */
public final class ExactTask {
    private final BatchedTask task;
    private final @Nullable TaskGradient gradient;
    private final RewardFunction reward;
    private final @Nullable TerminationFunction termination;
    private final float[] actionLow;
    private final float[] actionHigh;

    ExactTask(
            BatchedTask task,
            @Nullable TaskGradient gradient,
            RewardFunction reward,
            @Nullable TerminationFunction termination,
            float[] actionLow,
            float[] actionHigh) {
        this.task = task;
        this.gradient = gradient;
        this.reward = reward;
        this.termination = termination;
        this.actionLow = actionLow;
        this.actionHigh = actionHigh;
    }

    /** Returns the name of the environment. */
    public String name() {
        return task.name();
    }

    /** Returns the entries of an observation. */
    public int observationSize() {
        return task.observationSize();
    }

    /** Returns the rows of an action. */
    public int actionSize() {
        return task.actionSize();
    }

    /** Returns the number of discrete actions, 0 where actions are continuous. */
    public int actionCount() {
        return task.actionCount();
    }

    /** Returns a new exact model. */
    public WorldModel model() {
        return new ExactModel(task, gradient);
    }

    /** Returns the reward as a function of observation, action and next observation. */
    public RewardFunction reward() {
        return reward;
    }

    /** Returns the end of episodes as a function of observation, action and next observation, or null where nothing ends them. */
    public @Nullable TerminationFunction termination() {
        return termination;
    }

    /** Returns the lowest action {@code [actionSize]}, a copy; 0 for a discrete action. */
    public float[] actionLow() {
        return actionLow.clone();
    }

    /** Returns the highest action {@code [actionSize]}, a copy; the last index for a discrete action. */
    public float[] actionHigh() {
        return actionHigh.clone();
    }
}
