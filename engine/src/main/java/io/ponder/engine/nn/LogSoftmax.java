package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/** Logarithm of the softmax of consecutive groups of rows. */
final class LogSoftmax implements Operation {
    private final int groupSize;

    LogSoftmax(int groupSize) {
        this.groupSize = Checks.positive("groupSize", groupSize);
    }

    @Override
    public String name() {
        return "log-softmax";
    }

    @Override
    public int rows(int... inputRows) {
        return Softmax.requireGroups(inputRows[0], groupSize);
    }

    @Override
    public int scratchRows(int... inputRows) {
        return 1;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        f.kernels().logSoftmax(f.rows() / groupSize, groupSize, k, f.input(0), f.inputOffset(0), k, f.output(), f.outputOffset(), k);
    }

    /** dx = dy - exp(y) * sum over the group of dy. */
    @Override
    public void backward(OperationFrame f) {
        if (!f.wantsInput(0)) return;
        int k = f.columns();
        float[] dy = f.outputGradient();
        float[] dx = f.inputGradient(0);
        float[] sum = f.scratch();
        f.kernels().exp(f.rows() * k, f.output(), f.outputOffset(), dx, 0);
        for (int first = 0; first < f.rows(); first += groupSize) {
            f.kernels().sumColumns(groupSize, k, dy, first * k, k, sum, 0, false);
            for (int row = first; row < first + groupSize; row++) {
                int at = row * k;
                for (int j = 0; j < k; j++) dx[at + j] = dy[at + j] - dx[at + j] * sum[j];
            }
        }
    }
}
