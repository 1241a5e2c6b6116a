package io.ponder.engine.train.selfplay;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Records an episode of searched decisions: for each step what was seen, who moved, what the search found, what was done and earned.
 *
 * <p>Arrays are step-major: entry d of the observation of step t at {@code t * O + d}. An episode grows while it is played; it is complete
 * when it terminated, or when it was cut and its last observation was searched too. Policies and root values may be overwritten later by
 * a fresh search. Grows by half when full; not thread-safe.
 */
public final class PlayedEpisode {
    private static final int FIRST_ALLOCATION = 64;

    private final StepShape shape;
    private final long id;
    private float[] observations;
    private float[] actions;
    private float[] rewards;
    private float[] policies;
    private float[] sampledActions;
    private float[] rootValues;
    private byte[] movers;
    private boolean[] illegal;
    private int length;
    private boolean terminated;
    private boolean truncated;
    private double episodeReturn;
    /** Positions that the replay has taken. */
    int taken;

    /** Creates an empty episode. */
    public PlayedEpisode(StepShape shape, long id) {
        this(shape, id, FIRST_ALLOCATION);
    }

    private PlayedEpisode(StepShape shape, long id, int room) {
        this.shape = shape;
        this.id = id;
        observations = new float[room * shape.observationSize()];
        actions = new float[room * shape.actionSize()];
        rewards = new float[room];
        policies = new float[room * shape.edges()];
        sampledActions = new float[shape.sampled() ? room * shape.edges() * shape.actionSize() : 0];
        rootValues = new float[room];
        movers = new byte[room];
        illegal = new boolean[room * shape.maskSize()];
    }

    /** Returns an episode that comes back from a file; its arrays are still to be filled. */
    static PlayedEpisode restored(
            StepShape shape, long id, int length, boolean terminated, boolean truncated, double episodeReturn, int taken) {
        var episode = new PlayedEpisode(shape, id, terminated || truncated ? length + 1 : Math.max(FIRST_ALLOCATION, length + 2));
        episode.length = length;
        episode.terminated = terminated;
        episode.truncated = truncated;
        episode.episodeReturn = episodeReturn;
        episode.taken = taken;
        return episode;
    }

    /** Returns the positions that were seen: the last observation of an episode that terminated was not. */
    int seen() {
        return terminated ? length : length + 1;
    }

    /** Returns the sizes of a step. */
    public StepShape shape() {
        return shape;
    }

    /** Returns the number of the episode in its run. */
    public long id() {
        return id;
    }

    /** Returns the steps made so far. */
    public int length() {
        return length;
    }

    /** Tells whether the episode ended in a state without future. */
    public boolean terminated() {
        return terminated;
    }

    /** Tells whether the episode was cut; the root value of its last observation is known then. */
    public boolean truncated() {
        return truncated;
    }

    /** Tells whether nothing more will be added. */
    public boolean complete() {
        return terminated || truncated;
    }

    /** Returns the sum of the rewards of player 0. */
    public double episodeReturn() {
        return episodeReturn;
    }

    /** Begins a step: keeps what is seen at position {@link #length} and who moves there. */
    void see(float[] observation, int mover) {
        ensureRoom();
        System.arraycopy(observation, 0, observations, length * shape.observationSize(), shape.observationSize());
        movers[length] = (byte) mover;
    }

    private void ensureRoom() {
        int room = rootValues.length;
        if (length + 1 < room) return;
        int more = room + room / 2;
        observations = Arrays.copyOf(observations, more * shape.observationSize());
        actions = Arrays.copyOf(actions, more * shape.actionSize());
        rewards = Arrays.copyOf(rewards, more);
        policies = Arrays.copyOf(policies, more * shape.edges());
        if (shape.sampled()) sampledActions = Arrays.copyOf(sampledActions, more * shape.edges() * shape.actionSize());
        rootValues = Arrays.copyOf(rootValues, more);
        movers = Arrays.copyOf(movers, more);
        illegal = Arrays.copyOf(illegal, more * shape.maskSize());
    }

    /** Ends the step that {@link #see} began. */
    void act(float[] action, double reward, double firstPlayersReward, boolean nowTerminated) {
        System.arraycopy(action, 0, actions, length * shape.actionSize(), shape.actionSize());
        rewards[length] = (float) reward;
        episodeReturn += firstPlayersReward;
        length++;
        terminated = nowTerminated;
    }

    /** Ends an episode that was cut: the root value of position {@link #length} has been written. */
    void truncate() {
        truncated = true;
    }

    /** Returns the observations, step-major; position {@link #length} is there only after a cut. Not to be modified. */
    public float[] observations() {
        return observations;
    }

    /** Returns the actions, step-major. Not to be modified. */
    public float[] actions() {
        return actions;
    }

    /** Returns the reward of each step, of whoever moved. Not to be modified. */
    public float[] rewards() {
        return rewards;
    }

    /** Returns the policies to teach {@code [steps][W]}. Overwritten by a fresh search. */
    public float[] policies() {
        return policies;
    }

    /** Returns the sampled actions {@code [steps][W][A]}, empty where the edges are the actions. Overwritten by a fresh search. */
    public float[] sampledActions() {
        return sampledActions;
    }

    /** Returns the root values of the searches, of whoever moves. Overwritten by a fresh search. */
    public float[] rootValues() {
        return rootValues;
    }

    /** Returns which actions were illegal {@code [steps][maskSize]}, empty where all were legal. */
    public boolean[] illegal() {
        return illegal;
    }

    /** Returns who moved, by steps. */
    byte[] movers() {
        return movers;
    }

    /** Returns who moved at a step. */
    public int mover(int step) {
        return movers[Checks.inRange("step", step, 0, length)];
    }
}
