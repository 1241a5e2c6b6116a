package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/**
 * 1 at the largest entry of every group of consecutive rows (the first of equals), 0 elsewhere; the derivative passes back as if nothing had
 * happened (Bengio, Leonard and Courville 2013). Stochastic MuZero makes its chance codes so (Antonoglou et al. 2022). A group with a NaN
 * becomes NaN.
 */
final class StraightThrough implements Operation {
    private final int groupSize;

    StraightThrough(int groupSize) {
        this.groupSize = Checks.positive("groupSize", groupSize);
    }

    @Override
    public String name() {
        return "straight-through";
    }

    @Override
    public int rows(int... inputRows) {
        return Softmax.requireGroups(inputRows[0], groupSize);
    }

    /** The largest entry, and 1 as long as it has not been met. */
    @Override
    public int scratchRows(int... inputRows) {
        return 2;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        float[] s = f.scratch();
        float[] x = f.input(0);
        float[] y = f.output();
        for (int first = 0; first < f.rows(); first += groupSize) {
            f.kernels().maxColumns(groupSize, k, x, f.inputOffset(0) + first * k, k, s, 0);
            for (int j = 0; j < k; j++) s[k + j] = Float.isNaN(s[j]) ? Float.NaN : 1;
            for (int i = first; i < first + groupSize; i++) {
                int xi = f.inputOffset(0) + i * k;
                int yi = f.outputOffset() + i * k;
                for (int j = 0; j < k; j++) {
                    float code = x[xi + j] == s[j] ? s[k + j] : s[k + j] * 0;
                    y[yi + j] = code;
                    s[k + j] -= code;
                }
            }
        }
    }

    @Override
    public void backward(OperationFrame f) {
        if (f.wantsInput(0)) System.arraycopy(f.outputGradient(), 0, f.inputGradient(0), 0, f.rows() * f.columns());
    }
}
