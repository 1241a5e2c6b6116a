package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/** Row i of the output is row {@code source[i]} of the input; a row may be taken several times, or never. */
final class GatherRows implements Operation {
    private final int[] source;

    GatherRows(int... source) {
        Checks.positive("number of rows", source.length);
        this.source = source.clone();
    }

    /** Returns the places in {@code [outer x inner]} of the entries of {@code [inner x outer]}, in order. */
    static int[] transposition(int outer, int inner) {
        int[] source = new int[Math.multiplyExact(outer, inner)];
        for (int i = 0; i < source.length; i++) source[i] = i % outer * inner + i / outer;
        return source;
    }

    @Override
    public String name() {
        return "gather-rows";
    }

    @Override
    public int rows(int... inputRows) {
        for (int row : source) Checks.inRange("row", row, 0, inputRows[0] - 1);
        return source.length;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        for (int i = 0; i < source.length; i++) {
            System.arraycopy(f.input(0), f.inputOffset(0) + source[i] * k, f.output(), f.outputOffset() + i * k, k);
        }
    }

    @Override
    public void backward(OperationFrame f) {
        if (!f.wantsInput(0)) return;
        int k = f.columns();
        float[] dx = f.inputGradient(0);
        f.kernels().fill(f.inputRows(0) * k, 0, dx, 0);
        for (int i = 0; i < source.length; i++) {
            f.kernels().add(k, dx, source[i] * k, f.outputGradient(), i * k, dx, source[i] * k);
        }
    }
}
