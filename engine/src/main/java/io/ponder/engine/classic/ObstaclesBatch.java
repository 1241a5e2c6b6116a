package io.ponder.engine.classic;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Steps blocks of a point mass that is to reach a point among round obstacles. State and observation: x, y and their rates; action: the
 * force on each axis, in [-1, 1].
 *
 * <p>rate' = rate + dt (2 force - 0.2 rate), position' = position + dt rate'. The reward is minus the distance from the goal, 0.05 times the
 * squared rates, 0.01 times the squared forces, and for every obstacle 40 times the squared depth to which the place lies within its radius
 * and a margin of 0.1. Nothing stops the mass at an obstacle.
 */
public final class ObstaclesBatch implements BatchedTask {
    /** Seconds of one step. */
    public static final double TIME_STEP = 0.05;
    /** Width of the belt around an obstacle that costs as well. */
    public static final double MARGIN = 0.1;

    private static final float STEP = (float) TIME_STEP;
    private static final float FORCE = 2;
    private static final float DRAG = 0.2f;
    private static final float RATE_COST = 0.05f;
    private static final float FORCE_COST = 0.01f;
    private static final float DEPTH_COST = 40;
    private static final int FIELDS = 3;

    private final float[] obstacles;
    private final float goalX;
    private final float goalY;

    /**
     * Creates the task.
     *
     * @param obstacles x, y and radius of each, in turn. Copied.
     */
    public ObstaclesBatch(float[] obstacles, double goalX, double goalY) {
        Checks.same("numbers of obstacles", obstacles.length, "three each", obstacles.length / FIELDS * FIELDS);
        this.obstacles = obstacles.clone();
        this.goalX = (float) goalX;
        this.goalY = (float) goalY;
    }

    /** Returns the task with six obstacles in the square from -1 to 1 and the goal at (0.8, 0.8). */
    public static ObstaclesBatch standard() {
        return new ObstaclesBatch(
                new float[] {
                    -0.35f, -0.4f, 0.22f,
                    0.3f, -0.65f, 0.2f,
                    0.1f, 0.05f, 0.24f,
                    -0.55f, 0.3f, 0.2f,
                    0.65f, 0.3f, 0.18f,
                    0.1f, 0.7f, 0.2f
                },
                0.8, 0.8);
    }

    /** Returns x, y and radius of each obstacle, in turn. A copy. */
    public float[] obstacles() {
        return obstacles.clone();
    }

    /** Returns x of the goal. */
    public float goalX() {
        return goalX;
    }

    /** Returns y of the goal. */
    public float goalY() {
        return goalY;
    }

    @Override
    public String name() {
        return "obstacles";
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
        return 0;
    }

    @Override
    public void step(
            float[] state, float[] action, int columns, float[] next, float[] reward, float[] discount, float[][] scratch) {
        int n = columns;
        for (int k = 0; k < n; k++) {
            float forceX = Math.max(-1, Math.min(1, action[k]));
            float forceY = Math.max(-1, Math.min(1, action[n + k]));
            float rateX = state[2 * n + k] + STEP * (FORCE * forceX - DRAG * state[2 * n + k]);
            float rateY = state[3 * n + k] + STEP * (FORCE * forceY - DRAG * state[3 * n + k]);
            float x = state[k] + STEP * rateX;
            float y = state[n + k] + STEP * rateY;
            next[k] = x;
            next[n + k] = y;
            next[2 * n + k] = rateX;
            next[3 * n + k] = rateY;
            reward[k] = -(distance(x - goalX, y - goalY) + RATE_COST * (rateX * rateX + rateY * rateY)
                    + FORCE_COST * (forceX * forceX + forceY * forceY));
        }
        for (int o = 0; o < obstacles.length; o += FIELDS) {
            float reach = obstacles[o + 2] + (float) MARGIN;
            for (int k = 0; k < n; k++) {
                float depth = Math.max(0, reach - distance(next[k] - obstacles[o], next[n + k] - obstacles[o + 1]));
                reward[k] -= DEPTH_COST * depth * depth;
            }
        }
        Arrays.fill(discount, 0, columns, 1);
    }

    private static float distance(float x, float y) {
        return (float) Math.sqrt(x * x + y * y);
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
