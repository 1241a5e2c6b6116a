package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.List;

/**
 * y = (x - shift) * scale, row by row, clamped to +-{@value #LIMIT}. Shift and scale are parameters so that they are kept, copied and saved with
 * the others, but no derivative flows to them: whoever knows the data sets them.
 */
final class Standardise implements Operation {
    /** Deviations beyond which a feature is cut. */
    static final float LIMIT = 10;

    private final List<ParameterTensor> parameters;
    private final int size;

    Standardise(ParameterTensor shift, ParameterTensor scale) {
        parameters = List.of(shift, scale);
        size = shift.memberSize();
    }

    @Override
    public String name() {
        return "standardise";
    }

    @Override
    public int rows(int... inputRows) {
        Checks.same("rows of the input", inputRows[0], "features that are standardised", size);
        return inputRows[0];
    }

    @Override
    public List<ParameterTensor> parameters() {
        return parameters;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        float[] x = f.input(0);
        float[] y = f.output();
        for (int i = 0; i < f.rows(); i++) {
            float shift = f.parameters()[f.parameterOffset(0) + i];
            float scale = f.parameters()[f.parameterOffset(1) + i];
            int from = f.inputOffset(0) + i * k;
            int to = f.outputOffset() + i * k;
            for (int j = 0; j < k; j++) y[to + j] = Math.max(-LIMIT, Math.min(LIMIT, (x[from + j] - shift) * scale));
        }
    }

    @Override
    public void backward(OperationFrame f) {
        if (!f.wantsInput(0)) return;
        int k = f.columns();
        float[] y = f.output();
        float[] dy = f.outputGradient();
        float[] dx = f.inputGradient(0);
        for (int i = 0; i < f.rows(); i++) {
            float scale = f.parameters()[f.parameterOffset(1) + i];
            int at = i * k;
            int value = f.outputOffset() + at;
            for (int j = 0; j < k; j++) dx[at + j] = Math.abs(y[value + j]) < LIMIT ? dy[at + j] * scale : 0;
        }
    }
}
