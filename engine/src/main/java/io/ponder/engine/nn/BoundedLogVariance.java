package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Activation;
import java.util.List;

/**
 * Bounds a log-variance softly by learned vectors, the upper bound first (Chua et al. 2018):
 * {@code upper = max - softplus(max - raw)}, {@code y = min + softplus(upper - min)}.
 */
final class BoundedLogVariance implements Operation {
    private final List<ParameterTensor> parameters;

    BoundedLogVariance(ParameterTensor max, ParameterTensor min) {
        this.parameters = List.of(max, min);
    }

    @Override
    public String name() {
        return "bounded-log-variance";
    }

    @Override
    public int rows(int... inputRows) {
        for (ParameterTensor tensor : parameters) {
            Checks.same("rows of the input", inputRows[0], "size of " + tensor.name(), tensor.memberSize());
        }
        return inputRows[0];
    }

    @Override
    public List<ParameterTensor> parameters() {
        return parameters;
    }

    /** The arguments of the two softplus functions and, backwards, four slopes. */
    @Override
    public int scratchRows(int... inputRows) {
        return 6 * inputRows[0];
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        int length = f.rows() * k;
        float[] x = f.input(0);
        float[] y = f.output();
        float[] p = f.parameters();
        float[] s = f.scratch();
        int yo = f.outputOffset();
        for (int i = 0; i < f.rows(); i++) {
            float max = p[f.parameterOffset(0) + i];
            int xi = f.inputOffset(0) + i * k;
            int si = i * k;
            for (int j = 0; j < k; j++) s[si + j] = max - x[xi + j];
        }
        f.kernels().activate(Activation.SOFTPLUS, length, s, 0, y, yo);
        for (int i = 0; i < f.rows(); i++) {
            float range = p[f.parameterOffset(0) + i] - p[f.parameterOffset(1) + i];
            int yi = yo + i * k;
            int si = length + i * k;
            for (int j = 0; j < k; j++) s[si + j] = range - y[yi + j];
        }
        f.kernels().activate(Activation.SOFTPLUS, length, s, length, y, yo);
        f.kernels().addPerRow(f.rows(), k, p, f.parameterOffset(1), y, yo, k, y, yo, k);
    }

    /**
     * With slopes a of the upper and b of the lower softplus: dy/draw = a b, dy/dmax = (1 - a) b, dy/dmin = 1 - b. The complements are
     * computed as sigmoid(-x): 1 - a would lose all digits where raw is far below the bound and the gradient is large.
     */
    @Override
    public void backward(OperationFrame f) {
        int k = f.columns();
        int length = f.rows() * k;
        float[] s = f.scratch();
        float[] dy = f.outputGradient();
        int a = 2 * length;
        int b = 3 * length;
        f.kernels().activate(Activation.SIGMOID, 2 * length, s, 0, s, a);
        if (f.wantsParameters()) {
            int restOfA = 4 * length;
            int restOfB = 5 * length;
            f.kernels().scale(2 * length, -1, s, 0, s, restOfA);
            f.kernels().activate(Activation.SIGMOID, 2 * length, s, restOfA, s, restOfA);
            float[] gradients = f.parameterGradients();
            for (int i = 0; i < f.rows(); i++) {
                double max = 0;
                double min = 0;
                for (int at = i * k; at < (i + 1) * k; at++) {
                    max += dy[at] * s[restOfA + at] * s[b + at];
                    min += dy[at] * s[restOfB + at];
                }
                gradients[f.parameterGradientOffset(0) + i] += (float) max;
                gradients[f.parameterGradientOffset(1) + i] += (float) min;
            }
        }
        if (!f.wantsInput(0)) return;
        float[] dx = f.inputGradient(0);
        for (int i = 0; i < length; i++) dx[i] = dy[i] * s[a + i] * s[b + i];
    }
}
