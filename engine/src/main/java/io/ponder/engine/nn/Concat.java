package io.ponder.engine.nn;

/** Stacks blocks on top of each other. */
final class Concat implements Operation {
    @Override
    public String name() {
        return "concat";
    }

    @Override
    public int rows(int... inputRows) {
        int rows = 0;
        for (int r : inputRows) rows += r;
        return rows;
    }

    @Override
    public void forward(OperationFrame f) {
        int at = f.outputOffset();
        for (int i = 0; i < f.inputCount(); i++) {
            int length = f.inputRows(i) * f.columns();
            System.arraycopy(f.input(i), f.inputOffset(i), f.output(), at, length);
            at += length;
        }
    }

    @Override
    public void backward(OperationFrame f) {
        int at = 0;
        for (int i = 0; i < f.inputCount(); i++) {
            int length = f.inputRows(i) * f.columns();
            if (f.wantsInput(i)) System.arraycopy(f.outputGradient(), at, f.inputGradient(i), 0, length);
            at += length;
        }
    }
}
