package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/** y = x above 0, else alpha (exp x - 1). */
final class ScaledElu implements Operation {
    private final float alpha;

    ScaledElu(double alpha) {
        this.alpha = (float) Checks.positive("alpha", alpha);
    }

    @Override
    public String name() {
        return "elu";
    }

    @Override
    public int rows(int... inputRows) {
        return inputRows[0];
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public void forward(OperationFrame f) {
        f.kernels().elu(f.rows() * f.columns(), alpha, f.input(0), f.inputOffset(0), f.output(), f.outputOffset());
    }

    @Override
    public void backward(OperationFrame f) {
        if (!f.wantsInput(0)) return;
        f.kernels().eluGradient(f.rows() * f.columns(), alpha, f.output(), f.outputOffset(), f.outputGradient(), 0, f.inputGradient(0), 0);
    }
}
