package io.ponder.engine.classic;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Steps blocks of a point mass that crosses a square map of costs on its way to a goal. State and observation: x, y and their rates;
 * action: the force on each axis.
 *
 * <p>speed' = speed + step force, position' = position + step speed'; the reward is minus the squared distance of both coordinates from
 * the goal, 0.1 times the squared speeds, 0.01 times the squared forces and the map's weight times the cost of the cell. A place beyond
 * the map counts as its edge.
 */
public final class CostmapBatch implements BatchedTask {
    private final float[] map;
    private final int cells;
    private final float cellsPerUnit;
    private final float mapWeight;
    private final float timeStep;
    private final float goal;

    /**
     * Creates the task.
     *
     * @param map          costs {@code [cells x cells]}, the row of y slowest. Copied.
     * @param cellsPerUnit cells of a unit of length, greater than 0
     * @param mapWeight    factor of a cell's cost
     * @param timeStep     seconds of a step, greater than 0
     * @param goal         both coordinates of the goal
     */
    public CostmapBatch(float[] map, double cellsPerUnit, double mapWeight, double timeStep, double goal) {
        this.map = map.clone();
        cells = (int) Math.round(Math.sqrt(map.length));
        Checks.same("length of map", map.length, "the square of its rows", Math.multiplyExact(cells, cells));
        Checks.positive("cells", cells);
        this.cellsPerUnit = (float) Checks.positive("cellsPerUnit", cellsPerUnit);
        this.mapWeight = (float) mapWeight;
        this.timeStep = (float) Checks.positive("timeStep", timeStep);
        this.goal = (float) goal;
    }

    /** Returns everything of the task as numbers: cells per unit, weight of the map, step, goal, then the map. A copy. */
    public float[] constants() {
        float[] all = new float[4 + map.length];
        all[0] = cellsPerUnit;
        all[1] = mapWeight;
        all[2] = timeStep;
        all[3] = goal;
        System.arraycopy(map, 0, all, 4, map.length);
        return all;
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
        for (int k = 0; k < columns; k++) reward[k] -= mapWeight * map[cell(next[columns + k]) * cells + cell(next[k])];
        Arrays.fill(discount, 0, columns, 1);
    }

    private void move(float[] state, float[] action, int place, int rate, int columns, float[] next, float[] reward) {
        for (int k = 0; k < columns; k++) {
            float force = action[place + k];
            float speed = state[rate + k] + timeStep * force;
            float position = state[place + k] + timeStep * speed;
            next[rate + k] = speed;
            next[place + k] = position;
            reward[k] -= axisCost(position - goal, speed, force);
        }
    }

    /** Returns what one axis costs in a step. */
    public static float axisCost(float distance, float speed, float force) {
        return distance * distance + 0.1f * speed * speed + 0.01f * force * force;
    }

    /** Returns the cell of a position; a position beyond the map counts as its edge, and a cast of a float rounds towards it. */
    private int cell(float position) {
        return Math.max(0, Math.min(cells - 1, (int) (cellsPerUnit * position)));
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
