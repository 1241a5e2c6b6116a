package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/** Adds blocks of equal shape. */
final class Add implements Operation {
    @Override
    public String name() {
        return "add";
    }

    @Override
    public int rows(int... inputRows) {
        for (int i = 1; i < inputRows.length; i++) Checks.same("rows of part " + i, inputRows[i], "rows of part 0", inputRows[0]);
        return inputRows[0];
    }

    @Override
    public void forward(OperationFrame f) {
        int length = f.rows() * f.columns();
        System.arraycopy(f.input(0), f.inputOffset(0), f.output(), f.outputOffset(), length);
        for (int i = 1; i < f.inputCount(); i++) {
            f.kernels().add(length, f.output(), f.outputOffset(), f.input(i), f.inputOffset(i), f.output(), f.outputOffset());
        }
    }

    @Override
    public void backward(OperationFrame f) {
        for (int i = 0; i < f.inputCount(); i++) {
            if (f.wantsInput(i)) System.arraycopy(f.outputGradient(), 0, f.inputGradient(i), 0, f.rows() * f.columns());
        }
    }
}
