package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.Arrays;

/** Mean over rows of (x - target)^2. */
final class SquaredError implements Operation {
    @Override
    public String name() {
        return "squared-error";
    }

    @Override
    public int rows(int... inputRows) {
        Checks.same("rows of target", inputRows[1], "rows of x", inputRows[0]);
        return 1;
    }

    /** The error. */
    @Override
    public int scratchRows(int... inputRows) {
        return inputRows[0];
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        int rows = f.inputRows(0);
        float[] s = f.scratch();
        float[] y = f.output();
        int yo = f.outputOffset();
        f.kernels().subtract(rows * k, f.input(0), f.inputOffset(0), f.input(1), f.inputOffset(1), s, 0);
        Arrays.fill(y, yo, yo + k, 0f);
        for (int i = 0; i < rows; i++) f.kernels().timesAdd(k, s, i * k, s, i * k, y, yo);
        f.kernels().scale(k, 1f / rows, y, yo, y, yo);
    }

    @Override
    public void backward(OperationFrame f) {
        int k = f.columns();
        int rows = f.inputRows(0);
        for (int input = 0; input < 2; input++) {
            if (!f.wantsInput(input)) continue;
            float factor = (input == 0 ? 2f : -2f) / rows;
            f.kernels().timesPerColumn(rows, k, f.outputGradient(), 0, f.scratch(), 0, k, f.inputGradient(input), 0, k);
            f.kernels().scale(rows * k, factor, f.inputGradient(input), 0, f.inputGradient(input), 0);
        }
    }
}
