package io.ponder.gpu;

/**
 * Steps a linear system with a quadratic cost, whose constants are in {@link #weights}: A, B, Q, R row by row, then the bound; its twin is
 * {@link io.ponder.engine.classic.LinearQuadraticBatch}.
 */
final class LinearQuadraticKernel extends RolloutKernel {
    /** Creates a kernel for states and actions of these sizes; the next state has rows of its own. */
    LinearQuadraticKernel(Arrays arrays, int stateSize, int actionSize) {
        super(arrays, actionSize + 2 * stateSize);
    }

    @Override
    public void run() {
        runPass(getGroupId());
    }

    @Override
    void step(int row, int first, int count, int t) {
        int n = stateSize;
        int m = actionSize;
        int stateCost = n * n + n * m;
        int actionCost = stateCost + n * n;
        float bound = weights[actionCost + m * m];
        int state = stateRow();
        int next = state + n * GROUP;
        for (int i = getLocalId(); i < count; i += items()) {
            for (int j = 0; j < m; j++) lane[ACTION + j * GROUP + i] = clip(lane[ACTION + j * GROUP + i], bound);
            lane[REWARD + i] = 0;
            lane[DISCOUNT + i] = 1;
        }
        for (int d = 0; d < n; d++) {
            int at = next + d * GROUP;
            for (int i = getLocalId(); i < count; i += items()) lane[at + i] = 0;
            for (int j = 0; j < n; j++) add(at, weights[d * n + j], state + j * GROUP, count);
            for (int j = 0; j < m; j++) add(at, weights[n * n + d * m + j], ACTION + j * GROUP, count);
        }
        for (int d = 0; d < n; d++) {
            for (int j = 0; j < n; j++) punish(weights[stateCost + d * n + j], next + d * GROUP, next + j * GROUP, count);
        }
        for (int d = 0; d < m; d++) {
            for (int j = 0; j < m; j++) punish(weights[actionCost + d * m + j], ACTION + d * GROUP, ACTION + j * GROUP, count);
        }
        for (int d = 0; d < n; d++) {
            for (int i = getLocalId(); i < count; i += items()) lane[state + d * GROUP + i] = lane[next + d * GROUP + i];
        }
    }

    private void add(int to, float weight, int from, int count) {
        for (int i = getLocalId(); i < count; i += items()) lane[to + i] = lane[to + i] + weight * lane[from + i];
    }

    private void punish(float weight, int left, int right, int count) {
        for (int i = getLocalId(); i < count; i += items()) {
            lane[REWARD + i] = lane[REWARD + i] - weight * (lane[left + i] * lane[right + i]);
        }
    }
}
