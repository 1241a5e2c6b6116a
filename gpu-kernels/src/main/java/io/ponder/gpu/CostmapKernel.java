package io.ponder.gpu;

import io.ponder.engine.classic.CostmapBatch;

/**
 * Steps a point mass on a map of costs. {@link #weights} holds cells per unit, weight of the map, step, goal and the map, {@link #shape}
 * the cells of a side; its twin is {@link CostmapBatch}.
 */
final class CostmapKernel extends RolloutKernel {
    private static final int MAP = 4;
    private static final int POSITION = ACTION + 2 * GROUP;

    CostmapKernel(Arrays arrays) {
        super(arrays, 6);
    }

    @Override
    public void run() {
        runPass(getGroupId());
    }

    @Override
    void step(int row, int first, int count, int t) {
        float cellsPerUnit = weights[0];
        float mapWeight = weights[1];
        float most = shape[0] - 1f;
        int cells = shape[0];
        for (int i = getLocalId(); i < count; i += items()) lane[REWARD + i] = 0;
        move(ACTION, POSITION, count);
        move(ACTION + GROUP, POSITION + GROUP, count);
        for (int i = getLocalId(); i < count; i += items()) {
            // Clipped before the cast, which a device leaves open beyond the integers.
            int x = (int) max(0f, min(most, cellsPerUnit * lane[POSITION + i]));
            int y = (int) max(0f, min(most, cellsPerUnit * lane[POSITION + GROUP + i]));
            lane[REWARD + i] = lane[REWARD + i] - mapWeight * weights[MAP + y * cells + x];
            lane[DISCOUNT + i] = 1;
        }
    }

    private void move(int forces, int positions, int count) {
        float timeStep = weights[2];
        float goal = weights[3];
        for (int i = getLocalId(); i < count; i += items()) {
            float force = lane[forces + i];
            float speed = lane[positions + 2 * GROUP + i] + timeStep * force;
            float position = lane[positions + i] + timeStep * speed;
            lane[positions + 2 * GROUP + i] = speed;
            lane[positions + i] = position;
            lane[REWARD + i] = lane[REWARD + i] - CostmapBatch.axisCost(position - goal, speed, force);
        }
    }
}
