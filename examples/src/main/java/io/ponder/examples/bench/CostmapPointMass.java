package io.ponder.examples.bench;

import io.ponder.engine.classic.BatchedTask;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/** A point mass that crosses a map of costs: the task of the case {@code mppi-costmap}. State and observation: x, y and their rates. */
final class CostmapPointMass implements BatchedTask {
    private static final int CELLS = 100;
    private static final float STEP = 0.05f;
    private static final float GOAL = 8;

    private final float[] map = new float[CELLS * CELLS];

    CostmapPointMass() {
        for (int i = 0; i < map.length; i++) map[i] = CounterRandom.uniform(7, 0, i, 0);
    }

    @Override
    public String name() {
        return "costmap";
    }

    @Override
    public int stateSize() {
        return 4;
    }

    @Override
    public int observationSize() {
        return 4;
    }

    @Override
    public int actionSize() {
        return 2;
    }

    @Override
    public int scratchRows() {
        return 1;
    }

    @Override
    public void step(
            float[] state, float[] action, int columns, float[] next, float[] reward, float[] discount, float[][] scratch) {
        Arrays.fill(reward, 0, columns, 0);
        for (int axis = 0; axis < 2; axis++) move(state, action, axis * columns, (2 + axis) * columns, columns, next, reward);
        for (int k = 0; k < columns; k++) reward[k] -= 10 * map[cell(next[columns + k]) * CELLS + cell(next[k])];
        Arrays.fill(discount, 0, columns, 1);
    }

    private static void move(float[] state, float[] action, int place, int rate, int columns, float[] next, float[] reward) {
        for (int k = 0; k < columns; k++) {
            float force = action[place + k];
            float speed = state[rate + k] + STEP * force;
            float position = state[place + k] + STEP * speed;
            float distance = position - GOAL;
            next[rate + k] = speed;
            next[place + k] = position;
            reward[k] -= distance * distance + 0.1f * speed * speed + 0.01f * force * force;
        }
    }

    /** Returns the cell of a position; a position beyond the map counts as its edge, and a cast of a float rounds towards it. */
    private static int cell(float position) {
        return Math.max(0, Math.min(CELLS - 1, (int) (10 * position)));
    }

    @Override
    public void observe(float[] state, int columns, float[] observation) {
        System.arraycopy(state, 0, observation, 0, 4 * columns);
    }

    @Override
    public void stateOf(float[] observation, int columns, float[] state) {
        System.arraycopy(observation, 0, state, 0, 4 * columns);
    }
}
