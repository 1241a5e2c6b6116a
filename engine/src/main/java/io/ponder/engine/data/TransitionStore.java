package io.ponder.engine.data;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Keeps transitions in the order they were added, oldest first. One row holds the observation, the action, the reward, the next
 * observation, whether the transition terminated or truncated its episode, the number of the episode and the step within it.
 *
 * <p>Rows are numbered from 0 (the oldest kept) to {@code size() - 1}. A store with a capacity drops its oldest row for every row
 * beyond it, which renumbers the rest; {@link #serial} gives every transition a number that never changes.
 *
 * <p>The rows of one episode stand one after another: parallel environments are collected apart and appended episode by episode
 * ({@link #append}). An episode ends with a terminated or truncated row, or where {@link #beginEpisode} is called.
 *
 * <p>Memory grows by half when it is full; adding allocates nothing otherwise, and reading never does. One thread writes; any number
 * may read while nobody writes.
 */
public final class TransitionStore {
    private static final int FIRST_ALLOCATION = 256;
    private static final byte TERMINATED = 1;
    private static final byte TRUNCATED = 2;

    private final int observationSize;
    private final int actionSize;
    private final int capacity;
    private final EpisodeStarts starts = new EpisodeStarts();
    private float[] observations = {};
    private float[] actions = {};
    private float[] nextObservations = {};
    private float[] rewards = {};
    private byte[] ends = {};
    private int[] steps = {};
    private int allocated;
    private int head;
    private int size;
    private long added;
    private boolean open;
    private int openSteps;

    /** Creates a store that keeps everything. */
    public TransitionStore(int observationSize, int actionSize) {
        this(observationSize, actionSize, Integer.MAX_VALUE - 8);
    }

    /**
     * Creates a store that keeps the newest {@code capacity} transitions.
     *
     * @param observationSize entries O of an observation
     * @param actionSize      entries A of an action; 1 (the index) for a discrete action
     * @param capacity        largest number of rows, at least 1
     */
    public TransitionStore(int observationSize, int actionSize, int capacity) {
        this.observationSize = Checks.positive("observationSize", observationSize);
        this.actionSize = Checks.positive("actionSize", actionSize);
        this.capacity = Checks.positive("capacity", capacity);
    }

    /** Returns the entries O of an observation. */
    public int observationSize() {
        return observationSize;
    }

    /** Returns the entries A of an action. */
    public int actionSize() {
        return actionSize;
    }

    /** Returns the largest number of rows. */
    public int capacity() {
        return capacity;
    }

    /** Returns the number of rows. */
    public int size() {
        return size;
    }

    /** Returns how many transitions were ever added, dropped ones included. */
    public long added() {
        return added;
    }

    /** Returns the permanent number of a row: how many transitions were added before it. */
    public long serial(int row) {
        return added - size + row;
    }

    /** Ends the current episode, if one is open, without marking its last row: the next row begins another. */
    public void beginEpisode() {
        open = false;
    }

    /**
     * Adds one transition to the current episode, or begins one.
     *
     * @param observation before the step, {@code [O]}. Not modified.
     * @param action      {@code [A]}. Not modified.
     * @param next        after the step, {@code [O]}; at the end of an episode the last observation, not that of the reset. Not modified.
     * @param terminated  whether the episode ended in a state without future
     * @param truncated   whether the episode was cut (a time limit); the last state still has a value
     * @throws IllegalArgumentException if an array is too short or an entry is NaN or infinite
     */
    public void add(
            float[] observation, float[] action, double reward, float[] next, boolean terminated, boolean truncated) {
        requireFinite("observation", observation, observationSize);
        requireFinite("action", action, actionSize);
        requireFinite("next observation", next, observationSize);
        if (!Float.isFinite((float) reward)) throw notFinite("reward", 0, reward);
        int slot = claimSlot();
        System.arraycopy(observation, 0, observations, slot * observationSize, observationSize);
        System.arraycopy(action, 0, actions, slot * actionSize, actionSize);
        System.arraycopy(next, 0, nextObservations, slot * observationSize, observationSize);
        rewards[slot] = (float) reward;
        ends[slot] = (byte) ((terminated ? TERMINATED : 0) | (truncated ? TRUNCATED : 0));
        if (!open) {
            starts.add(added);
            openSteps = 0;
        }
        steps[slot] = openSteps++;
        open = !terminated && !truncated;
        added++;
        starts.dropBefore(added - size);
    }

    /** Adds all rows of another store of the same shape, as episodes of their own. Allocates. */
    public void append(TransitionStore other) {
        for (int episode = 0; episode < other.episodes(); episode++) appendEpisode(other, episode);
    }

    /** Adds the rows of one episode of another store of the same shape, as an episode of its own. Allocates. */
    public void appendEpisode(TransitionStore other, int episode) {
        Checks.same("observationSize of the other store", other.observationSize, "observationSize", observationSize);
        Checks.same("actionSize of the other store", other.actionSize, "actionSize", actionSize);
        var observation = new float[observationSize];
        var action = new float[actionSize];
        var next = new float[observationSize];
        int start = other.episodeStart(episode);
        int end = start + other.episodeLength(episode);
        beginEpisode();
        for (int row = start; row < end; row++) {
            other.readObservation(row, observation);
            other.readAction(row, action);
            other.readNextObservation(row, next);
            add(observation, action, other.reward(row), next, other.terminated(row), other.truncated(row));
        }
        beginEpisode();
    }

    /** Returns the number of episodes with at least one kept row; the first may have lost its beginning. */
    public int episodes() {
        return starts.count();
    }

    /** Returns the index, from 0 to {@code episodes() - 1}, of the episode that a row belongs to. */
    public int episodeOf(int row) {
        return starts.indexOf(serial(requireRow(row)));
    }

    /** Returns the first kept row of an episode. */
    public int episodeStart(int episode) {
        return (int) Math.max(0, starts.at(episode) - (added - size));
    }

    /** Returns the number of kept rows of an episode. */
    public int episodeLength(int episode) {
        int end = episode + 1 == starts.count() ? size : (int) (starts.at(episode + 1) - (added - size));
        return end - episodeStart(episode);
    }

    /** Returns the permanent number of an episode: how many episodes began before it. */
    public int episodeId(int episode) {
        return starts.idAt(episode);
    }

    /** Returns the step of a row within its episode, from 0. */
    public int step(int row) {
        return steps[slot(row)];
    }

    /** Returns the reward of a row. */
    public float reward(int row) {
        return rewards[slot(row)];
    }

    /** Tells whether a row ended its episode in a state without future. */
    public boolean terminated(int row) {
        return (ends[slot(row)] & TERMINATED) != 0;
    }

    /** Tells whether a row is where its episode was cut. */
    public boolean truncated(int row) {
        return (ends[slot(row)] & TRUNCATED) != 0;
    }

    /** Copies the observation of a row into {@code out}, {@code [O]}. */
    public void readObservation(int row, float[] out) {
        System.arraycopy(observations, slot(row) * observationSize, out, 0, observationSize);
    }

    /** Copies the action of a row into {@code out}, {@code [A]}. */
    public void readAction(int row, float[] out) {
        System.arraycopy(actions, slot(row) * actionSize, out, 0, actionSize);
    }

    /** Copies the next observation of a row into {@code out}, {@code [O]}. */
    public void readNextObservation(int row, float[] out) {
        System.arraycopy(nextObservations, slot(row) * observationSize, out, 0, observationSize);
    }

    /**
     * Writes the observations of {@code rows[first .. first + count - 1]} as columns.
     *
     * @param out    {@code [O x count]} from {@code offset} on. Modified.
     */
    public void gatherObservations(int[] rows, int first, int count, float[] out, int offset) {
        gather(observations, observationSize, rows, first, count, out, offset);
    }

    /** Writes the actions of {@code rows[first .. first + count - 1]} as columns {@code [A x count]} from {@code offset} on. */
    public void gatherActions(int[] rows, int first, int count, float[] out, int offset) {
        gather(actions, actionSize, rows, first, count, out, offset);
    }

    /** Writes the next observations of {@code rows[first .. first + count - 1]} as columns {@code [O x count]} from {@code offset} on. */
    public void gatherNextObservations(int[] rows, int first, int count, float[] out, int offset) {
        gather(nextObservations, observationSize, rows, first, count, out, offset);
    }

    /** Writes the rewards of {@code rows[first .. first + count - 1]}, {@code [count]} from {@code offset} on. */
    public void gatherRewards(int[] rows, int first, int count, float[] out, int offset) {
        for (int k = 0; k < count; k++) out[offset + k] = rewards[slot(rows[first + k])];
    }

    private void gather(float[] from, int width, int[] rows, int first, int count, float[] out, int offset) {
        for (int k = 0; k < count; k++) {
            int source = slot(rows[first + k]) * width;
            for (int d = 0, to = offset + k; d < width; d++, to += count) out[to] = from[source + d];
        }
    }

    private int slot(int row) {
        int slot = head + requireRow(row);
        return slot >= allocated ? slot - allocated : slot;
    }

    private int requireRow(int row) {
        if (row < 0 || row >= size) {
            throw new IndexOutOfBoundsException("row is " + row + ", but the store has rows 0 to " + (size - 1) + ".");
        }
        return row;
    }

    /** Returns where the next row is written: behind the newest, in the place of the oldest once the capacity is reached. */
    private int claimSlot() {
        if (size == capacity) {
            int slot = head;
            head = head + 1 == allocated ? 0 : head + 1;
            return slot;
        }
        if (size == allocated) grow();
        return size++;
    }

    /** Only called before the first row is dropped, so the rows lie in order from slot 0. */
    private void grow() {
        long wanted = Math.max(FIRST_ALLOCATION, allocated + (long) (allocated >> 1));
        int newSize = (int) Math.min(capacity, wanted);
        observations = Arrays.copyOf(observations, Math.multiplyExact(newSize, observationSize));
        nextObservations = Arrays.copyOf(nextObservations, newSize * observationSize);
        actions = Arrays.copyOf(actions, Math.multiplyExact(newSize, actionSize));
        rewards = Arrays.copyOf(rewards, newSize);
        ends = Arrays.copyOf(ends, newSize);
        steps = Arrays.copyOf(steps, newSize);
        allocated = newSize;
    }

    private static void requireFinite(String name, float[] values, int length) {
        Checks.length(name, values, length, "the store");
        for (int i = 0; i < length; i++) if (!Float.isFinite(values[i])) throw notFinite(name, i, values[i]);
    }

    private static IllegalArgumentException notFinite(String name, int entry, double value) {
        return new IllegalArgumentException("Entry " + entry + " of the " + name + " is " + value
                + ", but a stored transition must be finite.\nMaybe the environment diverged: end the episode before adding the step.");
    }
}
