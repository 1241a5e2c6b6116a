package io.ponder.engine.nn;

/** Passes values on unchanged, and back a multiple of the derivative, or none. */
final class GradientGate implements Operation {
    private final float factor;
    private final boolean open;

    private GradientGate(double factor, boolean open) {
        this.factor = (float) factor;
        this.open = open;
    }

    static GradientGate stop() {
        return new GradientGate(0, false);
    }

    static GradientGate scale(double factor) {
        return new GradientGate(factor, true);
    }

    @Override
    public String name() {
        return open ? "scale-gradient" : "stop-gradient";
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
    public boolean differentiable() {
        return open;
    }

    @Override
    public void forward(OperationFrame f) {
        if (f.input(0) == f.output() && f.inputOffset(0) == f.outputOffset()) return;
        System.arraycopy(f.input(0), f.inputOffset(0), f.output(), f.outputOffset(), f.rows() * f.columns());
    }

    @Override
    public void backward(OperationFrame f) {
        if (f.wantsInput(0)) f.kernels().scale(f.rows() * f.columns(), factor, f.outputGradient(), 0, f.inputGradient(0), 0);
    }
}
