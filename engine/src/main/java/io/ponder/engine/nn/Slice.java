package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.Arrays;

/** Takes consecutive rows. */
final class Slice implements Operation {
    final int from;
    private final int rows;

    Slice(int from, int rows) {
        this.from = Checks.nonNegative("from", from);
        this.rows = Checks.positive("rows", rows);
    }

    @Override
    public String name() {
        return "slice";
    }

    @Override
    public int rows(int... inputRows) {
        Checks.inRange("from + rows", from + rows, 1, inputRows[0]);
        return rows;
    }

    @Override
    public void forward(OperationFrame f) {
        System.arraycopy(f.input(0), f.inputOffset(0) + from * f.columns(), f.output(), f.outputOffset(), rows * f.columns());
    }

    @Override
    public void backward(OperationFrame f) {
        if (!f.wantsInput(0)) return;
        int k = f.columns();
        float[] dx = f.inputGradient(0);
        Arrays.fill(dx, 0, from * k, 0f);
        System.arraycopy(f.outputGradient(), 0, dx, from * k, rows * k);
        Arrays.fill(dx, (from + rows) * k, f.inputRows(0) * k, 0f);
    }
}
