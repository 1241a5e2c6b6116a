package io.ponder.gpu;

/**
 * Steps a linear system with a quadratic cost, whose constants are in {@link #weights}: A, B, Q, R row by row, then the bound; its twin is
 * {@link io.ponder.engine.classic.LinearQuadraticBatch}.
 */
final class LinearQuadraticKernel extends RolloutKernel {
    @PrivateMemorySpace(MOST_STATE)
    final float[] next = new float[MOST_STATE];

    LinearQuadraticKernel(Arrays arrays) {
        super(arrays);
    }

    @Override
    public void run() {
        runPass(getGlobalId());
    }

    @Override
    void step(int row, int sample, int t) {
        int n = stateSize;
        int m = actionSize;
        int input = n * n;
        int stateCost = input + n * m;
        int actionCost = stateCost + n * n;
        float bound = weights[actionCost + m * m];
        for (int j = 0; j < m; j++) action[j] = clip(action[j], bound);
        for (int i = 0; i < n; i++) {
            float sum = 0;
            for (int j = 0; j < n; j++) sum += weights[i * n + j] * state[j];
            for (int j = 0; j < m; j++) sum += weights[input + i * m + j] * action[j];
            next[i] = sum;
        }
        float reward = 0;
        for (int i = 0; i < n; i++) {
            float product = 0;
            for (int j = 0; j < n; j++) product += weights[stateCost + i * n + j] * next[j];
            reward -= next[i] * product;
        }
        for (int i = 0; i < m; i++) {
            float product = 0;
            for (int j = 0; j < m; j++) product += weights[actionCost + i * m + j] * action[j];
            reward -= action[i] * product;
        }
        for (int i = 0; i < n; i++) state[i] = next[i];
        outcome[0] = reward;
        outcome[1] = 1;
    }
}
