package io.ponder.engine.data;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Receives rows of a {@link TransitionStore} as a structure of arrays, column index fastest. Owned by the caller, reused without
 * allocation.
 *
 * <p>The arrays are dense in the current number of columns K: entry d of observation k is {@code observations()[d * K + k]}. Not
 * thread-safe.
 */
public final class TransitionBatch {
    private final int observationSize;
    private final int actionSize;
    private final int capacity;
    private final float[] observations;
    private final float[] actions;
    private final float[] rewards;
    private final float[] nextObservations;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private final int[] rows;
    private final int[] episodes;
    private final int[] steps;
    private final float[] weights;
    private int columns;

    /** Creates a batch for up to {@code capacity} columns. */
    public TransitionBatch(int observationSize, int actionSize, int capacity) {
        this.observationSize = Checks.positive("observationSize", observationSize);
        this.actionSize = Checks.positive("actionSize", actionSize);
        this.capacity = Checks.positive("capacity", capacity);
        observations = new float[Math.multiplyExact(observationSize, capacity)];
        actions = new float[Math.multiplyExact(actionSize, capacity)];
        rewards = new float[capacity];
        nextObservations = new float[observationSize * capacity];
        terminated = new boolean[capacity];
        truncated = new boolean[capacity];
        rows = new int[capacity];
        episodes = new int[capacity];
        steps = new int[capacity];
        weights = new float[capacity];
    }

    /**
     * Makes this batch the rows {@code chosen[first .. first + count - 1]} of a store, every weight 1.
     *
     * @throws IllegalArgumentException  if the shapes differ or {@code count} exceeds the capacity
     * @throws IndexOutOfBoundsException if a row is not in the store
     */
    public TransitionBatch gather(TransitionStore store, int[] chosen, int first, int count) {
        Checks.same("observationSize of the store", store.observationSize(), "observationSize", observationSize);
        Checks.same("actionSize of the store", store.actionSize(), "actionSize", actionSize);
        columns = Checks.inRange("count", count, 0, capacity);
        store.gatherObservations(chosen, first, count, observations, 0);
        store.gatherActions(chosen, first, count, actions, 0);
        store.gatherRewards(chosen, first, count, rewards, 0);
        store.gatherNextObservations(chosen, first, count, nextObservations, 0);
        for (int k = 0; k < count; k++) {
            int row = chosen[first + k];
            rows[k] = row;
            terminated[k] = store.terminated(row);
            truncated[k] = store.truncated(row);
            episodes[k] = store.episodeId(store.episodeOf(row));
            steps[k] = store.step(row);
        }
        Arrays.fill(weights, 0, count, 1);
        return this;
    }

    /** Returns the number of columns K. */
    public int columns() {
        return columns;
    }

    /** Returns the observations {@code [O x K]}. */
    public float[] observations() {
        return observations;
    }

    /** Returns the actions {@code [A x K]}. */
    public float[] actions() {
        return actions;
    }

    /** Returns the rewards {@code [K]}. */
    public float[] rewards() {
        return rewards;
    }

    /** Returns the next observations {@code [O x K]}. */
    public float[] nextObservations() {
        return nextObservations;
    }

    /** Returns whether each transition ended its episode in a state without future, {@code [K]}. */
    public boolean[] terminated() {
        return terminated;
    }

    /** Returns whether each transition is where its episode was cut, {@code [K]}; its next observation still has a value. */
    public boolean[] truncated() {
        return truncated;
    }

    /** Returns the rows of the store, {@code [K]}. */
    public int[] rows() {
        return rows;
    }

    /** Returns the permanent numbers of the episodes, {@code [K]}. */
    public int[] episodes() {
        return episodes;
    }

    /** Returns the steps within the episodes, {@code [K]}. */
    public int[] steps() {
        return steps;
    }

    /** Returns the weights {@code [K]} of the transitions in a loss; 1 after {@link #gather}. May be written. */
    public float[] weights() {
        return weights;
    }
}
