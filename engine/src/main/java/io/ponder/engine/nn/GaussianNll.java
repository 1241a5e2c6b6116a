package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/** Mean over rows of (mean - target)^2 exp(-logVariance) + logVariance: the negative log-likelihood without 1/2 and constant. */
final class GaussianNll implements Operation {
    @Override
    public String name() {
        return "gaussian-nll";
    }

    @Override
    public int rows(int... inputRows) {
        Checks.same("rows of logVariance", inputRows[1], "rows of mean", inputRows[0]);
        Checks.same("rows of target", inputRows[2], "rows of mean", inputRows[0]);
        return 1;
    }

    /** The error and the error over the variance. */
    @Override
    public int scratchRows(int... inputRows) {
        return 2 * inputRows[0];
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        int length = f.inputRows(0) * k;
        float[] s = f.scratch();
        float[] logVariance = f.input(1);
        float[] y = f.output();
        int yo = f.outputOffset();
        f.kernels().subtract(length, f.input(0), f.inputOffset(0), f.input(2), f.inputOffset(2), s, 0);
        for (int i = 0; i < length; i++) s[length + i] = -logVariance[f.inputOffset(1) + i];
        f.kernels().exp(length, s, length, s, length);
        f.kernels().times(length, s, 0, s, length, s, length);
        f.kernels().sumColumns(f.inputRows(1), k, logVariance, f.inputOffset(1), k, y, yo, false);
        for (int i = 0; i < f.inputRows(0); i++) f.kernels().timesAdd(k, s, i * k, s, length + i * k, y, yo);
        f.kernels().scale(k, 1f / f.inputRows(0), y, yo, y, yo);
    }

    @Override
    public void backward(OperationFrame f) {
        int k = f.columns();
        int rows = f.inputRows(0);
        int length = rows * k;
        float[] s = f.scratch();
        float[] dy = f.outputGradient();
        float share = 1f / rows;
        if (f.wantsInput(0)) multiplyColumns(rows, k, 2 * share, dy, s, length, f.inputGradient(0));
        if (f.wantsInput(2)) multiplyColumns(rows, k, -2 * share, dy, s, length, f.inputGradient(2));
        if (!f.wantsInput(1)) return;
        float[] dLogVariance = f.inputGradient(1);
        for (int i = 0; i < rows; i++) {
            int at = i * k;
            for (int j = 0; j < k; j++) dLogVariance[at + j] = dy[j] * share * (1 - s[at + j] * s[length + at + j]);
        }
    }

    private static void multiplyColumns(int rows, int k, float factor, float[] dy, float[] s, int from, float[] out) {
        for (int i = 0; i < rows; i++) {
            int at = i * k;
            for (int j = 0; j < k; j++) out[at + j] = factor * dy[j] * s[from + at + j];
        }
    }
}
