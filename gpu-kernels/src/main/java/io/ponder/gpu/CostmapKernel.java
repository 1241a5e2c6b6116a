package io.ponder.gpu;

import io.ponder.engine.classic.CostmapBatch;

/**
 * Steps a point mass on a map of costs. {@link #weights} holds cells per unit, weight of the map, step, goal and the map, {@link #shape}
 * the cells of a side; its twin is {@link CostmapBatch}.
 */
final class CostmapKernel extends RolloutKernel {
    private static final int MAP = 4;

    CostmapKernel(Arrays arrays) {
        super(arrays);
    }

    @Override
    public void run() {
        runPass(getGlobalId());
    }

    @Override
    void step(int row, int sample, int t) {
        float timeStep = weights[2];
        float cost = 0;
        for (int axis = 0; axis < 2; axis++) {
            float force = action[axis];
            float speed = state[2 + axis] + timeStep * force;
            float position = state[axis] + timeStep * speed;
            state[2 + axis] = speed;
            state[axis] = position;
            cost += CostmapBatch.axisCost(position - weights[3], speed, force);
        }
        outcome[0] = -cost - weights[1] * weights[MAP + cell(state[1]) * shape[0] + cell(state[0])];
        outcome[1] = 1;
    }

    private int cell(float position) {
        // Clipped before the cast, which a device leaves open beyond the integers.
        return (int) max(0f, min(shape[0] - 1f, weights[0] * position));
    }
}
