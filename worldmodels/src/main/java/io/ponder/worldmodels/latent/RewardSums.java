package io.ponder.worldmodels.latent;

import java.util.Arrays;

/**
 * Keeps, in two rows behind the latent rows of a state, what was promised since the observation and how many steps ago that was, so that
 * a network that promises sums gives the reward of every step. One thread's.
 */
final class RewardSums {
    /** Rows of a state: the sum, and the steps. */
    static final int ROWS = 2;

    private final int latentSize;
    private final int memoryRows;
    private final int memorySteps;
    private float[] started = {};

    RewardSums(LatentNetwork graph) {
        latentSize = graph.shape.latentSize();
        memoryRows = graph.memoryRows;
        memorySteps = graph.memorySteps;
    }

    /** Says that nothing was promised yet. */
    void clear(float[] states, int columns) {
        Arrays.fill(states, latentSize * columns, (latentSize + ROWS) * columns, 0f);
    }

    /** Returns the states to step from: where the sum is as long as was taught, the memory is empty and the sum begins anew. */
    float[] start(float[] states, int columns) {
        int size = (latentSize + ROWS) * columns;
        if (started.length < size) started = new float[size];
        System.arraycopy(states, 0, started, 0, size);
        int steps = (latentSize + 1) * columns;
        for (int k = 0; k < columns; k++) {
            if (states[steps + k] < memorySteps) continue;
            for (int row = latentSize - memoryRows; row < latentSize + ROWS; row++) started[row * columns + k] = 0;
        }
        return started;
    }

    /**
     * Makes rewards of sums.
     *
     * @param next    states that {@link #start} led to; what is kept is written. Modified.
     * @param promise sums {@code [K]}, which become rewards. Modified.
     */
    void finish(int columns, float[] next, float[] promise) {
        int sums = latentSize * columns;
        int steps = (latentSize + 1) * columns;
        for (int k = 0; k < columns; k++) {
            next[sums + k] = promise[k];
            next[steps + k] = started[steps + k] + 1;
            promise[k] -= started[sums + k];
        }
    }
}
