package io.ponder.engine.nn;

/** Sum or mean of every column: one row. */
final class SumOfRows implements Operation {
    private final boolean mean;

    SumOfRows(boolean mean) {
        this.mean = mean;
    }

    @Override
    public String name() {
        return mean ? "mean" : "sum";
    }

    @Override
    public int rows(int... inputRows) {
        return 1;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        f.kernels().sumColumns(f.inputRows(0), k, f.input(0), f.inputOffset(0), k, f.output(), f.outputOffset(), false);
        if (mean) f.kernels().scale(k, 1f / f.inputRows(0), f.output(), f.outputOffset(), f.output(), f.outputOffset());
    }

    @Override
    public void backward(OperationFrame f) {
        if (!f.wantsInput(0)) return;
        float factor = mean ? 1f / f.inputRows(0) : 1f;
        for (int i = 0; i < f.inputRows(0); i++) {
            f.kernels().scale(f.columns(), factor, f.outputGradient(), 0, f.inputGradient(0), i * f.columns());
        }
    }
}
