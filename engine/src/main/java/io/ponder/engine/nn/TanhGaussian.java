package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/**
 * Log-densities of given actions a = tanh(u), u normal with independent entries of mean m and standard deviation s:
 * sum over entries of -((atanh a - m) / s)^2 / 2 - ln s - ln(2 pi) / 2 - ln(1 - a^2 + 1e-6) (Haarnoja et al. 2018, appendix C; in
 * Sampled MuZero, Hubert et al. 2021).
 *
 * <p>Actions are first clamped to +-(1 - 1e-6), where atanh is 7.25; no derivative passes to a clamped action.
 */
final class TanhGaussian implements Operation {
    private static final float LARGEST = 1 - 1e-6f;
    private static final float FLOOR = 1e-6f;
    private static final float HALF_LOG_TWO_PI = (float) (0.5 * Math.log(2 * Math.PI));

    @Override
    public String name() {
        return "tanh-gaussian";
    }

    @Override
    public int rows(int... inputRows) {
        Checks.same("rows of logStandardDeviation", inputRows[1], "rows of mean", inputRows[0]);
        if (inputRows[2] % inputRows[0] != 0) {
            throw new IllegalArgumentException("rows of actions is " + inputRows[2] + ", but it must be a multiple of the rows of mean, "
                    + inputRows[0] + ".\nMaybe lay the actions out as [samples x action size].");
        }
        return inputRows[2] / inputRows[0];
    }

    /** (atanh a - m) / s of every sample and entry, 1 / s of every entry, and three rows of work. */
    @Override
    public int scratchRows(int... inputRows) {
        return inputRows[2] + inputRows[0] + 3;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        int size = f.inputRows(0);
        float[] s = f.scratch();
        float[] y = f.output();
        float[] mean = f.input(0);
        float[] log = f.input(1);
        int inverse = f.inputRows(2) * k;
        int a = inverse + size * k;
        int work = a + k;
        f.kernels().scale(size * k, -1, log, f.inputOffset(1), s, inverse);
        f.kernels().exp(size * k, s, inverse, s, inverse);
        f.kernels().fill(f.rows() * k, 0, y, f.outputOffset());
        for (int row = 0; row < f.inputRows(2); row++) {
            int z = row * k;
            int entry = row % size * k;
            int yi = f.outputOffset() + row / size * k;
            atanh(f, row, a, z, work);
            int mi = f.inputOffset(0) + entry;
            int li = f.inputOffset(1) + entry;
            for (int j = 0; j < k; j++) s[z + j] = (s[z + j] - mean[mi + j]) * s[inverse + entry + j];
            for (int j = 0; j < k; j++) s[work + j] = 1 - s[a + j] * s[a + j] + FLOOR;
            f.kernels().log(k, s, work, s, work);
            for (int j = 0; j < k; j++) {
                y[yi + j] -= 0.5f * s[z + j] * s[z + j] + log[li + j] + HALF_LOG_TWO_PI + s[work + j];
            }
        }
    }

    /** Writes the clamped action and u = (ln(1 + a) - ln(1 - a)) / 2 of one row; uses two rows of work. */
    private static void atanh(OperationFrame f, int row, int a, int u, int work) {
        int k = f.columns();
        float[] s = f.scratch();
        f.kernels().clamp(k, -LARGEST, LARGEST, f.input(2), f.inputOffset(2) + row * k, s, a);
        for (int j = 0; j < k; j++) {
            s[work + j] = 1 + s[a + j];
            s[work + k + j] = 1 - s[a + j];
        }
        f.kernels().log(2 * k, s, work, s, work);
        for (int j = 0; j < k; j++) s[u + j] = 0.5f * (s[work + j] - s[work + k + j]);
    }

    /** With z = (u - m) / s: dm = g z / s, d ln s = g (z^2 - 1), da = g (2 a / (1 - a^2 + 1e-6) - z / (s (1 - a^2))). */
    @Override
    public void backward(OperationFrame f) {
        int k = f.columns();
        int size = f.inputRows(0);
        float[] s = f.scratch();
        float[] dy = f.outputGradient();
        if (f.wantsInput(0)) f.kernels().fill(size * k, 0, f.inputGradient(0), 0);
        if (f.wantsInput(1)) f.kernels().fill(size * k, 0, f.inputGradient(1), 0);
        for (int row = 0; row < f.inputRows(2); row++) {
            int z = row * k;
            int entry = row % size * k;
            int inverse = f.inputRows(2) * k + entry;
            int g = row / size * k;
            if (f.wantsInput(0)) {
                float[] dm = f.inputGradient(0);
                for (int j = 0; j < k; j++) dm[entry + j] += dy[g + j] * s[z + j] * s[inverse + j];
            }
            if (f.wantsInput(1)) {
                float[] dl = f.inputGradient(1);
                for (int j = 0; j < k; j++) dl[entry + j] += dy[g + j] * (s[z + j] * s[z + j] - 1);
            }
            if (f.wantsInput(2)) actionGradient(f, row, g, inverse);
        }
    }

    private static void actionGradient(OperationFrame f, int row, int g, int inverse) {
        int k = f.columns();
        float[] s = f.scratch();
        float[] dy = f.outputGradient();
        float[] actions = f.input(2);
        float[] da = f.inputGradient(2);
        for (int j = 0; j < k; j++) {
            float a = actions[f.inputOffset(2) + row * k + j];
            float rest = 1 - a * a;
            float slope = 2 * a / (rest + FLOOR) - s[row * k + j] * s[inverse + j] / rest;
            da[row * k + j] = Math.abs(a) > LARGEST ? 0 : dy[g + j] * slope;
        }
    }
}
