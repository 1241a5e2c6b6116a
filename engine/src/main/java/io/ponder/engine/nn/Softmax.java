package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/** Softmax of consecutive groups of rows. */
final class Softmax implements Operation {
    final int groupSize;

    Softmax(int groupSize) {
        this.groupSize = Checks.positive("groupSize", groupSize);
    }

    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public int rows(int... inputRows) {
        return requireGroups(inputRows[0], groupSize);
    }

    static int requireGroups(int rows, int groupSize) {
        if (rows % groupSize != 0) {
            throw new IllegalArgumentException("rows is " + rows + ", but it must be a multiple of groupSize " + groupSize + ".");
        }
        return rows;
    }

    @Override
    public int scratchRows(int... inputRows) {
        return 1;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        f.kernels().softmax(f.rows() / groupSize, groupSize, k, f.input(0), f.inputOffset(0), k, f.output(), f.outputOffset(), k);
    }

    /** dx = y (dy - sum over the group of y dy). */
    @Override
    public void backward(OperationFrame f) {
        if (!f.wantsInput(0)) return;
        int k = f.columns();
        float[] y = f.output();
        float[] dy = f.outputGradient();
        float[] dx = f.inputGradient(0);
        float[] sum = f.scratch();
        for (int first = 0; first < f.rows(); first += groupSize) {
            int from = first * k;
            int to = (first + groupSize) * k;
            f.kernels().times(to - from, y, f.outputOffset() + from, dy, from, dx, from);
            f.kernels().sumColumns(groupSize, k, dx, from, k, sum, 0, false);
            for (int at = from; at < to; at += k) {
                int yi = f.outputOffset() + at;
                for (int j = 0; j < k; j++) dx[at + j] = y[yi + j] * (dy[at + j] - sum[j]);
            }
        }
    }
}
