package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Cross entropy -sum t ln softmax(z) of logits z against target probabilities t. A column of zeros as target has no loss and no
 * derivative.
 */
final class CrossEntropy implements Operation {
    @Override
    public String name() {
        return "cross-entropy";
    }

    @Override
    public int rows(int... inputRows) {
        Checks.same("rows of target", inputRows[1], "rows of logits", inputRows[0]);
        return 1;
    }

    /** The log-softmax and the sum of the targets. */
    @Override
    public int scratchRows(int... inputRows) {
        return inputRows[0] + 1;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        int rows = f.inputRows(0);
        float[] s = f.scratch();
        float[] y = f.output();
        int yo = f.outputOffset();
        f.kernels().logSoftmax(1, rows, k, f.input(0), f.inputOffset(0), k, s, 0, k);
        Arrays.fill(y, yo, yo + k, 0f);
        for (int i = 0; i < rows; i++) f.kernels().timesAdd(k, f.input(1), f.inputOffset(1) + i * k, s, i * k, y, yo);
        f.kernels().scale(k, -1, y, yo, y, yo);
    }

    /** dz = dy (softmax(z) sum t - t); dt = -dy ln softmax(z). */
    @Override
    public void backward(OperationFrame f) {
        int k = f.columns();
        int rows = f.inputRows(0);
        float[] s = f.scratch();
        float[] dy = f.outputGradient();
        float[] target = f.input(1);
        if (f.wantsInput(1)) {
            float[] dt = f.inputGradient(1);
            f.kernels().timesPerColumn(rows, k, dy, 0, s, 0, k, dt, 0, k);
            f.kernels().scale(rows * k, -1, dt, 0, dt, 0);
        }
        if (!f.wantsInput(0)) return;
        float[] dz = f.inputGradient(0);
        int mass = rows * k;
        f.kernels().sumColumns(rows, k, target, f.inputOffset(1), k, s, mass, false);
        f.kernels().exp(rows * k, s, 0, dz, 0);
        for (int i = 0; i < rows; i++) {
            int at = i * k;
            int ti = f.inputOffset(1) + at;
            for (int j = 0; j < k; j++) dz[at + j] = dy[j] * (dz[at + j] * s[mass + j] - target[ti + j]);
        }
    }
}
