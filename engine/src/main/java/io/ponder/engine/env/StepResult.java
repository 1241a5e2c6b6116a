package io.ponder.engine.env;

import io.ponder.engine.Checks;

/**
 * Receives what a reset or a step leads to: observation, reward of every player, terminated, truncated.
 *
 * <p>An environment owns one result and answers every call with it; {@link #copy} keeps one. Not thread-safe.
 */
public final class StepResult {
    private final float[] observation;
    private final double[] rewards;
    private boolean terminated;
    private boolean truncated;

    /** Creates the result of a one-player environment. */
    public StepResult(int observationSize) {
        this(observationSize, 1);
    }

    /** Creates the result of an environment with {@code players} players. */
    public StepResult(int observationSize, int players) {
        observation = new float[Checks.positive("observationSize", observationSize)];
        rewards = new double[Checks.positive("players", players)];
    }

    /** Returns the observation {@code [observationSize]} itself. Written by the environment. */
    public float[] observation() {
        return observation;
    }

    /** Returns the reward of the first (or only) player. */
    public double reward() {
        return rewards[0];
    }

    /** Returns the reward of a player. */
    public double reward(int player) {
        return rewards[player];
    }

    /** Returns the rewards {@code [players]} themselves. Written by the environment. */
    public double[] rewards() {
        return rewards;
    }

    /** Tells whether the task itself ended: nothing can be earned after this state. */
    public boolean terminated() {
        return terminated;
    }

    /** Tells whether the episode was cut from outside, such as by a time limit; the state is not an end of the task. */
    public boolean truncated() {
        return truncated;
    }

    /** Tells whether the episode is over, for either reason. */
    public boolean done() {
        return terminated || truncated;
    }

    /** Sets the reward of the first player and whether the task ended, and clears {@link #truncated}. */
    public StepResult set(double reward, boolean nowTerminated) {
        rewards[0] = reward;
        terminated = nowTerminated;
        truncated = false;
        return this;
    }

    /** Marks the episode as cut. */
    public StepResult truncate() {
        truncated = true;
        return this;
    }

    /** Sets all rewards to 0 and clears both marks, as at the start of an episode. */
    public StepResult start() {
        for (int player = 0; player < rewards.length; player++) rewards[player] = 0;
        terminated = false;
        truncated = false;
        return this;
    }

    /** Returns a copy that later steps do not change. Allocates. */
    public StepResult copy() {
        StepResult copy = new StepResult(observation.length, rewards.length);
        System.arraycopy(observation, 0, copy.observation, 0, observation.length);
        System.arraycopy(rewards, 0, copy.rewards, 0, rewards.length);
        copy.terminated = terminated;
        copy.truncated = truncated;
        return copy;
    }
}
