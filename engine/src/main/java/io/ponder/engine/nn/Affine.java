package io.ponder.engine.nn;

/** y = factor x + shift with constants. */
final class Affine implements Operation {
    final float factor;
    final float shift;

    Affine(double factor, double shift) {
        this.factor = (float) factor;
        this.shift = (float) shift;
    }

    @Override
    public String name() {
        return "affine";
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
        float[] x = f.input(0);
        float[] y = f.output();
        int xo = f.inputOffset(0);
        int yo = f.outputOffset();
        int length = f.rows() * f.columns();
        for (int i = 0; i < length; i++) y[yo + i] = factor * x[xo + i] + shift;
    }

    @Override
    public void backward(OperationFrame f) {
        if (f.wantsInput(0)) f.kernels().scale(f.rows() * f.columns(), factor, f.outputGradient(), 0, f.inputGradient(0), 0);
    }
}
