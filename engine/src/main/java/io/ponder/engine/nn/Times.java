package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/** Multiplies two blocks entry by entry. */
final class Times implements Operation {
    @Override
    public String name() {
        return "times";
    }

    @Override
    public int rows(int... inputRows) {
        return Checks.same("rows of the first factor", inputRows[0], "rows of the second factor", inputRows[1]);
    }

    @Override
    public void forward(OperationFrame f) {
        f.kernels().times(f.rows() * f.columns(), f.input(0), f.inputOffset(0), f.input(1), f.inputOffset(1), f.output(), f.outputOffset());
    }

    @Override
    public void backward(OperationFrame f) {
        int length = f.rows() * f.columns();
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            if (f.wantsInput(i)) {
                f.kernels().times(length, f.outputGradient(), 0, f.input(other), f.inputOffset(other), f.inputGradient(i), 0);
            }
        }
    }
}
