package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/**
 * -cos(x, t) = -x't / (|x| |t|), column by column, with lengths sqrt(x'x + epsilon^2), so that a column of zeros gives 0 and a finite
 * derivative: the consistency loss of EfficientZero (Ye et al. 2021, section 4.1), after SimSiam (Chen and He 2021).
 */
final class NegativeCosine implements Operation {
    private final float square;

    NegativeCosine(double epsilon) {
        this.square = (float) Math.pow(Checks.positive("epsilon", epsilon), 2);
    }

    @Override
    public String name() {
        return "negative-cosine";
    }

    @Override
    public int rows(int... inputRows) {
        Checks.same("rows of target", inputRows[1], "rows of x", inputRows[0]);
        return 1;
    }

    /** 1 / |x| and 1 / |t|, and the two factors of a derivative. */
    @Override
    public int scratchRows(int... inputRows) {
        return 4;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        float[] s = f.scratch();
        float[] y = f.output();
        int yo = f.outputOffset();
        f.kernels().fill(k, 0, y, yo);
        addProducts(f, 0, 1, y, yo);
        for (int side = 0; side < 2; side++) {
            f.kernels().fill(k, square, s, side * k);
            addProducts(f, side, side, s, side * k);
            for (int j = side * k; j < (side + 1) * k; j++) s[j] = (float) (1 / Math.sqrt(s[j]));
        }
        for (int j = 0; j < k; j++) y[yo + j] *= -s[j] * s[k + j];
    }

    private static void addProducts(OperationFrame f, int a, int b, float[] sum, int so) {
        int k = f.columns();
        for (int i = 0; i < f.inputRows(0); i++) {
            f.kernels().timesAdd(k, f.input(a), f.inputOffset(a) + i * k, f.input(b), f.inputOffset(b) + i * k, sum, so);
        }
    }

    /** dx = -dy (t / (|x| |t|) + y x / |x|^2), and the same with x and t exchanged. */
    @Override
    public void backward(OperationFrame f) {
        if (f.wantsInput(0)) derivative(f, 0, 1);
        if (f.wantsInput(1)) derivative(f, 1, 0);
    }

    private static void derivative(OperationFrame f, int own, int other) {
        int k = f.columns();
        float[] s = f.scratch();
        float[] y = f.output();
        float[] dy = f.outputGradient();
        for (int j = 0; j < k; j++) {
            float inverse = s[own * k + j];
            s[2 * k + j] = -dy[j] * s[j] * s[k + j];
            s[3 * k + j] = -dy[j] * y[f.outputOffset() + j] * inverse * inverse;
        }
        float[] dx = f.inputGradient(own);
        float[] x = f.input(own);
        float[] t = f.input(other);
        for (int i = 0; i < f.inputRows(0); i++) {
            int at = i * k;
            int xi = f.inputOffset(own) + at;
            int ti = f.inputOffset(other) + at;
            for (int j = 0; j < k; j++) dx[at + j] = s[2 * k + j] * t[ti + j] + s[3 * k + j] * x[xi + j];
        }
    }
}
