package io.ponder.engine.data;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Receives stretches of L consecutive steps as a structure of arrays, column index fastest. Owned by the caller, reused without
 * allocation.
 *
 * <p>A stretch that reaches the end of its episode is padded: {@link #valid} is 0, the observation stays the last one, action and
 * reward are 0. Where the episode terminated the padding is a fact (an absorbing state that earns nothing, {@link #terminated});
 * where it was cut or simply goes on nobody knows what followed, and a loss must leave it out.
 *
 * <p>The arrays are dense in the current number of columns B. Not thread-safe.
 */
public final class SequenceBatch {
    private final int observationSize;
    private final int actionSize;
    private final int length;
    private final int capacity;
    private final float[] observations;
    private final float[] actions;
    private final float[] rewards;
    private final float[] valid;
    private final boolean[] terminated;
    private final int[] starts;
    private final int[] steps;
    private final float[] entry;
    private int columns;

    /** Creates a batch for up to {@code capacity} stretches of {@code length} steps. */
    public SequenceBatch(int observationSize, int actionSize, int length, int capacity) {
        this.observationSize = Checks.positive("observationSize", observationSize);
        this.actionSize = Checks.positive("actionSize", actionSize);
        this.length = Checks.positive("length", length);
        this.capacity = Checks.positive("capacity", capacity);
        observations = new float[Math.multiplyExact(Math.multiplyExact(length + 1, observationSize), capacity)];
        actions = new float[Math.multiplyExact(Math.multiplyExact(length, actionSize), capacity)];
        rewards = new float[length * capacity];
        valid = new float[length * capacity];
        terminated = new boolean[capacity];
        starts = new int[capacity];
        steps = new int[capacity];
        entry = new float[Math.max(observationSize, actionSize)];
    }

    /**
     * Makes this batch the stretches that begin at {@code rows[first .. first + count - 1]} of a store; any row may begin one.
     *
     * @throws IllegalArgumentException  if the shapes differ or {@code count} exceeds the capacity
     * @throws IndexOutOfBoundsException if a row is not in the store
     */
    public SequenceBatch gather(TransitionStore store, int[] rows, int first, int count) {
        Checks.same("observationSize of the store", store.observationSize(), "observationSize", observationSize);
        Checks.same("actionSize of the store", store.actionSize(), "actionSize", actionSize);
        columns = Checks.inRange("count", count, 0, capacity);
        for (int b = 0; b < count; b++) {
            int start = rows[first + b];
            int episode = store.episodeOf(start);
            int left = store.episodeStart(episode) + store.episodeLength(episode) - start;
            starts[b] = start;
            steps[b] = Math.min(left, length);
            terminated[b] = left <= length && store.terminated(start + left - 1);
            gatherColumn(store, b);
        }
        return this;
    }

    private void gatherColumn(TransitionStore store, int b) {
        store.readObservation(starts[b], entry);
        scatter(observations, 0, observationSize, b);
        for (int t = 0; t < length; t++) {
            boolean real = t < steps[b];
            int row = starts[b] + Math.min(t, steps[b] - 1);
            if (real) store.readAction(row, entry);
            else Arrays.fill(entry, 0, actionSize, 0);
            scatter(actions, t, actionSize, b);
            store.readNextObservation(row, entry);
            scatter(observations, t + 1, observationSize, b);
            rewards[t * columns + b] = real ? store.reward(row) : 0;
            valid[t * columns + b] = real ? 1 : 0;
        }
    }

    private void scatter(float[] to, int t, int width, int b) {
        for (int d = 0; d < width; d++) to[(t * width + d) * columns + b] = entry[d];
    }

    /** Returns the largest number of steps L of a stretch. */
    public int length() {
        return length;
    }

    /** Returns the number of columns B. */
    public int columns() {
        return columns;
    }

    /** Returns the observations {@code [(L + 1) x O x B]}: number t is seen before step t. */
    public float[] observations() {
        return observations;
    }

    /** Returns the actions {@code [L x A x B]}. */
    public float[] actions() {
        return actions;
    }

    /** Returns the rewards {@code [L x B]}. */
    public float[] rewards() {
        return rewards;
    }

    /** Returns 1 for a real step and 0 for padding, {@code [L x B]}. */
    public float[] valid() {
        return valid;
    }

    /** Returns whether a stretch holds the end of an episode that terminated, {@code [B]}. */
    public boolean[] terminated() {
        return terminated;
    }

    /** Returns the first row of every stretch, {@code [B]}. */
    public int[] starts() {
        return starts;
    }

    /** Returns the number of real steps of every stretch, {@code [B]}, from 1 to L. */
    public int[] steps() {
        return steps;
    }
}
